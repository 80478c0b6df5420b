/** The dashboard of the chosen unit and period: key figures, charts, leaderboard. Every number opens its records. */
import { Button, Skeleton } from "antd";
import type { TFunction } from "i18next";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Chart, Dashboard } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { ChartCard } from "../../charts/ChartCard";
import { useDrill } from "../../components/drill";
import { Notes } from "../../components/MessageText";
import { Answer, Page } from "../../components/Page";
import { periodLabel } from "../../components/period";
import { RecordsDrawer } from "../../components/RecordsDrawer";
import { useScope } from "../../components/scope";
import { useToast } from "../../components/useToast";
import { useLanguage, useWord } from "../../i18n";
import { ExportDrawer } from "./ExportDrawer";
import { Leaderboard } from "./Leaderboard";
import { PerformanceNav } from "./PerformanceNav";
import { TileStrip } from "./TileStrip";
import "./performance.css";

export default function PerformancePage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { unit, period } = useScope();
  const dashboard = useRead("get_dashboard", { scope: { unit, period }, language }, { placeholderData: (old) => old });
  const [exporting, setExporting] = useState(false);
  const name = dashboard.data?.unit_name;
  return (
    <div className="dashboard-page">
      <Page
        title={t("performance.title")}
        context={name && t("performance.context", { unit: name, period: periodLabel(period, t, language) })}
        actions={
          <Button icon={<Download size={15} />} onClick={() => setExporting(true)} data-testid="export-open">
            {t("performance.exportOpen")}
          </Button>
        }
      >
        <PerformanceNav />
        <Answer query={dashboard} skeleton={<DashboardSkeleton />}>
          {(data) => <Full dashboard={data} onExport={() => setExporting(true)} />}
        </Answer>
      </Page>
      <ExportDrawer
        open={exporting}
        scope={{ unit, period }}
        unitName={name ?? ""}
        onClose={() => setExporting(false)}
      />
    </div>
  );
}

function Full({ dashboard, onExport }: { dashboard: Dashboard; onExport: () => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const { drill, open, close } = useDrill();
  const openMark = (chart: Chart, key: string) => {
    const mark = dashboard.marks[chart.id]?.[key];
    if (mark) open(mark);
    else toast.hint(t("performance.otherParts"));
  };
  return (
    <>
      <Notes messages={dashboard.notes} />
      <TileStrip tiles={dashboard.tiles} onOpen={open} />
      <div className="dashboard-grid">
        {dashboard.charts.map((chart) => (
          <ChartCard
            key={chart.id}
            chart={withNote(chart, t)}
            explanation={word("performance.explain", chart.id)}
            onOpen={(key) => openMark(chart, key)}
            onExport={onExport}
            onCopied={(result) =>
              result === "copied" ? toast.done(t("charts.copied")) : toast.failed(t("charts.copyFailed"))
            }
          />
        ))}
        <Leaderboard
          rows={dashboard.leaderboard}
          onOpen={(row) => (row.drill ? open(row.drill) : toast.hint(t("performance.leaderboard.notSeen")))}
        />
      </div>
      <RecordsDrawer drill={drill} onClose={close} />
    </>
  );
}

/** Says what the grey parts are, where the description does not say anything itself. */
function withNote(chart: Chart, t: TFunction): Chart {
  const unknown = chart.kind === "bar" && chart.series.some((one) => one.role === "actual" && one.values.includes(null));
  return chart.note === null && unknown ? { ...chart, note: t("charts.unknownNote") } : chart;
}

function DashboardSkeleton() {
  return (
    <>
      <div className="tile-strip">
        {[1, 2, 3, 4, 5].map((tile) => (
          <div key={tile} className="tile tile-loading">
            <Skeleton active paragraph={{ rows: 1 }} />
          </div>
        ))}
      </div>
      <div className="dashboard-grid">
        {[1, 2, 3, 4].map((card) => (
          <div key={card} className="chart-card">
            <Skeleton active paragraph={{ rows: 5 }} />
          </div>
        ))}
      </div>
    </>
  );
}
