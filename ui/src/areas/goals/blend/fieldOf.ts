/** Beside which field a refusal of the split belongs; null: it is about the whole. */
import type { BackendError } from "../../../backend/backend";
import type { FieldName } from "./draft";

const BY_CODE: Readonly<Record<string, FieldName>> = {
  blend_total: "factors",
  factor_twice: "factors",
  history_all_zero: "factors",
  goal_caps_bind: "cap",
  goal_floors_bind: "floor",
  weight_for_nobody: "people",
  negative_weight: "people",
  presence: "people",
  unknown_tag: "markets",
  zero_time_weights: "time",
};

/** `setting_range` and `input` name what they are about. */
const BY_NAME: Readonly<Record<string, FieldName>> = {
  cap: "cap",
  floor: "floor",
  damping: "damping",
  over_assignment: "over",
  round: "round",
  history: "factors",
  equal: "factors",
  pipeline: "factors",
  market: "factors",
  segment: "factors",
  own: "factors",
  years: "years",
  part_time: "people",
  weights: "people",
  unit: "round",
  level: "round",
  time: "time",
};

export function fieldOf({ code, params }: Pick<BackendError, "code" | "params">): FieldName | null {
  if (code === "setting_range") return BY_NAME[params["what"] ?? ""] ?? null;
  if (code === "input") return BY_NAME[params["field"] ?? ""] ?? null;
  return BY_CODE[code] ?? null;
}
