/** A payout curve, drawn; its bends also as words for those who do not see it. */
import { useMemo } from "react";

import { EChart } from "./EChart";
import { curveOption, xWords, type Curve, type CurveWords } from "./options/curve";
import { useLook } from "./useLook";

interface Props {
  /** The same object for the same curve: it is drawn anew for another. */
  curve: Curve;
  words: CurveWords;
  label: string;
}

/** Enough to say a curve in words. */
const MAX_BENDS = 12;

export function CurveChart({ curve, words, label }: Props) {
  const look = useLook(false);
  const option = useMemo(() => curveOption(curve, look, words), [curve, look, words]);
  const money = { kind: "money", currency: curve.currency } as const;
  const spoken = bends(curve).map((point) => `${xWords(point, curve, look)} → ${look.full(point.payout, money)}`);
  return <EChart option={option} label={`${label}: ${spoken.join(", ")}`} />;
}

/** What is rounded to the cent may lie this far beside a straight line. */
const ROUNDED = 0.02;

/** The first and last point, and those that are not on the straight line between their neighbours. */
function bends({ points }: Curve) {
  const isBend = (at: number) => {
    const [before, here, after] = [points[at - 1], points[at], points[at + 1]].map((point) => point && { x: Number(point.x), y: Number(point.payout) });
    if (!before || !here || !after || before.x === here.x || here.x === after.x) return true;
    const straight = before.y + ((after.y - before.y) * (here.x - before.x)) / (after.x - before.x);
    return Math.abs(here.y - straight) > ROUNDED;
  };
  return points.filter((_, at) => isBend(at)).slice(0, MAX_BENDS);
}
