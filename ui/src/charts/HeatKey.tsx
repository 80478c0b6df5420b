/** What the colours of a heat map go from and to. */
import type { Chart } from "../backend/generated";
import { heatRange, type Look } from "./options";

export function HeatKey({ chart, look }: { chart: Chart; look: Look }) {
  const [low, high] = heatRange(chart).map((raw) => look.compact(raw, chart.unit));
  return (
    <div className="heat-key quiet figure" data-testid={`heat-key-${chart.id}`}>
      <span>{low}</span>
      <svg width={look.palette.heat.length * 14} height={10} aria-hidden="true">
        {look.palette.heat.map(({ fill }, step) => (
          <rect key={fill} x={step * 14} width={13} height={10} fill={fill} />
        ))}
      </svg>
      <span>{high}</span>
    </div>
  );
}
