/** The list: choose several and decide on them at once, open one to read it whole. */
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { AdjustmentRow } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { compareExact, currencySymbol, formatAmount, formatCount, formatDecimal, formatMoment, sumDecimals } from "../../../components/format";
import { useAuthor } from "../../../components/history/ChangeHead";
import { periodLabel } from "../../../components/period";
import { useRights } from "../../../components/rights";
import { useLanguage } from "../../../i18n";
import { useSay, useTerm } from "../../../i18n/say";
import { AdjustmentDrawer } from "./AdjustmentDrawer";
import { DecisionMark } from "./DecisionMark";
import { RefuseDialog } from "./RefuseDialog";
import { useDecide } from "./useDecide";

export function AdjustmentTable({ rows }: { rows: readonly AdjustmentRow[] }) {
  const { t } = useTranslation();
  const may = useRights();
  const columns = useColumns(rows);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<string | null>(null);
  const [refusing, setRefusing] = useState<readonly AdjustmentRow[] | null>(null);
  const clear = () => setSelected(new Set());
  const { approve } = useDecide();
  const chosen = rows.filter(({ id }) => selected.has(id));
  const all = chosen.length > 0 && chosen.every((one) => one.may_decide);
  const shown = rows.find(({ id }) => id === open) ?? null;
  const count = { rows: formatCount(chosen.length) };
  return (
    <>
      {chosen.length > 0 && (
        <div className="adjustment-chosen" data-testid="adjustments-chosen">
          <Button type="primary" disabled={!all} onClick={() => approve(chosen, clear)} data-testid="adjustments-approve">
            {t("bonus.adjustments.approve", count)}
          </Button>
          <Button disabled={!all} onClick={() => setRefusing(chosen)} data-testid="adjustments-refuse">
            {t("bonus.adjustments.refuse", count)}
          </Button>
          {!all && <span className="quiet" role="status">{t("bonus.adjustments.ownOnly")}</span>}
        </div>
      )}
      <section className="bonus-table bonus-list">
        <DataTable
          label={t("bonus.adjustments.list")}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowTestId={({ id }) => `adjustment-${id}`}
          onOpen={({ id }) => setOpen(id)}
          {...(may("run_bonus") ? { selected, onSelect: setSelected } : {})}
          empty={t("bonus.adjustments.noneOf")}
          maxHeight={560}
          testId="adjustments"
        />
      </section>
      {shown && <AdjustmentDrawer row={shown} onRefuse={() => setRefusing([shown])} onClose={() => setOpen(null)} />}
      {refusing && <RefuseDialog rows={refusing} onDone={clear} onClose={() => setRefusing(null)} />}
    </>
  );
}

function useColumns(rows: readonly AdjustmentRow[]): Column<AdjustmentRow>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const author = useAuthor();
  const why = useWhy();
  const term = useTerm();
  const symbol = currencySymbol(rows[0]?.amount.currency ?? "").trim();
  return [
    { key: "name", title: t("bonus.adjustments.name"), width: 120, text: ({ name }) => name, compare: (a, b) => a.name.localeCompare(b.name, "zh-CN") },
    { key: "period", title: t("bonus.adjustments.period"), width: 132, text: ({ period }) => periodLabel(period, t, language), compare: (a, b) => (a.period < b.period ? -1 : Number(a.period > b.period)) },
    {
      key: "amount",
      title: t("bonus.adjustments.amount", { symbol }),
      width: 132,
      numeric: true,
      text: ({ amount }) => formatAmount(amount),
      compare: (a, b) => compareExact(a.amount.amount, b.amount.amount),
      // A sum of what counts and what was refused says nothing.
      ...(new Set(rows.map(({ state }) => state)).size === 1 && { total: formatDecimal(sumDecimals(rows.map(({ amount }) => amount.amount))) }),
    },
    { key: "reason", title: t("bonus.adjustments.reason"), text: why },
    { key: "by", title: t("bonus.adjustments.by"), width: 208, text: ({ by, at }) => t("bonus.cycle.by", { at: formatMoment(at), by: author(by) }), render: ({ by, at }) => <span className="quiet">{t("bonus.cycle.by", { at: formatMoment(at), by: author(by) })}</span> },
    { key: "state", title: t("bonus.adjustments.state"), width: 116, text: ({ state }) => term("adjustment_state", state), render: ({ state }) => <DecisionMark state={state} /> },
  ];
}

/** Its reason; of a recalculated one what changed, in words. */
function useWhy(): (row: AdjustmentRow) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSay();
  return ({ reason, restated, cause }) =>
    [restated !== null && t("bonus.adjustments.difference", { period: periodLabel(restated, t, language) }), reason, ...cause.map(say)].filter(Boolean).join(" · ");
}
