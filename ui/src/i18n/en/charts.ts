/** Charts. */
import type { Words } from "..";
import type zh from "../zh-CN/charts";

export default {
  title: "Charts",
} satisfies Words<typeof zh>;
