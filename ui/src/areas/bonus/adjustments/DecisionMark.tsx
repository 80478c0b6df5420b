/** What became of an adjustment: a shape and the word. */
import { BadgeCheck, Ban, Hourglass, Undo2 } from "lucide-react";

import { useTerm } from "../../../i18n/say";

const SHAPES: Record<string, typeof Ban> = { waiting: Hourglass, approved: BadgeCheck, refused: Ban, withdrawn: Undo2 };

export function DecisionMark({ state }: { state: string }) {
  const term = useTerm();
  const Shape = SHAPES[state] ?? Hourglass;
  return (
    <span className={`decision decision-${state}`}>
      <Shape size={13} aria-hidden /> {term("adjustment_state", state)}
    </span>
  );
}
