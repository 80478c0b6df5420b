/** The largest open deals of whoever sells, each with the way to what it would pay them. */
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { Calculator } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useRead } from "../../backend/query";
import { DealDrawer } from "../../components/followUps/DealDrawer";
import { compareExact, formatMoney } from "../../components/format";
import { Section } from "../../components/Page";
import { useLanguage } from "../../i18n";

/** As many as stand beside the chart. */
const SHOWN = 5;

/** Nothing where nothing is open. */
export function OpenDeals() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [deal, setDeal] = useState<string | null>(null);
  const landing = useRead("get_landing", { grain: "quarter", as_of: null, unit: null, by: null, language }).data;
  const largest = landing?.deals.toSorted((a, b) => compareExact(b.amount, a.amount)).slice(0, SHOWN) ?? [];
  if (!landing || largest.length === 0) return null;
  return (
    <Section title={t("home.openDeals.title")} context={t("home.openDeals.context")} actions={<Link to="/performance/forecast">{t("home.openDeals.all")}</Link>} testId="home-open-deals">
      <ul className="open-deals">
        {largest.map((one) => (
          <li key={one.id}>
            <span className="leader-name">
              {one.customer ?? one.external_id} {one.customer && <span className="quiet">{one.external_id}</span>}
            </span>
            <span className="figure">{formatMoney({ amount: one.amount, currency: landing.currency })}</span>
            <Button size="small" icon={<Calculator size={14} />} onClick={() => setDeal(one.id)} data-testid={`open-deal-pays-${one.id}`}>
              {t("bonusIf.deal.ask")}
            </Button>
          </li>
        ))}
      </ul>
      <DealDrawer deal={deal} first="pay" onClose={() => setDeal(null)} />
    </Section>
  );
}
