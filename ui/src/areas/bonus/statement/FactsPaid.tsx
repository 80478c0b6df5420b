/** What each deal or receipt pays, one row each; a click opens the steps that made it. */
import { Button, Input } from "antd";
import { ExternalLink, Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { DataTable, type Column } from "../../../components/DataTable";
import { DealDrawer } from "../../../components/followUps/DealDrawer";
import { compareExact, currencySymbol, formatAmount, formatCount, formatMoney } from "../../../components/format";
import { isNamed, type FactPay } from "./byFact";
import { Credited, creditedText, TwoLines } from "./Facts";
import { Refunds } from "./Refunds";
import { StepList } from "./Steps";

interface Props {
  facts: readonly FactPay[];
  currency: string;
  /** Of the component. */
  name: string;
  exact: boolean;
}

export function FactsPaid({ facts, currency, name, exact }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  const shown = facts.filter(({ fact }) => isNamed(fact, typed));
  const opened = shown.find(({ fact }) => fact.fact === open);
  const title = t("bonus.statement.byFact", { facts: formatCount(facts.length) });
  return (
    <section className="statement-part" data-testid="statement-by-fact">
      <header className="statement-by-fact-head">
        <h3>{title}</h3>
        <Input
          size="small"
          allowClear
          prefix={<Search size={14} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={t("bonus.statement.findFact")}
          aria-label={t("bonus.statement.findFact")}
          data-testid="statement-find-fact"
        />
      </header>
      <DataTable
        label={`${name}: ${title}`}
        columns={useColumns(currency)}
        rows={shown}
        rowKey={({ fact }) => fact.fact}
        rowPx={56}
        maxHeight={360}
        empty={t("bonus.statement.noFactFound")}
        testId="statement-facts-paid"
        onOpen={({ fact }) => setOpen(fact.fact === open ? null : fact.fact)}
      />
      {opened ? <Opened pay={opened} currency={currency} exact={exact} /> : <p className="quiet">{t("bonus.statement.openFact")}</p>}
    </section>
  );
}

function useColumns(currency: string): Column<FactPay>[] {
  const { t } = useTranslation();
  const symbol = currencySymbol(currency).trim();
  return [
    { key: "on", title: t("bonus.facts.on"), width: 104, text: ({ fact }) => fact.on, compare: (a, b) => (a.fact.on < b.fact.on ? -1 : Number(a.fact.on > b.fact.on)) },
    {
      key: "label",
      title: t("bonus.facts.label"),
      text: ({ fact }) => [fact.label, fact.customer].filter(Boolean).join(" "),
      render: ({ fact }) => <TwoLines first={fact.customer ?? fact.label} second={fact.customer === null ? "" : fact.label} />,
    },
    {
      key: "amount",
      title: t("bonus.facts.amount", { symbol }),
      width: 148,
      numeric: true,
      text: ({ fact }) => [formatAmount(fact.amount), fact.refunded && t("bonus.statement.refunded")].filter(Boolean).join(" "),
      render: ({ fact }) => <TwoLines first={formatAmount(fact.amount)} second={fact.refunded ? t("bonus.statement.refunded") : ""} />,
    },
    {
      key: "credited",
      title: t("bonus.facts.credited"),
      width: 132,
      numeric: true,
      text: ({ fact }) => creditedText(fact),
      render: ({ fact }) => <Credited fact={fact} />,
    },
    {
      key: "paid",
      title: t("bonus.facts.paid", { symbol }),
      width: 132,
      numeric: true,
      text: ({ paid }) => formatAmount(paid),
      compare: (a, b) => compareExact(a.paid?.amount ?? "0", b.paid?.amount ?? "0"),
    },
  ];
}

/** The steps of one fact, with its name above. */
function Opened({ pay: { fact, steps, paid }, currency, exact }: { pay: FactPay; currency: string; exact: boolean }) {
  const { t } = useTranslation();
  const [deal, setDeal] = useState<string | null>(null);
  const what = [fact.on, fact.customer, fact.label, formatMoney(fact.amount)].filter(Boolean).join(" · ");
  return (
    <div className="statement-opened" data-testid="statement-opened-fact">
      <header className="statement-by-fact-head">
        <strong>{what}</strong>
        <span>
          {t("bonus.statement.pays")} <strong>{formatMoney(paid)}</strong>
        </span>
        {fact.deal !== null && (
          <Button size="small" icon={<ExternalLink size={14} />} onClick={() => setDeal(fact.deal)}>
            {t("bonus.statement.openDeal")}
          </Button>
        )}
      </header>
      {fact.restated && <Refunds records={[{ label: fact.label, amount: fact.amount, restated: fact.restated }]} />}
      <StepList steps={steps} currency={currency} exact={exact} />
      <DealDrawer deal={deal} onClose={() => setDeal(null)} />
    </div>
  );
}
