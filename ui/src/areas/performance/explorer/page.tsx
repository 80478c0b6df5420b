/** The KPI explorer: metric x split x filter x comparison, drawn and as a table; kept as a view, put on a board, copied, written to a file. */
import { Button } from "antd";
import { Copy } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Chart, Drawn, Form, GetMetric, MetricInfo, MetricTable, ViewQuestion } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { Answer, EmptyState, Page } from "../../../components/Page";
import { useScope } from "../../../components/scope";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { QuestionFields } from "../boards/QuestionFields";
import { FORMS } from "../boards/questions";
import { WidgetView } from "../boards/WidgetView";
import { MetricResult } from "../metrics/MetricResult";
import { changeTitle, labelOf } from "../metrics/metrics";
import { PerformanceNav } from "../PerformanceNav";
import { RangeChooser, useRange, type Range } from "../RangeChooser";
import { useRecords } from "../../../components/marks/useRecords";
import "../performance.css";
import { ExportMenu } from "./ExportMenu";
import { ChartRows } from "./ChartRows";
import { chartCsv, metricCsv } from "./metricCsv";
import { useQuestion } from "./useQuestion";
import { ViewBar } from "./ViewBar";

/** What days of one's own are drawn as; all else is drawn of a period. */
const OF_ANY_DAYS: readonly Form[] = ["bars", "ranking", "table"];

/** Forms that show more than the values of the metric. */
const OWN_ROWS: ReadonlySet<Form> = new Set(["trend", "funnel", "cohort", "distribution"]);

export default function ExplorerPage() {
  const { t } = useTranslation();
  const list = useRead("list_metrics", {});
  return (
    <Page title={t("performance.title")} context={t("performance.kpi.context")}>
      <PerformanceNav />
      <Answer query={list}>{(metrics) => <Explorer metrics={metrics} />}</Answer>
    </Page>
  );
}

function Explorer({ metrics }: { metrics: readonly MetricInfo[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { unit, period } = useScope();
  const range = useRange();
  const [question, setQuestion] = useQuestion(metrics);
  const { metric, by, grain, compare, filter } = question;
  // The table beside a picture is of its days, which are more than the period in a trend, and of its rows.
  const isDrawn = range.isPeriod && mayHaveOwnRows(question);
  const picture = useRead("draw_widget", { shows: { kind: "chart", question }, scope: { unit, period }, language }, { enabled: isDrawn });
  const days = (isDrawn && picture.data?.span) || range;
  const own = isDrawn && picture.data?.own_rows ? picture.data : null;
  const asked: GetMetric = { metric, by, grain, compare, unit, from: days.from, to: days.to, ...(filter && { filter }) };
  const table = useRead("get_metric", asked, {
    enabled: !isDrawn || !picture.isPending,
    // Other days may stand while the next are read; the answer of another question may not.
    placeholderData: (old, query) => (isOfQuestion(query?.queryKey[1] as GetMetric | undefined, asked) ? old : undefined),
  });
  return (
    <>
      <ViewBar
        question={question}
        metrics={metrics}
        onOpen={setQuestion}
      >
        {table.data && <CopyTable table={table.data} chart={own?.chart ?? null} compared={compare !== null} disabled={table.isPlaceholderData} />}
        {table.data && <ExportMenu question={question} days={range} unit={unit} disabled={table.isPlaceholderData || table.data.rows.length === 0} />}
      </ViewBar>
      <div className="kpi-choices">
        <QuestionFields prefix="kpi" question={question} metrics={metrics} forms={range.isPeriod ? FORMS : OF_ANY_DAYS} onChange={setQuestion} />
        <RangeChooser id="kpi-range" range={range} />
        {!range.isPeriod && (
          <Button type="link" onClick={() => range.set(null)} data-testid="kpi-range-period">
            {t("performance.kpi.toPeriod")}
          </Button>
        )}
      </div>
      {!range.isPeriod && (
        <p className="quiet kpi-days" data-testid="kpi-days">
          {t("performance.kpi.ownDays")}
        </p>
      )}
      <Answer query={table}>{(data) => <Result table={data} own={own} question={question} range={range} />}</Answer>
    </>
  );
}

/** Of these the table waits for the picture, which says whose rows it has. */
function mayHaveOwnRows({ form, by, grain }: ViewQuestion): boolean {
  return form !== "table" && (OWN_ROWS.has(form) || (by === null && grain === null));
}

function isOfQuestion(old: GetMetric | undefined, { metric, by, grain, compare, filter }: GetMetric): boolean {
  const text = (one: Partial<GetMetric>) => JSON.stringify([one.metric, one.by, one.grain, one.compare, one.filter ?? null]);
  return old !== undefined && text(old) === text({ metric, by, grain, compare, ...(filter && { filter }) });
}

interface ResultProps {
  table: MetricTable;
  /** Of a picture whose rows are its own. */
  own: Drawn | null;
  question: ViewQuestion;
  range: Range;
}

function Result({ table, own, question, range }: ResultProps) {
  const { t } = useTranslation();
  const { openMark, drawers } = useRecords();
  const compared = question.compare !== null;
  if (table.rows.length === 0) return <EmptyState title={t("charts.empty")} text={t("performance.kpi.empty")} />;
  const asTable = question.form === "table";
  const picture = asTable ? null : <WidgetView shows={{ kind: "chart", question }} onOpen={openMark} />;
  if (own?.chart) {
    return (
      <>
        <div className="kpi-result">
          {picture}
          <ChartRows chart={own.chart} marks={own.marks} onOpen={openMark} />
        </div>
        {drawers}
      </>
    );
  }
  return (
    <>
      <MetricResult table={table} by={question.by} compared={compared} {...((asTable || range.isPeriod) && { picture })} />
      {drawers}
    </>
  );
}

interface CopyProps {
  table: MetricTable;
  /** Whose rows stand in the place of the table's. */
  chart: Chart | null;
  compared: boolean;
  disabled: boolean;
}

/** Exactly the rows that are shown, for a spreadsheet; not while they are of other days than are asked. */
function CopyTable({ table, chart, compared, disabled }: CopyProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const toast = useToast();
  const copy = async () => {
    const item = t("performance.kpi.item");
    const text = chart ? chartCsv(chart, item) : metricCsv(table, compared, {
      headers: [item, t("performance.kpi.value"), t("performance.library.compared"), changeTitle(table, t)],
      label: (row) => labelOf(row, t, language),
      whole: t("performance.library.whole"),
    });
    try {
      await navigator.clipboard.writeText(text);
      toast.done(t("common.copied"));
    } catch {
      toast.failed(t("common.copyFailed"));
    }
  };
  return (
    <Button icon={<Copy size={15} aria-hidden />} disabled={disabled} onClick={() => void copy()} data-testid="kpi-copy">
      {t("performance.kpi.copy")}
    </Button>
  );
}
