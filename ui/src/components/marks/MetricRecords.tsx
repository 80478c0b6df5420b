/** What stands behind a metric's value: of each measure in its formula the records, a window at a time. */
import { Drawer, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { MetricDrill, MetricInfo, MetricRecordRow } from "../../backend/generated";
import { BackendError } from "../../backend/backend";
import { usePages } from "../../backend/pages";
import { useRead } from "../../backend/query";
import { DataTable, type Column } from "../DataTable";
import { formatDate, formatDecimal, roundExact } from "../format";
import { ErrorState } from "../ErrorState";
import { Answer } from "../Page";
import { dayBefore, daysLabel } from "../period";
import { useLanguage } from "../../i18n";
import { useTerm } from "../../i18n/say";
import { both } from "../../i18n/both";

interface Props {
  /** What to show, of the metric that it names; null is closed. */
  drill: MetricDrill | null;
  /** Which measure's records first; none: those of the metric's first one. */
  measure?: string | null | undefined;
  /** Of a change: what it is taken from. */
  less?: MetricDrill | null | undefined;
  onClose: () => void;
}

export function MetricRecords({ drill, measure, less, onClose }: Props) {
  const language = useLanguage();
  const metrics = useRead("list_metrics", {}, { enabled: drill !== null });
  // A mark may be of another metric than its chart: a stage of the funnel is.
  const metric = metrics.data?.find(({ code }) => code === drill?.metric);
  return (
    <Drawer
      open={drill !== null}
      onClose={onClose}
      title={metric ? both(metric.name, language) : drill?.metric}
      size={880}
      destroyOnHidden
      classNames={{ body: "records-body" }}
      data-testid="drawer-metric-records"
    >
      {drill && (
        <Answer query={metrics}>
          {() => (metric ? <Sides metric={metric} drill={drill} measure={measure} less={less} /> : <ErrorState error={notFound(drill.metric)} />)}
        </Answer>
      )}
    </Drawer>
  );
}

function notFound(metric: string): BackendError {
  return new BackendError({ code: "not_found", params: { what: "metric", value: metric }, retryable: false, trace_id: "" });
}

/** Of a change there are two sides: what is, and what was. */
function Sides({ metric, drill, measure, less }: Pick<Props, "measure" | "less"> & { metric: MetricInfo; drill: MetricDrill }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [side, setSide] = useState<"now" | "before">("now");
  if (!less) return <Content metric={metric} drill={drill} first={measure} />;
  return (
    <>
      <Segmented
        aria-label={t("performance.library.sides")}
        value={side}
        onChange={setSide}
        options={[
          { value: "now" as const, label: daysLabel(drill.days, t, language) },
          { value: "before" as const, label: daysLabel(less.days, t, language) },
        ]}
      />
      <Content key={side} metric={metric} drill={side === "now" ? drill : less} first={measure} />
    </>
  );
}

function Content({ metric, drill, first }: { metric: MetricInfo; drill: MetricDrill; first?: string | null | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const term = useTerm();
  const [measure, setMeasure] = useState<string>(first ?? metric.measures[0]?.code ?? "");
  const pages = usePages(
    "list_metric_records",
    (cursor: string | null) => ({ drill, measure, cursor }),
    (last) => last.next_cursor,
  );
  const until = drill.closed_before;
  // What a cohort had won by an earlier day is not what it has won by now.
  const words = (one: MetricInfo["measures"][number]) =>
    until && one.code.startsWith("cohort_won") ? t("performance.library.wonUpTo", { day: formatDate(dayBefore(until)) }) : both(one.words, language);
  const number = (value: string) => formatDecimal(value.includes("/") ? roundExact(value, 2) : value);
  const columns: Column<MetricRecordRow>[] = [
    { key: "day", title: t("performance.library.day"), width: 110, text: (row) => formatDate(row.day) },
    { key: "entity", title: t("performance.library.record"), width: 110, text: (row) => term("entity", row.entity) },
    { key: "number", title: t("performance.library.number"), width: 120, text: (row) => row.external_id },
    { key: "person", title: t("performance.library.bys.person"), text: (row) => row.person ?? "" },
    { key: "customer", title: t("performance.library.customer"), text: (row) => row.customer ?? "" },
    { key: "product", title: t("performance.library.bys.product"), text: (row) => row.product ?? "" },
    { key: "value", title: t("performance.kpi.value"), width: 130, numeric: true, text: (row) => number(row.value) },
  ];
  return (
    <Answer query={pages}>
      {(records) => (
        <>
          <section className="records-head">
            <div>
              <p className="quiet">{until ? t("performance.library.openedIn", { days: daysLabel(drill.days, t, language) }) : daysLabel(drill.days, t, language)}</p>
              <p className="records-value figure">{records.value === null ? "" : number(records.value)}</p>
            </div>
            <dl className="records-words">
              <dt>{t("performance.library.measures")}</dt>
              <dd>
                <Select
                  aria-label={t("performance.library.measures")}
                  data-testid="metric-measure"
                  popupMatchSelectWidth={420}
                  value={measure}
                  onChange={setMeasure}
                  options={metric.measures.map((one) => ({ value: one.code, label: words(one) }))}
                />
              </dd>
              <dt>{t("performance.library.formula")}</dt>
              <dd className="figure records-formula">{metric.formula}</dd>
            </dl>
          </section>
          <DataTable
            label={t("performance.library.records")}
            columns={columns}
            rows={records.rows}
            rowKey={(row) => `${row.entity} ${row.id}`}
            {...pages.end}
          />
        </>
      )}
    </Answer>
  );
}
