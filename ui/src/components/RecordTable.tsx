/** Deals as a table: two lines a row, only the seen rows drawn, more fetched while scrolling. */
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import type { RecordRow } from "../backend/generated";
import { useWord } from "../i18n";
import { currencySymbol, formatAmount, formatDate, MISSING } from "./format";
import { useRowWindow } from "./rowWindow";
import "./records.css";

const ROW_PX = 50;

interface Props {
  rows: readonly RecordRow[];
  currency: string;
  label: string;
  /** The last rows are in sight. */
  onEnd?: () => void;
}

export function RecordTable({ rows, currency, label, onEnd }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const scroller = useRef<HTMLDivElement>(null);
  const view = useRowWindow(scroller, rows.length, ROW_PX);
  const scrolled = () => {
    view.onScroll();
    const box = scroller.current;
    if (box && box.scrollTop + box.clientHeight > box.scrollHeight - 10 * ROW_PX) onEnd?.();
  };
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="record-table" ref={scroller} onScroll={scrolled} tabIndex={0} role="region" aria-label={label}>
      <table aria-rowcount={rows.length + 1}>
        <colgroup>
          <col className="record-date" />
          <col className="record-deal" />
          <col />
          <col className="record-product" />
          <col className="record-owner" />
          <col className="record-amount" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t("common.record.closed")}</th>
            <th scope="col">{t("common.record.deal")}</th>
            <th scope="col">{t("common.record.customer")}</th>
            <th scope="col">{t("common.record.product")}</th>
            <th scope="col">{t("common.record.owner")}</th>
            <th scope="col" className="number">
              {t("common.record.amount", { symbol: currencySymbol(currency).trim() })}
            </th>
          </tr>
        </thead>
        <tbody>
          {view.above > 0 && <tr role="presentation" style={{ height: view.above }} />}
          {rows.slice(view.first, view.last).map((row, offset) => (
            <tr key={row.id} aria-rowindex={view.first + offset + 2}>
              <Cell first={formatDate(row.closed_on ?? row.opened_on)} second={word("common.record.stage", row.stage)} />
              <Cell first={row.external_id} second={row.origin} />
              <Cell
                first={row.customer ?? t("common.record.noCustomer")}
                second={row.customer_type || MISSING}
                quiet={row.customer === null}
              />
              <Cell first={row.product ?? MISSING} />
              <Cell first={row.owner} second={row.team ?? MISSING} />
              <td className="number figure">{formatAmount(row.amount)}</td>
            </tr>
          ))}
          {view.below > 0 && <tr role="presentation" style={{ height: view.below }} />}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ first, second, quiet }: { first: string; second?: string; quiet?: boolean }) {
  return (
    <td>
      <span className={quiet ? "record-first quiet" : "record-first"} title={first}>{first}</span>
      {second && <span className="record-second" title={second}>{second}</span>}
    </td>
  );
}
