/** How far a period is: a shape and the word. */
import { BadgeCheck, Banknote, Calculator, Hourglass, Lock } from "lucide-react";

import type { CycleState } from "../../../backend/generated";
import { useTerm } from "../../../i18n/say";
import "./cycle.css";

export const STATES: readonly CycleState[] = ["open", "in_review", "approved", "paid", "closed"];
export const SHAPES = { open: Calculator, in_review: Hourglass, approved: BadgeCheck, paid: Banknote, closed: Lock } as const;

export function StateMark({ state }: { state: CycleState }) {
  const term = useTerm();
  const Shape = SHAPES[state];
  return (
    <span className={`state-mark state-${state}`} data-testid="cycle-state">
      <Shape size={13} aria-hidden /> {term("cycle_state", state)}
    </span>
  );
}
