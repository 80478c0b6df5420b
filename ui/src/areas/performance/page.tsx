/** Boards of the chosen unit and period: one's home first. Every number opens its records. */
import { Button, Skeleton } from "antd";
import { Download, LayoutDashboard } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Board } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { Answer, EmptyState, Page } from "../../components/Page";
import { periodLabel } from "../../components/period";
import { useRights } from "../../components/rights";
import { useScope } from "../../components/scope";
import { useSearchParam } from "../../components/useSearchParam";
import { useLanguage } from "../../i18n";
import { ArrangePage } from "./boards/ArrangePage";
import { BoardBar } from "./boards/BoardBar";
import { BoardGrid } from "./boards/BoardGrid";
import { isArranged, useArranging } from "./boards/useArranging";
import { ExportDrawer } from "./ExportDrawer";
import { PerformanceNav } from "./PerformanceNav";
import { useRecords } from "../../components/marks/useRecords";
import "./performance.css";

export default function PerformancePage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { unit, period } = useScope();
  const [id, show] = useSearchParam("board");
  const board = useRead("get_board", { id, language });
  const organisation = useRead("get_organisation", {}).data;
  const [exporting, setExporting] = useState(false);
  const may = useRights();
  const self = useRead("get_status", {}).data?.signed_in;
  // Whoever sees own results only sees them under every unit.
  const own = self && !may("see_all_results") && !may("see_team_results");
  const person = organisation?.people.find((one) => one.id === self?.person);
  const name = own ? (person?.name ?? self.name) : (organisation?.units.find((one) => one.id === unit) ?? organisation?.units[0])?.name;
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
        <Answer query={board} skeleton={<BoardSkeleton />}>
          {(data) => <Shown key={data.info.id} board={data} onShow={show} onExport={() => setExporting(true)} />}
        </Answer>
        {board.error && id !== null && (
          <Button icon={<LayoutDashboard size={15} />} className="board-home" onClick={() => show(null)}>
            {t("performance.board.openHome")}
          </Button>
        )}
      </Page>
      <ExportDrawer open={exporting} board={board.data?.info} scope={{ unit, period }} unitName={name ?? ""} onClose={() => setExporting(false)} />
    </div>
  );
}

interface ShownProps {
  board: Board;
  onShow: (id: string | null) => void;
  onExport: () => void;
}

function Shown({ board, onShow, onExport }: ShownProps) {
  const { t } = useTranslation();
  const arranging = useArranging();
  const { openMark, drawers } = useRecords();
  if (isArranged(arranging, board)) return <ArrangePage board={board} arranging={arranging} onShow={onShow} />;
  return (
    <>
      <BoardBar
        board={board}
        onShow={onShow}
        onArrange={() => arranging.begin(board, board.info.can_edit ? "same" : "new")}
        onNew={() => arranging.begin(board, "new", [])}
      />
      {board.widgets.length === 0 ? (
        <EmptyState title={t("performance.board.empty")} text={t("performance.board.emptyText")} />
      ) : (
        <BoardGrid widgets={board.widgets} onOpen={openMark} onExport={onExport} />
      )}
      {drawers}
    </>
  );
}

function BoardSkeleton() {
  return (
    <div className="board-grid">
      {[6, 6, 6, 6].map((width, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- four grey cards
        <div key={index} className="chart-card widget-loading" style={{ gridColumn: `span ${width}`, gridRow: "span 8" }}>
          <Skeleton active paragraph={{ rows: 5 }} />
        </div>
      ))}
    </div>
  );
}
