/** Bonus runs of the top bar's period, by the kind of period that the plan has: look at what it would pay, run it, open any statement. */
import { Button, Select, Tag } from "antd";
import { Calculator, Eye } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BonusRun, BonusRuns } from "../../backend/generated";
import { useCommand, useRead } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { Answer, EmptyState, Page } from "../../components/Page";
import { periodLabel } from "../../components/period";
import { useRights } from "../../components/rights";
import { useScope } from "../../components/scope";
import { useLanguage } from "../../i18n";
import { useTerm } from "../../i18n/say";
import { BonusNav } from "./BonusNav";
import { BONUS_KINDS, bonusPeriodOf, kindOf, newestFirst, scopeOf } from "./bonusPeriod";
import { PlanChoice } from "./people/PlanChoice";
import { RunResult } from "./RunResult";
import "./bonus.css";

export default function BonusPage() {
  const { t } = useTranslation();
  const runs = useRead("list_bonus_runs", {});
  return (
    <div className="bonus-page">
      {runs.data && runs.data.periods.length > 0 ? (
        <Runs runs={runs.data} />
      ) : (
        <Page title={t("bonus.title")} context={t("bonus.context")}>
          <BonusNav />
          <Answer query={runs}>{() => <EmptyState title={t("bonus.noPeriods.title")} text={t("bonus.noPeriods.text")} />}</Answer>
        </Page>
      )}
    </div>
  );
}

function Runs({ runs }: { runs: BonusRuns }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const term = useTerm();
  const may = useRights();
  const { period: scoped, setPeriod } = useScope();
  const [picked, setPicked] = useState({ scope: "", period: "" });
  const [code, setCode] = useState<string | null>(null);
  const plan = code === null ? {} : { plan: code };
  const known = useRead("list_bonus_plans", {}).data?.plans.find((one) => one.code === code);
  const kind = BONUS_KINDS.find((one) => one === known?.period) ?? kindOf(runs.periods[0] ?? "") ?? "quarter";
  // A choice made here holds until the top bar is set to something else.
  const period = picked.scope === scoped ? picked.period : bonusPeriodOf(scoped, kind, runs.periods);
  const choices = newestFirst([period, ...runs.periods, ...runs.runs.map((one) => one.period)].filter((one) => code === null || kindOf(one) === kind));
  // A run of a plan with other periods is shown, and not run again.
  const mayRun = may("run_bonus") && kindOf(period) === kind;
  const run = useCommand("run_bonus");
  const [preview, setPreview] = useState<BonusRun | null>(null);
  const shownPreview = preview?.period === period ? preview : null;
  const start = (onlyShow: boolean) =>
    run.mutate({ period, ...plan, preview: onlyShow }, { onSuccess: (result) => setPreview(onlyShow ? result : null) });
  const done = new Set(runs.runs.map((one) => one.period));

  return (
    <Page
      title={t("bonus.title")}
      context={t("bonus.context")}
      actions={
        <>
          <PlanChoice
            value={code}
            onChange={(value) => {
              setCode(value);
              setPreview(null);
              run.reset();
            }}
          />
          <Select
            aria-label={t("bonus.period")}
            data-testid="bonus-period"
            className="bonus-period"
            value={period}
            onChange={(value) => {
              setPicked({ scope: scopeOf(value), period: value });
              setPeriod(scopeOf(value));
              run.reset();
            }}
            options={choices.map((value) => ({
              value,
              label: [periodLabel(value, t, language), done.has(value) && t("bonus.done")].filter(Boolean).join(" · "),
            }))}
          />
          {mayRun && <Button icon={<Eye size={15} />} loading={run.isPending && run.variables.preview} onClick={() => start(true)} data-testid="bonus-preview">
            {t("bonus.preview")}
          </Button>}
          {mayRun && <Button
            type="primary"
            icon={<Calculator size={15} />}
            loading={run.isPending && !run.variables.preview}
            onClick={() => start(false)}
            data-testid="bonus-run"
          >
            {done.has(period) ? t("bonus.runAgain") : t("bonus.run")}
          </Button>}
        </>
      }
    >
      <BonusNav />
      {period !== scoped && (
        <p className="quiet" data-testid="bonus-other-period">
          {t("bonus.otherPeriod", { kind: term("period_kind", kind), period: periodLabel(scoped, t, language), own: periodLabel(period, t, language) })}
        </p>
      )}
      {run.error && <ErrorState error={run.error} onRetry={() => start(run.variables?.preview ?? true)} />}
      {shownPreview ? (
        <>
          <PreviewBanner onClose={() => setPreview(null)} />
          <RunResult run={shownPreview} {...plan} />
        </>
      ) : (
        <Kept period={period} {...plan} known={runs.periods.includes(period)} mayRun={mayRun} onPreview={() => start(true)} />
      )}
    </Page>
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
function Kept({ period, plan, known, mayRun, onPreview }: { period: string; plan?: string; known: boolean; mayRun: boolean; onPreview: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useRights();
  const kept = useRead("get_bonus_run", { period, ...(plan === undefined ? {} : { plan }) });
  return (
    <Answer query={kept}>
      {(data) =>
        data ? (
          <RunResult run={data} {...(plan === undefined ? {} : { plan })} />
        ) : (
          <EmptyState
            icon={<Calculator size={28} aria-hidden />}
            // Who sees some statements only cannot tell "not run" from "none for you".
            title={t(may("see_all_pay") ? "bonus.notRun.title" : "bonus.notRun.none", { period: periodLabel(period, t, language) })}
            text={t(!known ? "bonus.notRun.nothing" : mayRun ? "bonus.notRun.text" : "bonus.notRun.wait")}
            action={
              mayRun && (
                <Button icon={<Eye size={15} />} onClick={onPreview}>
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
