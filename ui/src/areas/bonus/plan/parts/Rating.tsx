/** What the measure or its attainment pays: tiers in order, what lies below them, and a baseline where one is used. */
import { Button } from "antd";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";

import { currencySymbol } from "../../../../components/format";
import { BASELINES, byOf, BYS, EDGES, measuresMoney } from "../document";
import type { Baseline, Component, Rate } from "../document";
import { nextTier, withAt, withBaselineKind, withBy, withoutAt } from "../edit";
import { Choice, Labelled, TextField } from "../inputs";
import { KpiChoice } from "../KpiChoice";
import { PayFields } from "../PayFields";
import { ofTier } from "../places";
import { useShared } from "../shared";
import { whyNotBy } from "../together";
import { Part, type PartProps } from "./Part";
import { TierRow } from "./TierRow";

export function Rating({ component, path, problems, onChange }: PartProps) {
  const { t } = useTranslation();
  const { rate } = component;
  const at = `${path}.rate`;
  const change = (part: Partial<Rate>) => onChange({ ...component, rate: { ...rate, ...part } });
  return (
    <Part name="rate" title={t("bonus.plan.rate.title")} problems={problems}>
      <div className="plan-fields">
        <Choice path={`${at}.by`} label={t("bonus.plan.rate.by")} value={byOf(component)} options={BYS} word={(one) => t(`bonus.plan.rate.bys.${one}`)} why={(one) => whyNotBy(component, one)} onChange={(by) => onChange({ ...component, rate: withBy(rate, by) })} testId="plan-by" />
        <Choice path={`${at}.edge`} label={t("bonus.plan.edge")} value={rate.edge ?? "lower"} options={EDGES} word={(one) => t(`bonus.plan.edges.${one}`)} onChange={(edge) => change({ edge })} testId="plan-edge" />
      </div>
      <Tiers component={component} path={at} problems={problems} onChange={(tiers) => change({ tiers })} />
      <div className="plan-fields">
        <Labelled path={`${at}.below_first_tier.kind`} label={t("bonus.plan.rate.below")}>
          <PayFields path={`${at}.below_first_tier`} of={t("bonus.plan.rate.below")} pay={rate.below_first_tier ?? { kind: "nothing" }} component={component} applies={null} onChange={(below_first_tier) => change({ below_first_tier })} />
        </Labelled>
        <BaselineFields component={component} path={`${at}.baseline`} onChange={(baseline) => change({ baseline })} />
      </div>
    </Part>
  );
}

interface TiersProps extends Omit<PartProps, "onChange"> {
  onChange: (tiers: Rate["tiers"]) => void;
}

function Tiers({ component, path, problems, onChange }: TiersProps) {
  const { t } = useTranslation();
  const { tiers } = component.rate;
  const { currency } = useShared();
  const attained = byOf(component) === "attainment";
  const symbol = measuresMoney(component) ? currencySymbol(currency).trim() : "";
  return (
    <>
      <table className="tiers" aria-label={t("bonus.plan.tiers")} data-testid="plan-tiers">
        <thead>
          <tr>
            <th scope="col">{t("bonus.plan.tier")}</th>
            <th scope="col">{attained ? t("bonus.plan.from") : `${t("bonus.plan.fromAmount")} ${symbol}`}</th>
            <th scope="col">{t("bonus.plan.to")}</th>
            <th scope="col">{t("bonus.plan.appliesTo")}</th>
            <th scope="col">{t("bonus.plan.pays")}</th>
            <th scope="col"><span className="sr-only">{t("bonus.plan.remove")}</span></th>
          </tr>
        </thead>
        <tbody>
          {tiers.map((tier, at) => (
            <TierRow
              // A tier has no identity besides its place.
              // oxlint-disable-next-line react/no-array-index-key
              key={at}
              tier={tier}
              index={at}
              path={`${path}.tiers.${at}`}
              component={component}
              problems={ofTier(problems, at)}
              onChange={(next) => onChange(withAt(tiers, at, next))}
              onRemove={() => onChange(withoutAt(tiers, at))}
            />
          ))}
        </tbody>
      </table>
      <div className="plan-row">
        <Button type="dashed" size="small" icon={<Plus size={14} />} onClick={() => onChange(nextTier(component.rate))} data-testid="plan-add-tier">
          {t("bonus.plan.add")}
        </Button>
      </div>
    </>
  );
}

/** Only where a tier goes over a baseline, or one is left from before. */
function BaselineFields({ component, path, onChange }: { component: Component; path: string; onChange: (baseline: Baseline | undefined) => void }) {
  const { t } = useTranslation();
  const { baseline, tiers } = component.rate;
  if (!baseline && !tiers.some((tier) => tier.applies_to === "over_baseline")) return null;
  const label = t("bonus.plan.rate.baseline");
  return (
    <Labelled path={`${path}.kind`} label={label} help={t("bonus.plan.rate.baselineHelp")}>
      <span className="plan-pay">
        <Choice bare path={`${path}.kind`} label={label} value={baseline?.kind ?? "none"} options={["none", ...BASELINES]} word={(one) => t(`bonus.plan.rate.baselines.${one}`)} onChange={(kind) => onChange(kind === "none" ? undefined : withBaselineKind(kind))} testId="plan-baseline" />
        {baseline && (
          <span className="plan-pay-number">
            {baseline.kind === "kpi" ? (
              <KpiChoice bare path={path} label={label} value={baseline.kpi} onChange={(kpi) => onChange({ ...baseline, kpi })} />
            ) : baseline.kind === "amount" ? (
              <TextField bare path={path} label={label} kind="amount" value={baseline.amount} onChange={(amount) => onChange({ ...baseline, amount })} />
            ) : (
              <TextField bare path={path} label={label} kind="percent" value={baseline.percent} onChange={(percent) => onChange({ ...baseline, percent })} />
            )}
          </span>
        )}
      </span>
    </Labelled>
  );
}
