/** The payout curve of the open component, drawn while it is edited, with what is to be seen on it. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ComponentCurve, PlanProblem } from "../../../backend/generated";
import { CurveChart } from "../../../charts/CurveChart";
import type { Curve, CurveMark } from "../../../charts/options/curve";
import { formatMoney, parseExact, parseTyped, roundExact } from "../../../components/format";
import { Section } from "../../../components/Page";
import { useLanguage } from "../../../i18n";
import { both } from "../../../i18n/both";
import { asPercent, measuresMoney } from "./document";
import type { Component, Limit } from "./document";
import { paysOnTarget } from "./together";

interface Props {
  component: Component | undefined;
  curve: ComponentCurve | null;
  /** Of this component. */
  problems: readonly PlanProblem[];
}

export function PayoutCurve({ component, curve, problems }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const drawn = useMemo(() => (component && curve ? drawnCurve(component, curve, problems) : null), [component, curve, problems]);
  const by = drawn?.by;
  const words = useMemo(
    () => ({
      x: t(by === undefined || by === "attainment" ? "bonus.plan.axisAttainment" : by.kind === "money" ? "bonus.plan.axisAmount" : "bonus.plan.axisNumber"),
      payout: t("bonus.plan.axisPayout"),
      share: t("bonus.plan.axisShare"),
      cap: t("bonus.plan.limit.cap"),
      floor: t("bonus.plan.limit.floor"),
      cliff: t("bonus.plan.mark.cliff"),
      fall: t("bonus.plan.mark.fall"),
    }),
    [t, by],
  );
  const title = component ? t("bonus.plan.curveOf", { name: both(component.name, language) || component.code }) : t("bonus.plan.curve");
  const context = curve && t("bonus.plan.curveText", { goal: formatMoney(curve.goal), bonus: formatMoney(curve.target_bonus) });
  return (
    <Section title={title} context={context}>
      <div className="plan-curve" data-testid="plan-curve">
        {drawn ? <CurveChart curve={drawn} words={words} label={title} /> : <p className="chart-empty quiet">{t("bonus.plan.noCurve")}</p>}
      </div>
    </Section>
  );
}

function drawnCurve(component: Component, curve: ComponentCurve, problems: readonly PlanProblem[]): Curve {
  const currency = curve.target_bonus.currency;
  return {
    points: curve.points,
    by: curve.by === "attainment" ? "attainment" : measuresMoney(component) ? { kind: "money", currency } : { kind: "count" },
    currency,
    marks: problems.flatMap(markOf),
    cap: levelOf(component.cap?.per_period, curve),
    floor: levelOf(component.floor?.per_period, curve),
    onTarget: paysOnTarget(component),
  };
}

/** Jumps and falls name their place as the tiers have it. */
function markOf({ message }: PlanProblem): CurveMark[] {
  const at = message.params["at"];
  const kind = message.code === "cliff" ? "cliff" : message.code === "falling_payout" ? "fall" : null;
  if (at === undefined || kind === null) return [];
  const plain = at.endsWith("%") ? at.slice(0, -1) : at;
  const x = parseExact(plain) ? roundExact(plain, at.endsWith("%") ? 4 : 2) : null;
  return x === null ? [] : [{ x, kind }];
}

/** A cap or floor of the component in major units, for the target bonus that the curve is drawn for. */
function levelOf(limit: Limit | undefined, { target_bonus }: ComponentCurve): string | null {
  if (!limit) return null;
  if (limit.kind === "amount") return parseTyped(limit.amount.amount);
  const [percent, target] = [parseExact(asPercent(limit.percent).replace("%", "")), parseExact(target_bonus.amount)];
  return percent && target ? roundExact(`${percent.n * target.n}/${percent.d * target.d * 100n}`, 2) : null;
}
