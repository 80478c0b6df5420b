/** What the plans would have cost: at a glance, by months, by people, and where people lie on each curve. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { WhatIf, WhatIfPlan } from "../../../backend/generated";
import { ChartCard } from "../../../charts/ChartCard";
import { currencySymbol, formatCount, formatDecimal, formatPercent, MISSING } from "../../../components/format";
import { Notes } from "../../../components/MessageText";
import { Section } from "../../../components/Page";
import { periodLabel, shortPeriodLabel } from "../../../components/period";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { both } from "../../../i18n/both";
import { monthsChart } from "./charts";
import { CopyTable } from "./CopyTable";
import { People } from "./People";
import { PlanColumn } from "./PlanColumn";

export interface Range {
  from: string;
  to: string;
}

export function Result({ view, range }: { view: WhatIf; range: Range }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const toast = useToast();
  const heads = useHeads(view);
  const chart = useMemo(
    () => monthsChart(view, heads, { title: t("bonusIf.whatIf.months"), budget: t("bonusIf.whatIf.budgetShare"), label: (period) => shortPeriodLabel(period, t, language) }),
    [view, heads, t, language],
  );
  const symbol = currencySymbol(view.currency).trim();
  const months = [
    [t("bonusIf.whatIf.columns.month"), ...heads, t("bonusIf.whatIf.columns.sales", { symbol }), t("bonusIf.whatIf.columns.budget", { symbol })],
    ...view.months.map((one) => [periodLabel(one.month, t, language), ...one.costs, one.sales, one.budget ?? ""]),
  ];
  return (
    <div className="what-if-result" data-testid="what-if-result">
      <Notes messages={view.notes} />
      <section className="what-if-plans" aria-label={t("bonusIf.whatIf.plans")}>
        {view.plans.map((plan, at) => (
          // A plan may stand beside itself.
          // oxlint-disable-next-line react/no-array-index-key
          <Glance key={at} view={view} plan={plan} at={at} head={heads[at] ?? ""} />
        ))}
      </section>
      <ChartCard
        chart={chart}
        explanation={t("bonusIf.whatIf.monthsExplain")}
        onCopied={(result) => (result === "copied" ? toast.done(t("common.copied")) : toast.failed(t("common.copyFailed")))}
      />
      <p>
        <CopyTable range={range} rows={months} testId="what-if-copy-months" />
      </p>
      {view.plans.length > 1 ? (
        <People view={view} heads={heads} range={range} />
      ) : (
        <p className="notes" role="status">
          {t("bonusIf.whatIf.same")}
        </p>
      )}
      <div className="what-if-columns">
        {view.plans.map((plan, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- as above
          <Section key={at} title={heads[at]}>
            <PlanColumn plan={plan} currency={view.currency} range={range} />
          </Section>
        ))}
      </div>
    </div>
  );
}

/** What each plan is called: two of the same name keep their numbers. */
function useHeads(view: WhatIf): string[] {
  const { t } = useTranslation();
  const language = useLanguage();
  return useMemo(() => {
    const names = view.plans.map((plan) => both({ zh: plan.name_zh, en: plan.name_en }, language) || plan.code);
    const twice = (name: string) => names.filter((one) => one === name).length > 1;
    return names.map((name, at) => (at === 0 ? t("bonusIf.whatIf.inForce") : twice(name) ? `${name} (${t("bonusIf.whatIf.number", { number: at + 1 })})` : name));
  }, [view, t, language]);
}

function Glance({ view, plan, at, head }: { view: WhatIf; plan: WhatIfPlan; at: number; head: string }) {
  const { t } = useTranslation();
  const symbol = currencySymbol(view.currency).trim();
  const against = view.comparisons.find((one) => one.plan === at);
  return (
    <article className="bonus-summary what-if-glance" data-testid={`what-if-plan-${at}`}>
      <div>
        <span className="quiet">{head}</span>
        <strong className="bonus-total figure" data-testid={`what-if-total-${at}`}>{`${symbol}${formatDecimal(plan.total)}`}</strong>
      </div>
      {against && (
        <div>
          <span className="quiet">{t("bonusIf.whatIf.againstFirst")}</span>
          <strong className="figure" data-testid={`what-if-difference-${at}`}>
            <Signed value={against.difference} symbol={symbol} />
          </strong>
        </div>
      )}
      <div>
        <span className="quiet">{t("bonusIf.whatIf.costOfSales")}</span>
        <strong className="figure">{plan.cost_of_sales === null ? MISSING : formatPercent(plan.cost_of_sales, 2)}</strong>
      </div>
      {plan.budget_left !== null && (
        <div>
          <span className="quiet">{t("bonusIf.whatIf.budgetLeft")}</span>
          <strong className="figure" data-testid={`what-if-budget-left-${at}`}>{`${symbol}${formatDecimal(plan.budget_left)}`}</strong>
        </div>
      )}
      {against && (
        <div>
          <span className="quiet">{t("bonusIf.whatIf.people")}</span>
          <strong className="figure">{[against.gain, against.lose, against.same].map((count) => formatCount(count)).join(" / ")}</strong>
        </div>
      )}
      {plan.blocked > 0 && (
        <div>
          <span className="quiet">{t("bonusIf.whatIf.blocked")}</span>
          <strong className="figure">{formatCount(plan.blocked)}</strong>
        </div>
      )}
    </article>
  );
}

/** An amount with arrow and sign. */
export function Signed({ value, symbol = "" }: { value: string; symbol?: string }) {
  const negative = value.startsWith("-");
  const zero = !/[1-9]/.test(value);
  const mark = zero ? "→" : negative ? "↓" : "↑";
  return (
    <span className={`figure change change-${zero ? "flat" : negative ? "down" : "up"}`}>
      <span aria-hidden>{mark}</span> {`${negative ? "−" : zero ? "" : "+"}${symbol}${formatDecimal(value.replace("-", ""))}`}
    </span>
  );
}
