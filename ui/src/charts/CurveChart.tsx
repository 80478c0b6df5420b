/** A payout curve, drawn; its points also as words for those who do not see it. */
import { useMemo } from "react";

import type { CurvePoint } from "../backend/generated";
import { EChart } from "./EChart";
import { curveOption, short, type CurveWords } from "./options/curve";
import { useLook } from "./useLook";

interface Props {
  points: readonly CurvePoint[];
  words: CurveWords;
  label: string;
}

export function CurveChart({ points, words, label }: Props) {
  const look = useLook(false);
  const { attainment, payout } = words;
  const option = useMemo(() => curveOption(points, look, { attainment, payout }), [points, look, attainment, payout]);
  const spoken = bends(points).map((point) => `${short(point.attainment_percent)} → ${short(point.payout_percent)}`).join(", ");
  return <EChart option={option} label={`${label}: ${spoken}`} />;
}

/** The points where the payout changes: enough to say the curve in words. */
function bends(points: readonly CurvePoint[]): CurvePoint[] {
  return points.filter((point, index) => point.payout_percent !== points[index - 1]?.payout_percent).slice(0, 12);
}
