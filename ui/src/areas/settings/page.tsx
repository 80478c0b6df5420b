/** Settings: company, language and appearance, target bonuses, keys, backup, stores, about. */
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { useRead } from "../../backend/query";
import { Page } from "../../components/Page";
import { useSearchParam } from "../../components/useSearchParam";
import { About } from "./About";
import { Appearance } from "./Appearance";
import { Backup } from "./Backup";
import { Company } from "./Company";
import { Keys } from "./Keys";
import { Stores } from "./Stores";
import { TargetBonuses } from "./TargetBonuses";
import "./settings.css";

const SECTIONS = ["company", "appearance", "bonuses", "keys", "backup", "stores", "about"] as const;
type Name = (typeof SECTIONS)[number];

export default function SettingsPage() {
  const { t } = useTranslation();
  const status = useRead("get_status", {}).data;
  const [section, setSection] = useSearchParam("section");
  // The address may ask for a section; the page then scrolls to it.
  useEffect(() => {
    if (section) document.getElementById(`settings-${section}`)?.scrollIntoView?.({ block: "start" });
  }, [section]);
  if (!status) return null;
  const shown = SECTIONS.filter((name) => isShown(name, status.state));
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
              {name === "appearance" && <Appearance />}
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

/** A section appears where there is something in it: no bonuses without people, no backup without a store. */
function isShown(name: Name, state: string): boolean {
  if (name === "company" || name === "bonuses") return state === "ready";
  return (name !== "backup" && name !== "keys") || state !== "unavailable";
}
