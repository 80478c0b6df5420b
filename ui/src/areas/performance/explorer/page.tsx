/** The KPI explorer: one figure, split any way, over any range of days. What is chosen lives in the address. */
import { DatePicker, Select } from "antd";
import dayjs from "dayjs";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { KpiTable, Metric, Split } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { ChartCard } from "../../../charts/ChartCard";
import { useDrill } from "../../../components/drill";
import { Answer, EmptyState, Page } from "../../../components/Page";
import { lastDay, parsePeriod } from "../../../components/period";
import { RecordsDrawer } from "../../../components/RecordsDrawer";
import { useScope } from "../../../components/scope";
import { useSearchParam } from "../../../components/useSearchParam";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { PerformanceNav } from "../PerformanceNav";
import "../performance.css";
import { kpiChart, rowLabel, withinLimit, withNames } from "./kpi";
import { KpiRows } from "./KpiRows";

const METRICS: readonly Metric[] = ["won_amount", "won_count", "lost_count"];
const SPLITS: readonly Split[] = ["week", "month", "quarter", "person", "team", "customer_type"];

export default function ExplorerPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const scope = useScope();
  const [metricText, setMetric] = useSearchParam("metric");
  const [byText, setBy] = useSearchParam("by");
  const [fromText, setFrom] = useSearchParam("from");
  const [toText, setTo] = useSearchParam("to");
  const period = parsePeriod(scope.period);
  const metric = METRICS.find((one) => one === metricText) ?? "won_amount";
  const by = SPLITS.find((one) => one === byText) ?? "month";
  const from = day(fromText) ?? period?.start ?? "2026-01-01";
  const to = day(toText) ?? period?.end ?? "2027-01-01";
  const table = useRead("get_kpi", { metric, by, from, to, unit: scope.unit }, { placeholderData: (old) => old });

  return (
    <Page title={t("performance.title")} context={t("performance.kpi.context")}>
      <PerformanceNav />
      <div className="kpi-choices">
        <label htmlFor="kpi-metric">{t("performance.kpi.metric")}</label>
        <Select
          id="kpi-metric"
          data-testid="kpi-metric"
          value={metric}
          onChange={(value) => setMetric(value)}
          options={METRICS.map((value) => ({ value, label: t(`performance.kpi.metrics.${value}`) }))}
        />
        <label htmlFor="kpi-by">{t("performance.kpi.by")}</label>
        <Select
          id="kpi-by"
          data-testid="kpi-by"
          value={by}
          onChange={(value) => setBy(value)}
          options={SPLITS.map((value) => ({ value, label: t(`performance.kpi.splits.${value}`) }))}
        />
        <label htmlFor="kpi-range">{t("performance.kpi.range")}</label>
        <DatePicker.RangePicker
          id={{ start: "kpi-range", end: "kpi-range-end" }}
          allowClear={false}
          value={[dayjs(from), dayjs(to).subtract(1, "day")]}
          onChange={(days) => {
            const [first, last] = days ?? [];
            if (!first || !last) return;
            setFrom(first.format("YYYY-MM-DD"), true);
            setTo(last.add(1, "day").format("YYYY-MM-DD"), true);
          }}
          presets={period ? [{ label: t("frame.period.label"), value: [dayjs(period.start), dayjs(lastDay(period))] }] : []}
        />
      </div>
      <Answer query={table}>
        {(data) => <Result key={`${data.metric}-${by}`} table={data} by={by} from={from} to={to} language={language} />}
      </Answer>
    </Page>
  );
}

function Result(props: { table: KpiTable; by: Split; from: string; to: string; language: ReturnType<typeof useLanguage> }) {
  const { table: given, by, from, to, language } = props;
  const { t } = useTranslation();
  const toast = useToast();
  const { drill, open, close } = useDrill();
  const organisation = useRead("get_organisation", {}).data;
  const table = useMemo(() => withNames(given, by, organisation, t), [given, by, organisation, t]);
  const chart = useMemo(() => kpiChart(table, by, { from, to }, t, language), [table, by, from, to, t, language]);
  const openRow = (key: string) => {
    const row = table.rows.find((one) => one.key === key);
    if (row) open(row.drill);
  };
  if (table.rows.length === 0) return <EmptyState title={t("charts.empty")} text={t("performance.kpi.empty")} />;
  return (
    <>
      <div className="kpi-result">
        <ChartCard
          chart={withinLimit(chart, t)}
          explanation={t("performance.kpi.explain")}
          onOpen={openRow}
          onCopied={(result) =>
            result === "copied" ? toast.done(t("charts.copied")) : toast.failed(t("charts.copyFailed"))
          }
        />
        <KpiRows table={table} label={(row) => rowLabel(row, by, t, language)} onOpen={openRow} />
      </div>
      <RecordsDrawer drill={drill} onClose={close} />
    </>
  );
}

function day(text: string | null): string | null {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && dayjs(text).isValid() ? text : null;
}
