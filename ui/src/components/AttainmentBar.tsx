/** Attainment as a bar that may pass 100 %: the mark is the goal, what lies beyond it is shown beyond it. */
import { useTranslation } from "react-i18next";

import { formatPercent, percentForDrawing } from "./format";

/** The bar's right end in percent of the goal; attainment beyond is cut in the drawing, never in the figure. */
const SCALE = 150;
const GOAL = (100 / SCALE) * 100;

export function AttainmentBar({ value, label }: { value: string | null | undefined; label?: string }) {
  const { t } = useTranslation();
  if (!value) return null;
  const width = (percentForDrawing(value, SCALE) / SCALE) * 100;
  const cut = percentForDrawing(value, SCALE + 1) > SCALE;
  const name = `${label ?? ""} ${formatPercent(value)}`.trim();
  return (
    <svg className="attainment-bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={name}>
      {cut && <title>{t("common.barCut", { value: formatPercent(value), end: `${SCALE}%` })}</title>}
      <rect className="attainment-track" width="100" height="6" rx="1" />
      <rect className="attainment-value" width={width} height="6" rx="1" />
      {/* Lines keep their width however the bar is stretched; the mark has an edge that parts it from the bar. */}
      <line className="attainment-goal-edge" x1={GOAL} x2={GOAL} y1="0" y2="6" vectorEffect="non-scaling-stroke" />
      <line className="attainment-goal" x1={GOAL} x2={GOAL} y1="0" y2="6" vectorEffect="non-scaling-stroke" />
      {/* Two slanted gaps, as a broken axis has: the bar goes on. */}
      {cut && <path className="attainment-cut" data-testid="bar-cut" d="M87 7 L90 -1 M93 7 L96 -1" vectorEffect="non-scaling-stroke" />}
    </svg>
  );
}
