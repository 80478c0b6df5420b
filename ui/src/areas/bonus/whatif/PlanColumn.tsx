/** A plan's components: the curve with the people on it, and how many fall into each tier. */
import { Select } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { WhatIfComponent, WhatIfPlan, WhatIfTier } from "../../../backend/generated";
import { ChartCard } from "../../../charts/ChartCard";
import { CurveChart } from "../../../charts/CurveChart";
import type { Curve, CurvePerson } from "../../../charts/options/curve";
import { DataTable, type Column } from "../../../components/DataTable";
import { compareExact, currencySymbol, formatCount, formatDecimal, MISSING } from "../../../components/format";
import { periodLabel } from "../../../components/period";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { both } from "../../../i18n/both";
import { tiersChart } from "./charts";
import { CopyTable } from "./CopyTable";
import type { Range } from "./Result";

interface Props {
  plan: WhatIfPlan;
  currency: string;
  range: Range;
}

export function PlanColumn({ plan, currency, range }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [wanted, setWanted] = useState(0);
  const component = plan.components[wanted] ?? plan.components[0];
  const nameOf = (one: WhatIfComponent) => both({ zh: one.name_zh, en: one.name_en }, language) || one.code;
  if (!component) return null;
  return (
    <div className="what-if-component">
      {plan.components.length > 1 && (
        <Select
          aria-label={t("bonusIf.whatIf.component")}
          value={wanted}
          onChange={setWanted}
          options={plan.components.map((one, at) => ({ value: at, label: nameOf(one) }))}
        />
      )}
      <PeopleOnCurve component={component} name={nameOf(component)} currency={currency} />
      <Tiers component={component} name={nameOf(component)} currency={currency} range={range} />
    </div>
  );
}

const SCALES = { target: "bonusIf.whatIf.curveTarget", goal: "bonusIf.whatIf.curveGoal", none: "bonusIf.whatIf.curveNone" } as const;

function PeopleOnCurve({ component, name, currency }: { component: WhatIfComponent; name: string; currency: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const title = t("bonusIf.whatIf.curve", { name });
  const curve = useMemo<Curve>(
    () => ({
      points: component.curve,
      by: component.by === "attainment" ? "attainment" : component.money ? { kind: "money", currency } : { kind: "count" },
      currency,
      marks: [],
      cap: null,
      floor: null,
      onTarget: component.scaled_by === "target",
      people: component.points.map(
        (one): CurvePerson => ({ x: one.x, payout: one.drawn, name: `${one.name} · ${periodLabel(one.period, t, language)}`, paid: one.payout }),
      ),
    }),
    [component, currency, t, language],
  );
  const words = useMemo(
    () => ({
      x: t(curve.by === "attainment" ? "bonus.plan.axisAttainment" : component.money ? "bonus.plan.axisAmount" : "bonus.plan.axisNumber"),
      payout: t("bonus.plan.axisPayout"),
      share: t("bonus.plan.axisShare"),
      cap: t("bonus.plan.limit.cap"),
      floor: t("bonus.plan.limit.floor"),
      cliff: t("bonus.plan.mark.cliff"),
      fall: t("bonus.plan.mark.fall"),
    }),
    [t, curve, component.money],
  );
  const scale = component.scaled_by === "target" || component.scaled_by === "goal" ? component.scaled_by : "none";
  const dots = t("bonusIf.whatIf.dots", { shown: formatCount(component.points.length), count: formatCount(component.point_count) });
  return (
    <figure className="what-if-curve">
      <figcaption>
        <strong>{title}</strong>
        <span className="quiet">{`${dots} · ${t(SCALES[scale])}`}</span>
      </figcaption>
      <div className="plan-curve">
        {component.curve.length > 0 ? <CurveChart curve={curve} words={words} label={`${title}, ${dots}`} /> : <p className="chart-empty quiet">{t("bonus.plan.noCurve")}</p>}
      </div>
    </figure>
  );
}

const PLACES = ["tier", "below", "above", "none", "blocked"] as const;

function Tiers({ component, name, currency, range }: { component: WhatIfComponent; name: string; currency: string; range: Range }) {
  const { t } = useTranslation();
  const toast = useToast();
  const symbol = currencySymbol(currency).trim();
  const title = t("bonusIf.whatIf.tiers", { name });
  const label = (tier: WhatIfTier) => {
    const place = PLACES.find((one) => one === tier.place) ?? "none";
    const bound = (text: string | null) => text && (text.endsWith("%") ? text : formatDecimal(text));
    const bounds = [tier.from, tier.to].map(bound).filter(Boolean).join(" – ");
    return [t(`bonusIf.whatIf.place.${place}`, { number: tier.number ?? 0 }), bounds].filter(Boolean).join(" · ");
  };
  const chart = tiersChart(component, title, (at) => label(component.tiers[at] as WhatIfTier), t("bonusIf.whatIf.peopleInTier"));
  const columns: Column<WhatIfTier>[] = [
    { key: "place", title: t("bonusIf.whatIf.columns.place"), text: label },
    { key: "people", title: t("bonusIf.whatIf.columns.people"), width: 72, numeric: true, compare: (a, b) => a.people - b.people, text: (row) => formatCount(row.people) },
    {
      key: "statements",
      title: t("bonusIf.whatIf.columns.statements"),
      width: 84,
      numeric: true,
      compare: (a, b) => a.statements - b.statements,
      text: (row) => formatCount(row.statements),
      total: formatCount(component.tiers.reduce((sum, tier) => sum + tier.statements, 0)),
    },
    {
      key: "amount",
      title: t("bonusIf.whatIf.columns.amount", { symbol }),
      width: 116,
      numeric: true,
      compare: (a, b) => compareExact(a.amount, b.amount),
      text: (row) => (row.place === "blocked" ? MISSING : formatDecimal(row.amount)),
    },
  ];
  const table = [columns.map((column) => column.title), ...component.tiers.map((tier) => [label(tier), String(tier.people), String(tier.statements), tier.amount])];
  return (
    <>
      <ChartCard
        chart={chart}
        explanation={t("bonusIf.whatIf.tiersExplain")}
        onCopied={(result) => (result === "copied" ? toast.done(t("common.copied")) : toast.failed(t("common.copyFailed")))}
      />
      <DataTable
        label={title}
        columns={columns}
        rows={component.tiers}
        rowKey={(row) => `${row.place}-${row.number ?? 0}`}
        footer={<CopyTable range={range} rows={table} testId={`what-if-copy-${component.code}`} />}
      />
    </>
  );
}
