/** Data. */
import type { Words } from "..";
import type zh from "../zh-CN/data";

export default {
  title: "Data",
} satisfies Words<typeof zh>;
