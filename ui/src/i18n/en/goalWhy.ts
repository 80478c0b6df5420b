/** Why a goal is what it is. */
import type { Words } from "..";
import type zh from "../zh-CN/goalWhy";

export default {
  open: "Why this number",
  title: "Why the goal of {year} is this number",
  of: "{name} ({parent})",
  how: "Split: {how} · version {version}",
  none: "No parts to list ({how})",
  noneText: "Goals of a file, copies of another year and splits of earlier versions of the program kept no parts. Splitting anew keeps them.",
  caption: "The parts that the goal of {name} is the sum of",
  source: "Source",
  place: "Place in the sum",
  amount: "Amount {symbol}",
  weighs: "How it comes about",
  sum: "Sum = goal",
  closes: "The parts sum to the goal",
  goalIs: "The goal is {goal}",
  weight: "Weighs {weight} of {all} ({share})",
  weightOfPot: "Weighs {weight} of {all} ({share}), of {pot}",
  goal: "Goal",
  history: "History (as a whole year)",
  basis: "History for as many days at work",
  growth: "Growth over it",
  over: "Assigned above the goal",
} satisfies Words<typeof zh>;
