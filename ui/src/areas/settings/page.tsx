/** Settings: company, calendar, language and appearance, own password, people and roles, personal files, target bonuses, keys, backup, stores, about. */
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import type { Right, Status } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { Page } from "../../components/Page";
import { useRights } from "../../components/rights";
import { useSearchParam } from "../../components/useSearchParam";
import { About } from "./About";
import { Appearance } from "./Appearance";
import { Backup } from "./Backup";
import { Calendar } from "./calendar/Calendar";
import { Company } from "./Company";
import { Keys } from "./Keys";
import { OwnPassword } from "./people/OwnPassword";
import { People } from "./people/People";
import { PersonalFiles } from "./people/PersonalFiles";
import { Stores } from "./Stores";
import { TargetBonuses } from "./TargetBonuses";
import "./settings.css";

const SECTIONS = ["company", "calendar", "appearance", "password", "people", "personal", "bonuses", "keys", "backup", "stores", "about"] as const;
type Name = (typeof SECTIONS)[number];

export default function SettingsPage() {
  const { t } = useTranslation();
  const status = useRead("get_status", {}).data;
  const may = useRights();
  const [section, setSection] = useSearchParam("section");
  // The address may ask for a section; the page then scrolls to it.
  useEffect(() => {
    if (section) document.getElementById(`settings-${section}`)?.scrollIntoView?.({ block: "start" });
  }, [section]);
  if (!status) return null;
  const shown = SECTIONS.filter((name) => isShown(name, status, may));
  return (
    <Page title={t("settings.title")} narrow>
      <div className="settings">
        <nav aria-label={t("settings.sections")} className="settings-nav">
          {shown.map((name) => (
            <button
              key={name}
              type="button"
              aria-current={name === (section ?? shown[0]) ? "true" : undefined}
              onClick={() => setSection(name, true)}
              data-testid={`settings-nav-${name}`}
            >
              {t(`settings.${name}.title`)}
            </button>
          ))}
        </nav>
        <div className="settings-sections">
          {shown.map((name) => (
            <div key={name} id={`settings-${name}`}>
              {name === "company" && <Company status={status} />}
              {name === "calendar" && <Calendar />}
              {name === "appearance" && <Appearance />}
              {name === "password" && <OwnPassword />}
              {name === "people" && <People status={status} />}
              {name === "personal" && <PersonalFiles />}
              {name === "bonuses" && <TargetBonuses status={status} />}
              {name === "keys" && <Keys status={status} />}
              {name === "backup" && <Backup />}
              {name === "stores" && <Stores />}
              {name === "about" && <About status={status} />}
            </div>
          ))}
        </div>
      </div>
    </Page>
  );
}

/**
 * A section appears where there is something in it for whoever looks: no bonuses without people, no backup
 * without a store, and nothing that they may neither see nor do.
 */
function isShown(name: Name, { state, signed_in }: Status, may: (right: Right) => boolean): boolean {
  switch (name) {
    case "company":
      return state === "ready" && may("edit_company");
    case "calendar":
      return state === "ready" && may("see_own_results");
    case "bonuses":
      return state === "ready" && may("see_own_pay");
    case "password":
      return typeof signed_in?.account === "string";
    case "people":
      return may("see_accounts");
    case "personal":
      return state === "ready" && may("see_audit");
    case "backup":
      return state !== "unavailable" && (may("back_up") || may("verify"));
    case "keys":
      return state !== "unavailable" && may("manage_keys");
    case "stores":
    case "appearance":
    case "about":
      return true;
  }
}
