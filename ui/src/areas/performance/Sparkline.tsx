/** The last parts of a figure as a small line. Unknown parts break it; it never falls to zero for them. */
import { place } from "../../charts/options/look";

const WIDTH = 76;
const HEIGHT = 26;
const PAD = 2;

export function Sparkline({ values }: { values: readonly (string | null)[] }) {
  const path = sparkPath(values);
  if (!path) return null;
  return (
    <svg className="sparkline" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      <path d={path.line} />
      <circle cx={path.end[0]} cy={path.end[1]} r={2.25} />
    </svg>
  );
}

/** The line and its last known point; null where fewer than two values are known. */
export function sparkPath(values: readonly (string | null)[]): { line: string; end: [number, number] } | null {
  const known = values.flatMap((value) => (value === null ? [] : [place(value)]));
  if (known.length < 2) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const step = (WIDTH - 2 * PAD) / Math.max(1, values.length - 1);
  let line = "";
  let end: [number, number] = [0, 0];
  let pen = false;
  values.forEach((value, index) => {
    if (value === null) {
      pen = false;
      return;
    }
    // A flat line runs through the middle.
    const share = high === low ? 0.5 : (place(value) - low) / (high - low);
    end = [round(PAD + index * step), round(HEIGHT - PAD - share * (HEIGHT - 2 * PAD))];
    line += `${pen ? "L" : "M"}${end[0]} ${end[1]}`;
    pen = true;
  });
  return { line, end };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
