/** What became of an adjustment: a shape and the word. */
import { BadgeCheck, Ban, Hourglass, Undo2 } from "lucide-react";

import { useWord } from "../../../i18n";

const SHAPES: Record<string, typeof Ban> = { waiting: Hourglass, approved: BadgeCheck, refused: Ban, withdrawn: Undo2 };

export function DecisionMark({ state }: { state: string }) {
  const word = useWord();
  const Shape = SHAPES[state] ?? Hourglass;
  return (
    <span className={`decision decision-${state}`}>
      <Shape size={13} aria-hidden /> {word("bonus.adjustments.states", state)}
    </span>
  );
}
