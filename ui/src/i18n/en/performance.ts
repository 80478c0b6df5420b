/** Performance. */
import type { Words } from "..";
import type zh from "../zh-CN/performance";

export default {
  title: "Performance",
} satisfies Words<typeof zh>;
