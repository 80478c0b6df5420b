/** What a widget shows for the chosen unit and period. It loads, fails and lacks data by itself. */
import { Skeleton } from "antd";
import { CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Chart, Drawn, Mark, MetricDrill, MetricInfo, MetricTable, Shows } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { ChartCard } from "../../../charts/ChartCard";
import { Notes } from "../../../components/MessageText";
import { Answer } from "../../../components/Page";
import { useScope } from "../../../components/scope";
import { useToast } from "../../../components/useToast";
import { useLanguage, useWord } from "../../../i18n";
import { useSay } from "../../../i18n/say";
import { Leaderboard } from "../Leaderboard";
import { Customers } from "../Customers";
import { both } from "../../../i18n/both";
import type { OpenMark } from "../../../components/marks/useRecords";
import { MetricRows } from "../metrics/MetricRows";
import { TileStrip } from "../TileStrip";

interface Props {
  shows: Shows;
  /** In place of the title that the program gives. */
  title?: string | null;
  /** Opens the records of a mark; without it nothing opens. */
  onOpen?: OpenMark;
  onExport?: () => void;
}

export function WidgetView({ shows, title = null, onOpen, onExport }: Props) {
  const language = useLanguage();
  const { unit, period } = useScope();
  const drawn = useRead(
    "draw_widget",
    { shows, scope: { unit, period }, language },
    {
      // Another period may stand while the next is read; another question may not.
      placeholderData: (old, query) => (isOf(query?.queryKey[1], shows) ? old : undefined),
    },
  );
  return (
    <Answer query={drawn} skeleton={<WidgetSkeleton shows={shows} />}>
      {(data) => <Content drawn={data} shows={shows} title={title} {...(onOpen && { onOpen })} {...(onExport && { onExport })} />}
    </Answer>
  );
}

function isOf(asked: unknown, shows: Shows): boolean {
  return JSON.stringify((asked as { shows?: Shows } | undefined)?.shows) === JSON.stringify(shows);
}

function Content({ drawn, shows, title, onOpen, onExport }: Props & { drawn: Drawn }) {
  const { t } = useTranslation();
  const word = useWord();
  const say = useSay();
  const toast = useToast();
  const own = title ?? (shows.kind === "view" ? drawn.title : null);
  if (drawn.lack) return <Lack title={own || drawn.title || t(`performance.board.kinds.${shows.kind}`)} text={say(drawn.lack)} />;
  if (shows.kind === "tiles") {
    return (
      <>
        <Notes messages={drawn.notes} />
        <TileStrip tiles={drawn.tiles} onOpen={onOpen && ((drill) => onOpen(markOf(drill)))} />
      </>
    );
  }
  if (shows.kind === "leaderboard") {
    return (
      <Leaderboard
        title={title}
        rows={drawn.leaderboard}
        onOpen={(row) => (row.drill ? onOpen?.(row.drill) : toast.hint(t("performance.leaderboard.notSeen")))}
      />
    );
  }
  if (shows.kind === "customers") {
    return <Customers title={own || drawn.title} rows={drawn.customers} notes={drawn.notes} onOpen={(row) => onOpen?.(row.drill)} />;
  }
  if (drawn.table) {
    return (
      <MetricTableCard title={own || drawn.title} table={drawn.table} onOpen={(drill) => onOpen?.(markOf(drill))} />
    );
  }
  if (!drawn.chart) return <Lack title={own || drawn.title} text={t("charts.empty")} />;
  // In a grid of series by categories a cell is named by both.
  const openMark = (key: string, series?: string) => {
    const mark = drawn.marks[series === undefined ? key : `${series}/${key}`];
    if (mark) onOpen?.(mark);
    else toast.hint(t("performance.otherParts"));
  };
  const notes = [unknownNote(drawn.chart) && t("charts.unknownNote"), ...drawn.notes.map(say)];
  const chart = withTitle(withNotes(drawn.chart, notes, t("charts.noteJoin")), own);
  return (
    <ChartCard
      chart={chart}
      explanation={drawn.explain ? <Explanation metric={drawn.explain} /> : word("performance.explain", drawn.chart.id)}
      {...(onOpen && { onOpen: openMark })}
      {...(onExport && { onExport })}
      onCopied={(result) => (result === "copied" ? toast.done(t("charts.copied")) : toast.failed(t("charts.copyFailed")))}
    />
  );
}

function markOf(drill: MetricDrill): Mark {
  return { drill, measure: null, less: null };
}

function MetricTableCard({ title, table, onOpen }: { title: string; table: MetricTable; onOpen: (drill: MetricDrill) => void }) {
  const compared = table.rows.some(({ cell }) => cell.compared !== null || cell.compared_reason !== null);
  return <MetricRows title={title} table={table} compared={compared} onOpen={onOpen} />;
}

function Explanation({ metric }: { metric: MetricInfo }): ReactNode {
  const language = useLanguage();
  return (
    <>
      <p>{both(metric.definition, language)}</p>
      <p className="figure">{metric.formula}</p>
      <p className="quiet">{both(metric.source, language)}</p>
    </>
  );
}

/** What would be needed stands in place of the chart: never an empty one, never an invented figure. */
function Lack({ title, text }: { title: string; text: string }) {
  return (
    <section className="chart-card" aria-label={title} data-testid="widget-lack">
      <header className="chart-head">
        <div className="chart-words">
          <h2>{title}</h2>
        </div>
      </header>
      <p className="widget-lack quiet">
        <CircleDashed size={18} aria-hidden /> {text}
      </p>
    </section>
  );
}

/** Under a title of one's own stands what the program calls it. */
function withTitle(chart: Chart, title: string | null): Chart {
  if (!title || title === chart.title) return chart;
  return { ...chart, title, subtitle: [chart.title, chart.subtitle].filter(Boolean).join(" · ") };
}

/** Notes are sentences without a stop: one after the other needs something between. */
function withNotes(chart: Chart, notes: readonly (string | false)[], join: string): Chart {
  const all = [...new Set([chart.note, ...notes].filter(Boolean))];
  return { ...chart, note: all.join(join) || null };
}

/** Grey parts say what they are, where the description does not say anything itself. */
function unknownNote({ kind, note, series }: Chart): boolean {
  return note === null && kind === "bar" && series.some((one) => one.role === "actual" && one.values.includes(null));
}

function WidgetSkeleton({ shows }: { shows: Shows }) {
  if (shows.kind === "tiles") {
    return (
      <div className="tile-strip">
        {(shows.metrics.length === 0 ? [""] : shows.metrics).map((metric) => (
          <div key={metric} className="tile tile-loading">
            <Skeleton active paragraph={{ rows: 1 }} />
          </div>
        ))}
      </div>
    );
  }
  return (
    <div className="chart-card widget-loading">
      <Skeleton active paragraph={{ rows: 5 }} />
    </div>
  );
}
