/** How far somebody is by all KPIs of their scorecard: what each adds, the total, and what is missing. */
import { Button } from "antd";
import { Gauge } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { MetricDrill, OrganisationTree, ScorecardOf, ScorecardResultKpi } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { MessageText, Notes } from "../../../components/MessageText";
import { Answer, EmptyState, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useSearchParam } from "../../../components/useSearchParam";
import { useLanguage } from "../../../i18n";
import { useRecords } from "../../../components/marks/useRecords";
import { GoalWhy } from "./GoalWhy";
import { ResultPeople } from "./ResultPeople";
import { ResultTable } from "./ResultTable";
import { askedOf, type Which } from "./useWhich";

export function Result({ which, onWeights }: { which: Which; onWeights: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [people, setPeople] = useSearchParam("people");
  const showPeople = people === "1" && which.asked.person === undefined;
  const result = useRead("get_scorecard_result", { ...which.asked, period: which.period.key, people: showPeople, language }, { enabled: which.ready });
  return (
    <Answer query={result}>
      {({ rows: [first, ...others], notes, period_label: label }) =>
        first && (
          <>
            <Notes messages={[...(first.no_scorecard ? [] : notes), ...first.notes]} />
            <Of of={first} label={label} which={which} onWeights={onWeights} />
            {first.level !== "person" && which.seesMore && (
              <Section
                title={t("scorecards.people.title")}
                actions={
                  <Button aria-expanded={showPeople} onClick={() => setPeople(showPeople ? null : "1")} data-testid="kpi-people">
                    {t(showPeople ? "scorecards.people.hide" : "scorecards.people.show")}
                  </Button>
                }
                testId="kpi-people-section"
              >
                {showPeople && <ResultPeople rows={others} onOpen={which.setWho} />}
              </Section>
            )}
          </>
        )
      }
    </Answer>
  );
}

interface OfProps {
  of: ScorecardOf;
  label: string;
  which: Which;
  onWeights: () => void;
}

function Of({ of, label, which, onWeights }: OfProps) {
  const { t } = useTranslation();
  const may = useRights();
  const { openMark, drawers } = useRecords();
  const organisation = useRead("get_organisation", {}).data;
  const [why, setWhy] = useState<ScorecardResultKpi | null>(null);
  const { days } = which.period;
  return (
    <Section title={t("scorecards.result.title", { name: of.name, period: label })} context={<MeasuredAs of={of} />} testId="scorecard">
      {of.no_scorecard ? (
        <EmptyState
          icon={<Gauge size={28} aria-hidden />}
          title={t("scorecards.result.none")}
          text={<MessageText message={of.no_scorecard} />}
          action={<Button onClick={onWeights} data-testid="kpi-to-weights">{t(may("set_goals") ? "scorecards.result.setWeights" : "scorecards.result.toWeights")}</Button>}
        />
      ) : (
        <ResultTable
          of={of}
          period={which.period.key}
          onRecords={(kpi) => openMark({ drill: drillOf(kpi.metric, of, days, organisation), measure: null, less: null })}
          onWhy={setWhy}
        />
      )}
      {why && <GoalWhy metric={why.metric} asked={askedOf(of.whose, organisation)} period={which.period.key} onClose={() => setWhy(null)} />}
      {drawers}
    </Section>
  );
}

/** By which role and weights, and whose figures they are. */
function MeasuredAs({ of }: { of: ScorecardOf }) {
  const { t } = useTranslation();
  if (of.since === null) return null;
  const role = t(`scorecards.roles.${of.is_everybodys ? "everybody" : (of.role ?? "everybody")}`);
  return (
    <>
      {t("scorecards.result.asRole", { role, from: of.since })} {of.is_everybodys && of.role !== null && t("scorecards.result.everybodys")}{" "}
      {of.figures_of !== null && t("scorecards.result.figuresOf", { unit: of.figures_of })}
    </>
  );
}

/** The records behind an actual: of a person by person, of who leads those of the unit. */
export function drillOf(metric: string, of: ScorecardOf, days: MetricDrill["days"], organisation: OrganisationTree | undefined): MetricDrill {
  if (of.level === "person" && of.figures_of === null) return { metric, by: "person", key: of.whose, days, unit: null };
  const named = organisation?.units.filter(({ name }) => name === of.figures_of) ?? [];
  const team = organisation?.people.find(({ id }) => id === of.whose)?.team;
  const led = named.find(({ id }) => id === team) ?? named[0];
  return { metric, by: null, key: "", days, unit: of.level === "person" ? (led?.id ?? null) : of.whose };
}
