/** Colours of charts, from the theme's one file. */
import { chartColours, heatSteps, palettes } from "../theme";
import type { Mode } from "../theme";

export interface Palette {
  /** Series and slices, in order. */
  series: readonly string[];
  /** Only for the slice that holds the rest. */
  other: string;
  /** Goal lines and marks, dashed. */
  goal: string;
  /** Words. */
  text: string;
  /** Quieter words: axes, units. */
  muted: string;
  /** Axis and grid lines. */
  line: string;
  /** What the chart stands on; gaps between slices. */
  surface: string;
  /** Places without data: unknown, not zero. */
  unknown: string;
  /** Steps upwards, downwards, and the totals between. */
  up: string;
  down: string;
  total: string;
  /** Cells of a heat map, from the least to the greatest value, and the figures on them. */
  heat: readonly { fill: string; ink: string }[];
  tooltip: { background: string; border: string; text: string };
}

export function chartPalette(mode: Mode): Palette {
  const theme = palettes[mode];
  return {
    ...chartColours[mode],
    goal: theme.goalLine,
    text: theme.text,
    muted: theme.textSecondary,
    line: theme.hairline,
    surface: theme.surface,
    unknown: theme.hover,
    up: theme.up,
    down: theme.down,
    total: theme.goalLine,
    heat: heatSteps[mode],
    tooltip: { background: theme.raised, border: theme.border, text: theme.text },
  };
}

/** The colour of the nth series or slice; after the last it starts again. */
export function seriesColour(palette: Palette, index: number): string {
  return palette.series[index % palette.series.length] ?? palette.other;
}
