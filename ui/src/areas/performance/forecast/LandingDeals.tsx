/** Open deals behind a landing, each with its chance and where that is from. A row opens its deal: what is to be done, and what it would pay. */
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { LandingDealRow, LandingView } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { DealDrawer } from "../../../components/followUps/DealDrawer";
import { compareExact, currencySymbol, formatDecimal, formatPercent } from "../../../components/format";
import { Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useTerm } from "../../../i18n/say";

/** Why a chance is what it is takes four lines beside the other columns at 1280 px. */
const WHY_PX = 92;
const FROM = ["amount", "list_price", "median"] as const;

export function LandingDeals({ view }: { view: LandingView }) {
  const { t } = useTranslation();
  const term = useTerm();
  const [open, setOpen] = useState<string | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const seesPay = useRights()("see_own_pay");
  const symbol = currencySymbol(view.currency).trim();
  const from = (deal: LandingDealRow) => {
    if (deal.list_times !== null && view.list_share !== null) {
      return ` (${t("performance.forecast.fromListTimes", { share: formatPercent(deal.list_times, 0), count: deal.list_deals ?? 0 })})`;
    }
    const known = FROM.find((one) => one === deal.amount_from);
    return known && known !== "amount" ? ` (${t(`performance.forecast.from.${known}`)})` : "";
  };
  const why = (deal: LandingDealRow) => {
    const [ageWon, ageOf] = deal.same_age;
    const [ownWon, ownOf] = deal.owner_deals;
    const stage = deal.same_stage;
    return [
      t("performance.forecast.whyAge", { won: ageWon, of: ageOf, share: formatPercent(deal.by_age) }),
      stage && t("performance.forecast.whyStage", { won: stage[0], of: stage[1] }),
      t("performance.forecast.whyOwner", { won: ownWon, of: ownOf, share: formatPercent(deal.by_owner) }),
    ]
      .filter(Boolean)
      .join(t("performance.forecast.semicolon"));
  };
  const columns: Column<LandingDealRow>[] = [
    {
      key: "deal",
      title: `${t("performance.forecast.deal")} · ${t("performance.forecast.customer")}`,
      width: 140,
      text: (deal) => [deal.external_id, deal.customer].filter(Boolean).join(" · "),
      render: (deal) => (
        <>
          {deal.external_id}
          {deal.customer && <span className="landing-under quiet">{deal.customer}</span>}
          {seesPay && (
            <Button size="small" type="link" className="landing-pays" onClick={() => setAsked(deal.id)} data-testid={`landing-pays-${deal.id}`}>
              {t("bonusIf.deal.ask")}
            </Button>
          )}
        </>
      ),
    },
    { key: "owner", title: t("performance.forecast.owner"), width: 84, text: (deal) => deal.owner },
    { key: "stage", title: t("performance.forecast.stage"), width: 92, text: (deal) => (deal.stage === null ? "—" : term("stage", deal.stage)) },
    {
      key: "age",
      title: t("performance.forecast.age"),
      width: 92,
      numeric: true,
      compare: (a, b) => (a.age ?? -1) - (b.age ?? -1),
      text: (deal) => (deal.age === null ? "—" : String(deal.age)),
    },
    {
      key: "amount",
      title: `${t("performance.forecast.amount")} ${symbol}`,
      width: 132,
      numeric: true,
      compare: (a, b) => compareExact(a.amount, b.amount),
      text: (deal) => `${formatDecimal(deal.amount)}${from(deal)}`,
      render: (deal) => (
        <>
          {formatDecimal(deal.amount)}
          {from(deal) && <span className="landing-under quiet">{from(deal)}</span>}
        </>
      ),
    },
    {
      key: "chance",
      title: t("performance.forecast.chance"),
      width: 88,
      numeric: true,
      compare: (a, b) => compareExact(a.chance, b.chance),
      text: (deal) => formatPercent(deal.chance),
    },
    {
      key: "expected",
      title: `${t("performance.forecast.expected")} ${symbol}`,
      width: 112,
      numeric: true,
      compare: (a, b) => compareExact(a.expected, b.expected),
      text: (deal) => formatDecimal(deal.expected),
    },
    { key: "why", title: t("performance.forecast.why"), text: why },
  ];
  const more = view.deal_count > view.deals.length;
  return (
    <Section
      title={t("performance.forecast.deals")}
      context={more ? t("performance.forecast.dealsMore", { shown: view.deals.length, count: view.deal_count }) : undefined}
      flush
      testId="landing-deals"
    >
      <div className="landing-deals">
        <DataTable
          label={t("performance.forecast.deals")}
          columns={columns}
          rows={view.deals}
          rowKey={(deal) => deal.id}
          rowTestId={(deal) => `landing-deal-${deal.id}`}
          onOpen={(deal) => setOpen(deal.id)}
          rowPx={WHY_PX}
          maxHeight={560}
          count={view.deals.length}
          empty={t("performance.forecast.dealsEmpty")}
        />
      </div>
      <DealDrawer deal={open} onClose={() => setOpen(null)} />
      <DealDrawer deal={asked} first="pay" onClose={() => setAsked(null)} />
    </Section>
  );
}
