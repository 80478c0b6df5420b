/** Charts. */
import type { Words } from "..";
import type zh from "../zh-CN/charts";

export default {
  unknown: "no data",
  noteJoin: "; ",
  unknownNote: "Grey parts have no data: unknown, not zero",
  goal: "Goal",
  total: "Total",
  step: "{share} of previous",
  axisFrom: "Axis from {start}: the bars of totals are cut",
  place: "Item",
  asTable: "Show as table",
  asChart: "Show as chart",
  copyPicture: "Copy picture",
  export: "Export…",
  explain: "Explain",
  menu: "Actions for “{title}”",
  picture: "{title} (chart). The actions menu shows it as a table.",
  empty: "No data in this range",
  copied: "Picture copied",
  copyFailed: "Nothing was copied: the system did not allow the clipboard. The export works instead.",
} satisfies Words<typeof zh>;
