/** Goals. */
import type { Words } from "..";
import type zh from "../zh-CN/goals";

export default {
  title: "Goals",
} satisfies Words<typeof zh>;
