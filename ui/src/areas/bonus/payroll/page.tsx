/** The file for payroll: its columns, its first rows, its export; and whose statements are confirmed. */
import { Link } from "@tanstack/react-router";
import { Select } from "antd";
import { Calculator } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BonusRuns } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { Answer, EmptyState, Page } from "../../../components/Page";
import { periodLabel } from "../../../components/period";
import { useRights } from "../../../components/rights";
import { useScope } from "../../../components/scope";
import { useSearchParam } from "../../../components/useSearchParam";
import { useLanguage } from "../../../i18n";
import { BonusNav } from "../BonusNav";
import { bonusPeriodOf, kindOf, newestFirst, scopeOf } from "../bonusPeriod";
import { PlanChoice } from "../people/PlanChoice";
import { Confirmations } from "./Confirmations";
import { PayrollFile } from "./PayrollFile";
import "../bonus.css";
import "./payroll.css";

export default function PayrollPage() {
  const { t } = useTranslation();
  const runs = useRead("list_bonus_runs", {});
  return (
    <div className="payroll-page">
      {runs.data ? (
        <OfPeriod runs={runs.data} />
      ) : (
        <Page title={t("bonus.papers.tab")} context={t("bonus.papers.context")}>
          <BonusNav />
          <Answer query={runs}>{() => null}</Answer>
        </Page>
      )}
    </div>
  );
}

function OfPeriod({ runs: { runs, periods } }: { runs: BonusRuns }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useRights();
  const { period: scoped, setPeriod } = useScope();
  const [picked, setPicked] = useState({ scope: "", period: "" });
  const [code, setCode] = useSearchParam("plan");
  const known = newestFirst(runs.map((one) => one.period));
  const kind = kindOf(known[0] ?? periods[0] ?? "") ?? "quarter";
  // A choice made here holds until the top bar is set to something else.
  const period = picked.scope === scoped ? picked.period : bonusPeriodOf(scoped, kind, known);
  const choose = (value: string) => {
    setPicked({ scope: scopeOf(value), period: value });
    setPeriod(scopeOf(value));
  };
  // The file is of all plans; the statements beside it are of one that was run.
  const run = runs.filter((one) => one.period === period).map((one) => one.plan);
  const plan = code !== null && run.includes(code) ? code : run[0];
  return (
    <Page
      title={t("bonus.papers.tab")}
      context={t("bonus.papers.context")}
      actions={
        <Select
          aria-label={t("bonus.period")}
          data-testid="payroll-period"
          className="bonus-period"
          value={period}
          onChange={choose}
          options={newestFirst([period, ...known]).map((value) => ({ value, label: periodLabel(value, t, language) }))}
        />
      }
    >
      <BonusNav />
      {known.includes(period) ? (
        // Columns that are worked on belong to the period: its plans say which components there are.
        <div key={period} className="payroll-parts">
          {may("run_bonus") && <PayrollFile period={period} />}
          {plan !== undefined && (
            <Confirmations key={plan} period={period} plan={plan} choice={new Set(run).size > 1 && <PlanChoice value={plan} among={run} onChange={(value) => setCode(value, true)} />} />
          )}
        </div>
      ) : (
        <EmptyState
          icon={<Calculator size={28} aria-hidden />}
          title={t("bonus.papers.file.noRun", { period: periodLabel(period, t, language) })}
          text={t("bonus.papers.file.noRunText")}
          action={<Link to="/bonus">{t("bonus.papers.file.toRuns")}</Link>}
        />
      )}
    </Page>
  );
}
