/** A chart on its card: what is seen, its picture or its table, and what can be done with it. */
import { Button, Dropdown, Popover } from "antd";
import { BarChart3, Copy, Download, Ellipsis, Info, Table2 } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Chart } from "../backend/generated";
import { ChartTable } from "./ChartTable";
import { EChart } from "./EChart";
import { HeatKey } from "./HeatKey";
import { cellAt, chartOption, isEmpty, isGrid, minHeight } from "./options";
import { copyPicture } from "./picture";
import { useLook } from "./useLook";

interface Props {
  chart: Chart;
  /** How the figures come about, in words. */
  explanation: ReactNode;
  /** A mark, slice or row was opened: its category key, and in a grid the key of the series that is its row. */
  onOpen?: (key: string, series?: string) => void;
  /** Offers the export of the page that the chart stands on. */
  onExport?: () => void;
  /** Tells how copying went. */
  onCopied: (result: "copied" | "failed") => void;
}

export function ChartCard({ chart, explanation, onOpen, onExport, onCopied }: Props) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const [explained, setExplained] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const look = useLook(onOpen !== undefined);
  const option = useCallback((width: number) => chartOption(chart, { ...look, width }), [chart, look]);

  const copy = async () => {
    const drawn = body.current?.querySelector(".echart");
    const size = { width: drawn?.clientWidth || 720, height: drawn?.clientHeight || 360 };
    try {
      await copyPicture(option(size.width), [chart.title, chart.subtitle].filter(Boolean).join(" · "), size, look.palette);
      onCopied("copied");
    } catch {
      // The system may refuse the clipboard; the person is told, and the export remains.
      onCopied("failed");
    }
  };

  const items = [
    asTable
      ? { key: "view", icon: <BarChart3 size={15} />, label: t("charts.asChart"), onClick: () => setAsTable(false) }
      : { key: "view", icon: <Table2 size={15} />, label: t("charts.asTable"), onClick: () => setAsTable(true) },
    { key: "copy", icon: <Copy size={15} />, label: t("charts.copyPicture"), onClick: () => void copy() },
    ...(onExport
      ? [{ key: "export", icon: <Download size={15} />, label: t("charts.export"), onClick: onExport }]
      : []),
    { key: "explain", icon: <Info size={15} />, label: t("charts.explain"), onClick: () => setExplained(true) },
  ];

  return (
    <section className="chart-card" data-testid={`chart-${chart.id}`} aria-label={chart.title}>
      <header className="chart-head">
        <div className="chart-words">
          <h2>{chart.title}</h2>
          {chart.subtitle && <p className="quiet">{chart.subtitle}</p>}
        </div>
        <Popover
          open={explained}
          onOpenChange={(open) => !open && setExplained(false)}
          trigger="click"
          placement="bottomRight"
          title={t("charts.explain")}
          content={<div className="chart-explanation">{explanation}</div>}
        >
          <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
            <Button
              type="text"
              size="small"
              icon={<Ellipsis size={16} />}
              aria-label={t("charts.menu", { title: chart.title })}
              data-testid={`chart-menu-${chart.id}`}
            />
          </Dropdown>
        </Popover>
      </header>
      {isGrid(chart) && !asTable && !isEmpty(chart) && <HeatKey chart={chart} look={look} />}
      <div ref={body} className="chart-body" style={{ minHeight: minHeight(chart) }}>
        {isEmpty(chart) ? (
          <p className="chart-empty quiet">{t("charts.empty")}</p>
        ) : asTable ? (
          <ChartTable chart={chart} onOpen={onOpen} />
        ) : (
          <EChart
            option={option}
            label={t("charts.picture", { title: chart.title })}
            {...(onOpen && {
              onPick: (index: number) => {
                const { category, series } = cellAt(chart, index);
                if (category) onOpen(category.key, series?.key);
              },
            })}
          />
        )}
      </div>
      {chart.note && <p className="chart-note quiet">{chart.note}</p>}
    </section>
  );
}
