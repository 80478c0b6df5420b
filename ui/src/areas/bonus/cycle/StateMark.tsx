/** How far a period is: a shape and the word. */
import { BadgeCheck, Banknote, Calculator, Hourglass, Lock } from "lucide-react";

import { useTranslation } from "react-i18next";

import type { CycleState } from "../../../backend/generated";
import "./cycle.css";

export const STATES: readonly CycleState[] = ["open", "in_review", "approved", "paid", "closed"];
export const SHAPES = { open: Calculator, in_review: Hourglass, approved: BadgeCheck, paid: Banknote, closed: Lock } as const;

export function StateMark({ state }: { state: CycleState }) {
  const { t } = useTranslation();
  const Shape = SHAPES[state];
  return (
    <span className={`state-mark state-${state}`} data-testid="cycle-state">
      <Shape size={13} aria-hidden /> {t(`bonus.cycle.states.${state}`)}
    </span>
  );
}
