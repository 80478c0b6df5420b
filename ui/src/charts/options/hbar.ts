/** A ranking. */
import type { Chart } from "../../backend/generated";
import type { ChartOption } from "../echarts";
import { seriesColour } from "../palette";
import type { Look } from "./look";
import { rowsOption } from "./rows";

export function hbarOption(chart: Chart, look: Look): ChartOption {
  return rowsOption(chart, look, seriesColour(look.palette, 0));
}
