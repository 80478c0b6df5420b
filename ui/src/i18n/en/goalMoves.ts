/** What a split moves. */
import type { Words } from "..";
import type zh from "../zh-CN/goalMoves";

export default {
  title: "Before and after",
  level: "Which level",
  levels: {
    all: "All",
    department: "Departments",
    team: "Teams",
    person: "People",
  },
  most: "Moves most",
  unit: "Unit or person",
  where: "Where",
  before: "Before",
  after: "After",
  beforeOf: "Before {symbol}",
  afterOf: "After {symbol}",
  difference: "Difference {symbol}",
  lastYear: "Actual {year} {symbol}",
  growth: "Growth",
} satisfies Words<typeof zh>;
