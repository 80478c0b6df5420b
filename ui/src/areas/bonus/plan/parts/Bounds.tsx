/** The most and the least that a component pays, days, and a team that shares. */
import { useTranslation } from "react-i18next";

import { useSay, useTerm } from "../../../../i18n/say";
import { POOLS, PRORATIONS } from "../document";
import type { Limits } from "../document";
import { Choice } from "../inputs";
import { LimitFields } from "../LimitFields";
import { hasDeals, whyNotPool, whyNotProration } from "../together";
import { Part, type PartProps } from "./Part";

export function Bounds({ component, path, problems, onChange }: PartProps) {
  const { t } = useTranslation();
  const { cap = {}, floor = {} } = component;
  // Without deals to hold they are hidden, unless one is left from before.
  const deals = hasDeals(component) || cap.per_deal !== undefined || floor.per_deal !== undefined;
  const one = (which: "cap" | "floor", limits: Limits, of: "per_period" | "per_deal") => (
    <LimitFields path={`${path}.${which}.${of}`} label={t(`bonus.plan.limit.${which}_${of}`)} limit={limits[of]} onChange={(limit) => onChange({ ...component, [which]: { ...limits, [of]: limit } })} />
  );
  return (
    <Part name="limits" title={t("bonus.plan.limit.title")} problems={problems}>
      <div className="plan-fields">
        {one("cap", cap, "per_period")}
        {one("floor", floor, "per_period")}
        {deals && one("cap", cap, "per_deal")}
        {deals && one("floor", floor, "per_deal")}
      </div>
      {!deals && <p className="quiet plan-help">{t("bonus.plan.limit.noDeals")}</p>}
    </Part>
  );
}

export function Days({ component, path, problems, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <Part name="proration" title={t("bonus.plan.proration.title")} problems={problems}>
      <div className="plan-fields">
        <Choice path={`${path}.proration`} label={t("bonus.plan.proration.by")} value={component.proration ?? "none"} options={PRORATIONS} word={(one) => t(`bonus.plan.proration.${one}`)} why={(one) => (one === "calendar_days" ? whyNotProration(component) : null)} onChange={(proration) => onChange({ ...component, proration })} testId="plan-proration" />
      </div>
    </Part>
  );
}

export function Pool({ component, path, problems, onChange }: PartProps) {
  const { t } = useTranslation();
  const term = useTerm();
  const say = useSay();
  const against = whyNotPool(component);
  return (
    <Part name="pool" title={t("bonus.plan.pool.title")} context={t("bonus.plan.pool.context")} problems={problems}>
      <div className="plan-fields">
        <Choice
          path={`${path}.pool`}
          label={t("bonus.plan.pool.by")}
          value={component.pool?.by ?? "none"}
          options={["none", ...POOLS]}
          word={(one) => (one === "none" ? t("bonus.plan.pool.none") : term("pool_by", one))}
          why={(one) => (one === "none" ? null : (against[0] ?? null))}
          help={against.map(say).join(" ") || undefined}
          onChange={(by) => onChange({ ...component, pool: by === "none" ? undefined : { by } })}
          testId="plan-pool"
        />
      </div>
    </Part>
  );
}
