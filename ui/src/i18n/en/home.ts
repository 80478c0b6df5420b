/** Home. */
import type { Words } from "..";
import type zh from "../zh-CN/home";

export default {
  title: "Home",
} satisfies Words<typeof zh>;
