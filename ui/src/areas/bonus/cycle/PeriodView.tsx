/** A period: its way to payment, what stands out, the statements, teams, and what happened. */
import { Button, Segmented, Tag } from "antd";
import { Calculator, Eye } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BonusCycle, CycleAction } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { formatCount } from "../../../components/format";
import { Answer, EmptyState } from "../../../components/Page";
import { periodLabel } from "../../../components/period";
import { useRights } from "../../../components/rights";
import { useSearchParam } from "../../../components/useSearchParam";
import { useLanguage } from "../../../i18n";
import { RunResult } from "../RunResult";
import { RunStanding, type Run } from "./Calculate";
import { CycleCard } from "./CycleCard";
import { Drift } from "./Drift";
import { FlagFilter } from "./FlagFilter";
import { flagsOf, type Flags } from "./flags";
import { StepDialog } from "./StepDialog";
import { Teams } from "./Teams";
import { Timeline } from "./Timeline";

const TABS = ["statements", "teams", "history"] as const;
type Tab = (typeof TABS)[number];

interface Props {
  period: string;
  /** Null: the plan of everybody. */
  plan: string | null;
  /** The plan has data or a goal in it. */
  known: boolean;
  mayRun: boolean;
  run: Run;
}

/** What is asked of a step: for a team, which. */
interface Asking {
  action: CycleAction;
  unit: string | null;
}

export function PeriodView({ cycle, ...props }: Props & { cycle: BonusCycle }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [tabText, setTab] = useSearchParam("tab");
  const [, setStatement] = useSearchParam("statement");
  // Whoever sees no team's sum has no page of them.
  const tabs = TABS.filter((one) => one !== "teams" || cycle.teams.length > 0);
  const tab = tabs.find((one) => one === tabText) ?? "statements";
  const { run } = props;
  const flags = flagsOf(cycle.anomalies, cycle.held);
  const [chosen, setKind] = useState<string | null>(null);
  // What nobody has any more cannot be chosen.
  const kind = flags.kinds.some((one) => one.kind === chosen) ? chosen : null;
  const ask = (action: CycleAction, unit: string | null = null) => setAsking({ action, unit });
  return (
    <>
      <CycleCard cycle={cycle} onAction={ask} onPerson={(person) => setStatement(person)} />
      <Drift cycle={cycle} />
      <RunStanding run={run} />
      {run.preview ? (
        <>
          <PreviewBanner onClose={run.closePreview} />
          <RunResult run={run.preview} plan={props.plan} />
        </>
      ) : (
        <>
          <div className="cycle-bar">
            <Segmented<Tab>
              aria-label={t("bonus.cycle.tabs.label")}
              value={tab}
              onChange={(value) => setTab(value === "statements" ? null : value, true)}
              options={tabs.map((value) => ({ value, label: t(`bonus.cycle.tabs.${value}`) }))}
            />
            {tab === "statements" && <FlagFilter flags={flags} chosen={kind} onChoose={setKind} />}
          </div>
          {tab === "statements" && <Kept {...props} cycle={cycle} flags={flags} kind={kind} />}
          {tab === "teams" && <Teams cycle={cycle} onApprove={(unit) => ask("approve_team", unit)} />}
          {tab === "history" && <Timeline steps={cycle.steps} />}
        </>
      )}
      {asking && <StepDialog key={asking.action} {...asking} cycle={cycle} onClose={() => setAsking(null)} />}
    </>
  );
}

function PreviewBanner({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="preview-banner" role="status">
      <Tag color="gold">{t("bonus.previewTag")}</Tag>
      <span>{t("bonus.previewText")}</span>
      <Button size="small" type="link" onClick={onClose}>
        {t("bonus.previewClose")}
      </Button>
    </div>
  );
}

/** The run that is kept, or why there is none. */
function Kept({ cycle, period, plan, known, mayRun, run, flags, kind }: Props & { cycle: BonusCycle; flags: Flags; kind: string | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useRights();
  const kept = useRead("get_bonus_run", { period, ...(plan !== null && { plan }) });
  const runs = useRead("list_bonus_runs", {}).data?.runs ?? [];
  const some = runs.find(({ id }) => id === kept.data?.id)?.people ?? null;
  return (
    <Answer query={kept}>
      {(data) =>
        data ? (
          <>
            {some !== null && (
              <p className="cycle-line" role="status" data-testid="run-partial">
                {t("bonus.cycle.calculate.partial", { count: some, people: formatCount(some) })}
                {mayRun && <button type="button" className="name-button" disabled={run.task.isPending} onClick={() => run.start(false)}>{t("bonus.cycle.calculate.full")}</button>}
              </p>
            )}
            <RunResult run={data} plan={plan} flags={flags} kind={kind} paid={data.id === cycle.run ? cycle.total : null} />
          </>
        ) : (
          <EmptyState
            icon={<Calculator size={28} aria-hidden />}
            // Who sees some statements only cannot tell "not run" from "none for you".
            title={t(may("see_all_pay") ? "bonus.notRun.title" : "bonus.notRun.none", { period: periodLabel(period, t, language) })}
            text={t(!known ? "bonus.notRun.nothing" : mayRun ? "bonus.notRun.text" : "bonus.notRun.wait")}
            action={
              mayRun && (
                <Button icon={<Eye size={15} />} onClick={() => run.start(true)}>
                  {t("bonus.preview")}
                </Button>
              )
            }
          />
        )
      }
    </Answer>
  );
}
