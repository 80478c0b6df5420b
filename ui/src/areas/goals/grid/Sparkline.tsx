/** Results of the months of a year as a small line: as long as the year is over, so that months to come are no fall. */
import { parseExact } from "../../../components/format";

const [WIDTH, HEIGHT, EDGE] = [72, 20, 2];
const MONTHS = 12;

export function Sparkline({ values, label }: { values: readonly string[]; label: string }) {
  // Numbers for geometry only.
  const sizes = values.map((value) => {
    const exact = parseExact(value);
    return exact ? Number(exact.n) / Number(exact.d) : 0;
  });
  const [low, high] = [Math.min(0, ...sizes), Math.max(0, ...sizes)];
  const x = (place: number) => EDGE + (place * (WIDTH - 2 * EDGE)) / Math.max(1, MONTHS - 1, sizes.length - 1);
  const y = (size: number) => HEIGHT - EDGE - ((size - low) * (HEIGHT - 2 * EDGE)) / (high - low || 1);
  const last = sizes.at(-1);
  return (
    <svg className="grid-spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <title>{label}</title>
      <polyline points={sizes.map((size, place) => `${x(place).toFixed(1)},${y(size).toFixed(1)}`).join(" ")} />
      {last !== undefined && <circle cx={x(sizes.length - 1)} cy={y(last)} r="1.6" />}
    </svg>
  );
}
