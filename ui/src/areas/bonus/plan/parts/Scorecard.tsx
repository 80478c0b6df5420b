/** KPIs with weights: one a row, and what the weights total. */
import { Button } from "antd";
import { CircleCheck, Plus, Trash2, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";

import { formatDecimal, sumDecimals } from "../../../../components/format";
import type { ScorecardItem } from "../document";
import { totalPercent, withAt, withoutAt } from "../edit";
import { TextField } from "../inputs";
import { KpiChoice } from "../KpiChoice";

interface Props {
  path: string;
  items: ScorecardItem[];
  onChange: (items: ScorecardItem[]) => void;
}

export function Scorecard({ path, items, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <table className="tiers" aria-label={t("bonus.plan.measure.items")} data-testid="plan-items">
        <thead>
          <tr>
            <th scope="col">{t("bonus.plan.measure.kpi")}</th>
            <th scope="col">{t("bonus.plan.measure.weight")}</th>
            <th scope="col">{t("bonus.plan.measure.cap")}</th>
            <th scope="col">{t("bonus.plan.measure.floor")}</th>
            <th scope="col"><span className="sr-only">{t("bonus.plan.remove")}</span></th>
          </tr>
        </thead>
        <tbody>
          {items.map((item, at) => (
            // An item has no identity besides its place.
            // oxlint-disable-next-line react/no-array-index-key
            <Row key={at} item={item} number={at + 1} path={`${path}.${at}`} onChange={(next) => onChange(withAt(items, at, next))} onRemove={() => onChange(withoutAt(items, at))} />
          ))}
        </tbody>
      </table>
      <div className="plan-row">
        <Button type="dashed" size="small" icon={<Plus size={14} />} onClick={() => onChange([...items, { kpi: "", weight: rest(items) }])}>
          {t("bonus.plan.measure.addItem")}
        </Button>
        <Total items={items} />
      </div>
    </>
  );
}

/** What the weights lack, for the next one. */
function rest(items: readonly ScorecardItem[]): string {
  const total = totalPercent(items.map(({ weight }) => weight));
  const left = total === null ? "0" : sumDecimals(["100", total.startsWith("-") ? total.slice(1) : `-${total}`]);
  return left.startsWith("-") ? "0%" : `${left}%`;
}

function Row({ item, number, path, onChange, onRemove }: { item: ScorecardItem; number: number; path: string; onChange: (item: ScorecardItem) => void; onRemove: () => void }) {
  const { t } = useTranslation();
  const of = t("bonus.plan.measure.itemOf", { number });
  const percent = (field: "weight" | "cap" | "floor", label: string) => (
    <td>
      <TextField
        bare
        path={`${path}.${field}`}
        label={t("bonus.plan.fieldOf", { field: label, of })}
        kind="percent"
        placeholder={field === "weight" ? undefined : t("bonus.plan.limit.none")}
        value={item[field] ?? ""}
        onChange={(text) => onChange({ ...item, [field]: text === "" && field !== "weight" ? undefined : text })}
        testId={`item-${number - 1}-${field}`}
      />
    </td>
  );
  return (
    <tr>
      <td>
        <KpiChoice bare path={`${path}.kpi`} label={t("bonus.plan.fieldOf", { field: t("bonus.plan.measure.kpi"), of })} value={item.kpi} onChange={(kpi) => onChange({ ...item, kpi })} />
      </td>
      {percent("weight", t("bonus.plan.measure.weight"))}
      {percent("cap", t("bonus.plan.measure.cap"))}
      {percent("floor", t("bonus.plan.measure.floor"))}
      <td>
        <Button type="text" size="small" icon={<Trash2 size={14} />} aria-label={t("bonus.plan.removeOf", { of })} onClick={onRemove} />
      </td>
    </tr>
  );
}

/** Shape and word whether the weights are a whole. */
function Total({ items }: { items: readonly ScorecardItem[] }) {
  const { t } = useTranslation();
  const total = totalPercent(items.map(({ weight }) => weight));
  const whole = total !== null && /^100(\.0+)?$/.test(total);
  const Mark = whole ? CircleCheck : TriangleAlert;
  return (
    <span className={whole ? "plan-total" : "plan-total plan-total-off"} role="status" data-testid="plan-weights">
      <Mark size={14} aria-hidden />
      {total === null ? t("bonus.plan.measure.totalUnread") : t(whole ? "bonus.plan.measure.totalWhole" : "bonus.plan.measure.totalOff", { total: formatDecimal(total) })}
    </span>
  );
}
