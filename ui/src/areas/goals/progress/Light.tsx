/** A traffic light: a shape and a word; the colour only repeats them. */
import { CircleCheck, OctagonX, TriangleAlert } from "lucide-react";

import type { GoalLight } from "../../../backend/generated";
import { useWord } from "../../../i18n";
import { useTerm } from "../../../i18n/say";

const SHAPES = { green: CircleCheck, amber: TriangleAlert, red: OctagonX } as const;

/** `group` names the words: of a pace, or of an answer. */
export function Light({ light, group }: { light: GoalLight; group: "pace" | "smart" }) {
  const word = useWord();
  const term = useTerm();
  const Shape = SHAPES[light];
  return (
    <span className={`goal-light goal-light-${light}`} title={term("goal_light", light)} data-testid={`light-${light}`}>
      <Shape size={15} aria-hidden />
      {group === "pace" ? word("goalProgress.paceLight", light) : word("goalProgress.smartLight", light)}
    </span>
  );
}
