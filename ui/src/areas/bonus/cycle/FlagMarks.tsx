/** The flags of one statement: a shape and the word of each. */
import { ArrowUpDown, CircleSlash, Equal, Minus, PauseCircle, RefreshCw, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useTerm } from "../../../i18n/say";
import type { Flags } from "./flags";

const SHAPES: Record<string, typeof Equal> = { blocked: CircleSlash, over_cap: TriangleAlert, negative: Minus, jump: ArrowUpDown, changed: RefreshCw, zero: Equal };

export function FlagMarks({ flags, person }: { flags: Flags; person: string }) {
  const { t } = useTranslation();
  const term = useTerm();
  return (
    <>
      {flags.isHeld(person) && (
        <span className="flag flag-held">
          <PauseCircle size={12} aria-hidden /> {t("bonus.cycle.anomalies.held")}
        </span>
      )}
      {flags.of(person).map(({ kind }) => {
        const Shape = SHAPES[kind] ?? TriangleAlert;
        return (
          <span key={kind} className={`flag flag-${kind}`}>
            <Shape size={12} aria-hidden /> {term("anomaly", kind)}
          </span>
        );
      })}
    </>
  );
}
