/** Objectives. */
import type { Words } from "..";
import type zh from "../zh-CN/bonusObjectives";

export default {
  tab: "Objectives",
  title: "Objectives",
  context: "What people are to reach besides numbers: names, weights and results, for each period",
  tableContext: "Open a row to edit, judge or copy",
  empty: "Nobody is under a plan that pays for objectives",
  emptyText: "Once such a plan holds, the people under it stand here.",
  objectives: "Objectives",
  stateTitle: "State",
  reached: "Reached",
  state: {
    none: "no objectives yet",
    approved: "bonuses approved",
    judged: "all judged",
    waiting: "to be judged: {waiting} of {all}",
  },
  name: "Name",
  weight: "Weight",
  result: "Result",
  by: "{author}, {at}",
  add: "Add an objective",
  remove: "Remove “{name}”",
  total: "Weights total",
  notWhole: "must be 100%",
  noShare: "A weight is no share",
  saved: "Saved the objectives of {name}",
  judged: "Judged “{name}”",
  copied: "Copied to {name}",
  approved: "The bonuses of this period are approved: objectives do not change any more.",
  unpaid: "No plan of theirs pays for objectives of such a period.",
  copy: "Copy",
  copyPerson: "Copy from",
  copyPeriod: "Period",
} satisfies Words<typeof zh>;
