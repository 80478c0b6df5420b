/** The facts behind a component: those that count, as they were counted, and those that do not, with the reason. */
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { CountedView, LeftOutView } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { DealDrawer } from "../../../components/followUps/DealDrawer";
import { currencySymbol, formatAmount, formatCount, formatDecimal, formatPercent, MISSING, parseExact } from "../../../components/format";
import { MessageText } from "../../../components/MessageText";
import { Money } from "../../../components/figures";
import "../../../components/records.css";

export function Counted({ facts, currency, name }: { facts: readonly CountedView[]; currency: string; name: string }) {
  const { t } = useTranslation();
  const [deal, setDeal] = useState<string | null>(null);
  const symbol = currencySymbol(currency).trim();
  const title = t("bonus.statement.counted", { facts: formatCount(facts.length) });
  const rows = facts.map((fact, index) => ({ ...fact, key: String(index) }));
  const columns: Column<CountedView & { key: string }>[] = [
    { key: "on", title: t("bonus.facts.on"), width: 104, text: ({ on }) => on, compare: (a, b) => (a.on < b.on ? -1 : Number(a.on > b.on)) },
    {
      key: "label",
      title: t("bonus.facts.label"),
      text: ({ label, customer }) => [label, customer].filter(Boolean).join(" "),
      render: ({ label, customer }) => <TwoLines first={customer ?? label} second={customer === null ? "" : label} />,
    },
    { key: "product", title: t("bonus.facts.product"), width: 132, text: ({ product }) => product ?? MISSING },
    {
      key: "amount",
      title: t("bonus.facts.amount", { symbol }),
      width: 148,
      numeric: true,
      text: (fact) => [formatAmount(fact.amount), fact.refunded && t("bonus.statement.refunded")].filter(Boolean).join(" "),
      render: (fact) => (
        <>
          <span className="record-first">{formatAmount(fact.amount)}</span>
          {fact.refunded && (
            <span className="record-second fact-refunded">
              <Undo2 size={12} aria-hidden /> {t("bonus.statement.refunded")}
            </span>
          )}
        </>
      ),
    },
    {
      key: "credited",
      title: t("bonus.facts.credited"),
      width: 132,
      numeric: true,
      text: creditedText,
      render: (fact) => <Credited fact={fact} />,
    },
  ];
  return (
    <section className="statement-part">
      <h3>{title}</h3>
      <DataTable label={`${name}: ${title}`} columns={columns} rows={rows} rowKey={({ key }) => key} rowPx={56} maxHeight={360} testId="statement-counted" onOpen={facts.some((fact) => fact.deal !== null) ? (row) => setDeal(row.deal) : undefined} />
      <DealDrawer deal={deal} onClose={() => setDeal(null)} />
    </section>
  );
}

export function TwoLines({ first, second }: { first: string; second: string }) {
  return (
    <>
      <span className="record-first">{first}</span>
      {second && <span className="record-second">{second}</span>}
    </>
  );
}

/** What of a fact counts, and which share of it that is. */
export function Credited({ fact }: { fact: CountedView }) {
  return <TwoLines first={worthText(fact)} second={shareOf(fact) ?? ""} />;
}

export function creditedText(fact: CountedView): string {
  return [worthText(fact), shareOf(fact)].filter(Boolean).join(" ");
}

function worthText({ credited }: CountedView): string {
  return credited.money ? formatAmount(credited.money) : formatDecimal(credited.number);
}

/** The share of the fact that counts, where it is not all of it. */
function shareOf({ amount, credited }: CountedView): string | null {
  const [part, whole] = [parseExact(credited.money?.amount ?? ""), parseExact(amount.amount)];
  if (!part || !whole || whole.n <= 0n || part.n < 0n) return null;
  const [n, d] = [part.n * whole.d, part.d * whole.n];
  return n === d ? null : formatPercent(`${n}/${d}`);
}

export function LeftOut({ facts }: { facts: readonly LeftOutView[] }) {
  const { t } = useTranslation();
  return (
    <details className="statement-left-out" data-testid="statement-left-out">
      <summary>{t("bonus.statement.leftOut", { facts: formatCount(facts.length) })}</summary>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t("bonus.facts.on")}</th>
            <th scope="col">{t("bonus.facts.label")}</th>
            <th scope="col" className="number">{t("bonus.facts.amountOnly")}</th>
            <th scope="col">{t("bonus.facts.reason")}</th>
          </tr>
        </thead>
        <tbody>
          {facts.map(({ label, on, amount, reason }, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={`${label}-${index}`}>
              <td className="figure">{on}</td>
              <td>{label}</td>
              <td className="number"><Money value={amount} /></td>
              <td><MessageText message={reason} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
