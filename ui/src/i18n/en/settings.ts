/** Settings. */
import type { Words } from "..";
import type zh from "../zh-CN/settings";

export default {
  title: "Settings",
} satisfies Words<typeof zh>;
