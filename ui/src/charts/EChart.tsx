/** One drawn chart: an SVG that follows its box, its option and its language. */
import { useEffect, useRef, useState } from "react";

import { FONT_FAMILY } from "../theme";
import { init } from "./echarts";
import type { ChartOption, EChartsType } from "./echarts";
import "./charts.css";

interface Props {
  /** What is drawn, of a width in pixels. */
  option: ChartOption | ((width: number) => ChartOption);
  /** What a screen reader says instead of the picture. */
  label: string;
  /** A mark was clicked; which category, by position. */
  onPick?: (index: number) => void;
}

const WIDTH_STEP_PX = 40;

export function EChart({ option, label, onPick }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const [width, setWidth] = useState(0);
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  });

  // The chart lives as long as its box. It waits for the font: measured with another one, labels get cut.
  useEffect(() => {
    const box = host.current;
    if (!box) return;
    let drawn: EChartsType | null = null;
    let gone = false;
    const observer = new ResizeObserver(() => {
      if (gone || box.clientWidth === 0) return;
      // A drag of the window's edge draws anew every forty pixels only.
      setWidth(box.clientWidth - (box.clientWidth % WIDTH_STEP_PX));
      if (drawn) drawn.resize();
      else {
        drawn = init(box, null, { renderer: "svg" });
        drawn.on("click", (event) => pick.current?.(event.dataIndex));
        setChart(drawn);
      }
    });
    void fontReady().then(() => {
      if (!gone) observer.observe(box);
    });
    return () => {
      gone = true;
      observer.disconnect();
      drawn?.dispose();
      setChart(null);
    };
  }, []);

  useEffect(() => {
    if (!chart || chart.isDisposed()) return;
    chart.setOption(typeof option === "function" ? option(width) : option, { notMerge: true });
  }, [chart, option, width]);

  return <div ref={host} role="img" aria-label={label} className="echart" />;
}

let font: Promise<unknown> | undefined;

/** Resolves when the first face of the font list is there, or cannot be had: then the next one draws. */
function fontReady(): Promise<unknown> {
  font ??= document.fonts
    ? document.fonts.load(`12px ${FONT_FAMILY}`, "业绩").catch(() => undefined)
    : Promise.resolve();
  return font;
}
