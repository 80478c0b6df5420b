/** The KPI library: any metric, split and compared, with its written definition. What is chosen lives in the address. */
import { DatePicker, Select } from "antd";
import dayjs from "dayjs";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Comparison, Grain, MetricBy, MetricDrill, MetricInfo, MetricTable } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { ChartCard } from "../../../charts/ChartCard";
import { Answer, Page } from "../../../components/Page";
import { lastDay, parsePeriod } from "../../../components/period";
import { useScope } from "../../../components/scope";
import { useSearchParam } from "../../../components/useSearchParam";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { PerformanceNav } from "../PerformanceNav";
import "../performance.css";
import { Definition } from "./Definition";
import { both, metricChart, withUnitNames } from "./metrics";
import { MetricRecords } from "./MetricRecords";
import { MetricRows } from "./MetricRows";

const SPLITS: readonly MetricBy[] = ["person", "team", "region", "segment", "customer_type", "product", "source"];
const GRAINS: readonly Grain[] = ["week", "month", "quarter", "year"];
const COMPARISONS: readonly Comparison[] = ["goal", "last_period", "last_year"];

const withNone = <T extends string>(all: readonly T[]): readonly (T | "none")[] => ["none", ...all];

export default function MetricsPage() {
  const { t } = useTranslation();
  const list = useRead("list_metrics", {});
  return (
    <Page title={t("performance.title")} context={t("performance.library.context")}>
      <PerformanceNav />
      <Answer query={list}>{(metrics) => <Explorer metrics={metrics} />}</Answer>
    </Page>
  );
}

function Explorer({ metrics }: { metrics: readonly MetricInfo[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const scope = useScope();
  const [code, setCode] = useSearchParam("metric");
  const [byText, setBy] = useSearchParam("by");
  const [grainText, setGrain] = useSearchParam("grain");
  const [compareText, setCompare] = useSearchParam("compare");
  const [fromText, setFrom] = useSearchParam("from");
  const [toText, setTo] = useSearchParam("to");
  const period = parsePeriod(scope.period);
  const usable = metrics.filter((one) => one.problem === null);
  const metric = usable.find((one) => one.code === code) ?? usable[0];
  const by = SPLITS.find((one) => one === byText) ?? null;
  const grain = GRAINS.find((one) => one === grainText) ?? null;
  const compare = COMPARISONS.find((one) => one === compareText) ?? null;
  const from = day(fromText) ?? period?.start ?? "2026-01-01";
  const to = day(toText) ?? period?.end ?? "2027-01-01";
  const table = useRead(
    "get_metric",
    { metric: metric?.code ?? "", by, grain, from, to, unit: scope.unit, compare },
    { placeholderData: (old) => old, enabled: metric !== undefined },
  );
  return (
    <>
      <div className="kpi-choices">
        <label htmlFor="metric-code">{t("performance.kpi.metric")}</label>
        <Select
          id="metric-code"
          data-testid="metric-code"
          showSearch={{ optionFilterProp: "label" }}
          popupMatchSelectWidth={320}
          value={metric?.code}
          onChange={(value) => setCode(value)}
          options={usable.map((one) => ({ value: one.code, label: both(one.name, language) }))}
        />
        <Choice
          id="metric-by"
          label={t("performance.library.by")}
          value={by}
          onChange={setBy}
          options={withNone(SPLITS).map((value) => ({ value, label: t(`performance.library.bys.${value}`) }))}
        />
        <Choice
          id="metric-grain"
          label={t("performance.library.grain")}
          value={grain}
          onChange={setGrain}
          options={withNone(GRAINS).map((value) => ({ value, label: t(`performance.library.grains.${value}`) }))}
        />
        <Choice
          id="metric-compare"
          label={t("performance.library.compare")}
          value={compare}
          onChange={setCompare}
          options={withNone(COMPARISONS).map((value) => ({ value, label: t(`performance.library.compares.${value}`) }))}
        />
        <label htmlFor="metric-range">{t("performance.kpi.range")}</label>
        <DatePicker.RangePicker
          id={{ start: "metric-range", end: "metric-range-end" }}
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
      <Answer query={table}>{(data) => <Result table={data} compared={compare !== null} by={by} />}</Answer>
    </>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  /** None is the first option. */
  value: string | null;
  onChange: (value: string | null) => void;
  options: { value: string; label: string }[];
}

function Choice({ id, label, value, onChange, options }: ChoiceProps) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        data-testid={id}
        value={value ?? "none"}
        onChange={(next) => onChange(next === "none" ? null : next)}
        options={options}
      />
    </>
  );
}

function Result({ table: given, compared, by }: { table: MetricTable; compared: boolean; by: MetricBy | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const toast = useToast();
  const [drill, setDrill] = useState<MetricDrill | null>(null);
  const organisation = useRead("get_organisation", {}).data;
  const table = useMemo(() => withUnitNames(given, by, organisation, t), [given, by, organisation, t]);
  const chart = useMemo(() => metricChart(table, t, language), [table, t, language]);
  return (
    <>
      <Definition metric={table.metric} />
      <div className="kpi-result">
        {chart && (
          <ChartCard
            chart={chart}
            explanation={both(table.metric.definition, language)}
            onOpen={(key) => setDrill(table.rows.find((row) => (row.period ?? row.key) === key)?.cell.drill ?? null)}
            onCopied={(result) => (result === "copied" ? toast.done(t("charts.copied")) : toast.failed(t("charts.copyFailed")))}
          />
        )}
        <MetricRows table={table} compared={compared} onOpen={setDrill} />
      </div>
      <MetricRecords metric={table.metric} drill={drill} onClose={() => setDrill(null)} />
    </>
  );
}

function day(text: string | null): string | null {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && dayjs(text).isValid() ? text : null;
}
