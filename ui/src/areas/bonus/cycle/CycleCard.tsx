/** Where the period stands, who is awaited, and what can be done by whoever looks at it. */
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { Hourglass, PauseCircle } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { BonusCycle, CycleAction } from "../../../backend/generated";
import { formatCount } from "../../../components/format";
import { useRights } from "../../../components/rights";
import { useLanguage } from "../../../i18n";
import { SEPARATORS, useSay } from "../../../i18n/say";
import { Approvals } from "./Approvals";
import { ASIDE, nextAction, ONWARD } from "./step";
import { Stepper } from "./Stepper";
import "./cycle.css";

interface Props {
  cycle: BonusCycle;
  onAction: (action: CycleAction) => void;
  onPerson: (person: string) => void;
}

export function CycleCard({ cycle, onAction, onPerson }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const may = useRights();
  const next = nextAction(cycle);
  // That there is no run stands where it would be.
  const waits = cycle.waits_for.filter(({ code }) => code !== "bonus_no_run");
  return (
    <section className="cycle-card" aria-label={t("bonus.cycle.label")} data-testid="cycle" data-state={cycle.state}>
      <div className="cycle-way">
        <Stepper cycle={cycle} />
        {cycle.can.length > 0 && (
          <div className="cycle-actions" role="group" aria-label={t("bonus.cycle.actions.label")}>
            {[...ASIDE, ...ONWARD.toReversed()]
              .filter((action) => cycle.can.includes(action))
              .map((action) => (
                <Button key={action} type={action === next ? "primary" : "default"} onClick={() => onAction(action)} data-testid={`cycle-${action}`}>
                  {t(`bonus.cycle.actions.${action}`)}
                </Button>
              ))}
          </div>
        )}
      </div>
      {cycle.state === "in_review" && <Approvals cycle={cycle} />}
      {waits.length > 0 && (
        <ul className="cycle-waits" data-testid="cycle-waits">
          {waits.map((one) => (
            <li key={one.code} className="cycle-line">
              <Hourglass size={14} aria-hidden />
              <span>
                {say(one)} {one.code === "bonus_needs_accounts" && may("manage_accounts") && <Link to="/settings" search={{ section: "people" }}>{t("bonus.cycle.toAccounts")}</Link>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {cycle.held.length > 0 && <Held cycle={cycle} onPerson={onPerson} />}
    </section>
  );
}

function Held({ cycle: { held }, onPerson }: Pick<Props, "cycle" | "onPerson">) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <p className="cycle-line" data-testid="cycle-held">
      <PauseCircle size={14} aria-hidden />
      <span>
        {t("bonus.cycle.held", { count: held.length, people: formatCount(held.length) })}
        {held.map(({ person, name, reason }, index) => (
          <span key={person}>
            {index > 0 && SEPARATORS[language]}
            <button type="button" className="name-button" onClick={() => onPerson(person)}>
              {name}
            </button>
            {/* Read by everybody: a tooltip is out of reach of keys and touch. */}
            {reason !== null && <span className="quiet"> {t("bonus.cycle.heldFor", { reason })}</span>}
          </span>
        ))}
      </span>
    </p>
  );
}
