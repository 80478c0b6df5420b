/** Bonus. */
import type { Words } from "..";
import type zh from "../zh-CN/bonus";

export default {
  title: "Bonus",
} satisfies Words<typeof zh>;
