/** Attainment as a bar that may pass 100 %: the mark is the goal, what lies beyond it is shown beyond it. */
import { formatPercent, percentForDrawing } from "./format";

/** The bar's right end in percent of the goal; attainment beyond is cut in the drawing, never in the figure. */
const SCALE = 150;

export function AttainmentBar({ value, label }: { value: string | null | undefined; label?: string }) {
  if (!value) return null;
  const width = (percentForDrawing(value, SCALE) / SCALE) * 100;
  return (
    <svg className="attainment-bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={`${label ?? ""} ${formatPercent(value)}`.trim()}>
      <rect className="attainment-track" width="100" height="6" rx="1" />
      <rect className="attainment-value" width={width} height="6" rx="1" />
      <rect className="attainment-goal" x={(100 / SCALE) * 100 - 0.4} width="0.8" height="6" />
    </svg>
  );
}
