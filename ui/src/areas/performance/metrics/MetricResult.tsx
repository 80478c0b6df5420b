/** A metric's values: drawn, and as a table with why there is none and what each is held against. */
import { useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { MetricBy, MetricDrill, MetricTable } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { ChartCard } from "../../../charts/ChartCard";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { metricChart, withUnitNames } from "./metrics";
import { both } from "../../../i18n/both";
import { MetricRecords } from "../../../components/marks/MetricRecords";
import { MetricRows } from "./MetricRows";

interface Props {
  table: MetricTable;
  by: MetricBy | null;
  compared: boolean;
  /** In place of the chart that is made of the table; null is none. */
  picture?: ReactNode;
}

export function MetricResult({ table: given, by, compared, picture }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const toast = useToast();
  const [drill, setDrill] = useState<MetricDrill | null>(null);
  const organisation = useRead("get_organisation", {}).data;
  const table = useMemo(() => withUnitNames(given, by, organisation, t), [given, by, organisation, t]);
  const chart = useMemo(() => metricChart(table, t, language), [table, t, language]);
  const drawn =
    picture === undefined
      ? chart && (
          <ChartCard
            chart={chart}
            explanation={both(table.metric.definition, language)}
            onOpen={(key) => setDrill(table.rows.find((row) => (row.period ?? row.key) === key)?.cell.drill ?? null)}
            onCopied={(result) => (result === "copied" ? toast.done(t("charts.copied")) : toast.failed(t("charts.copyFailed")))}
          />
        )
      : picture;
  return (
    <>
      <div className={`kpi-result${drawn ? "" : " kpi-alone"}${compared ? " kpi-compared" : ""}`}>
        {drawn}
        <MetricRows table={table} compared={compared} onOpen={setDrill} />
      </div>
      <MetricRecords drill={drill} onClose={() => setDrill(null)} />
    </>
  );
}
