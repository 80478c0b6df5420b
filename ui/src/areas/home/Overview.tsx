/** What HR needs now: where the period stands, what wants attention, how fresh the data is. */
import type { Status } from "../../backend/generated";
import { useTranslation } from "react-i18next";

import { useRead } from "../../backend/query";
import { periodLabel } from "../../components/period";
import { Page } from "../../components/Page";
import { useRights } from "../../components/rights";
import { useScope } from "../../components/scope";
import { useWhole } from "../../components/useWhole";
import { useLanguage } from "../../i18n";
import { Attention } from "./Attention";
import { DataCard } from "./DataCard";
import { KeyStrip } from "./KeyStrip";
import { Leaders } from "./Leaders";
import { OpenDeals } from "./OpenDeals";
import { Trend } from "./Trend";

export function Overview({ status }: { status: Status }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { unit, period } = useScope();
  const may = useRights();
  const dashboard = useRead("get_dashboard", { scope: { unit, period }, language });
  const whole = useWhole();
  const ofCompany = unit === null && may("see_all_results");
  // Only who sees the whole company reads its name over the figures.
  const name = ofCompany ? status.company : unit === null ? whole : dashboard.data?.unit_name;
  const when = periodLabel(period, t, language);
  return (
    <Page
      title={t("home.title")}
      context={name ? t("home.context", { unit: name, period: when }) : when}
    >
      <KeyStrip />
      <div className="home-columns">
        <div className="home-column">
          {(may("set_goals") || may("see_imports") || may("approve_team_bonus")) && <Attention status={status} />}
          <Trend />
        </div>
        <div className="home-column">
          {status.signed_in?.person != null && may("see_own_pay") && !may("see_all_results") && <OpenDeals />}
          <DataCard status={status} />
          <Leaders />
        </div>
      </div>
    </Page>
  );
}
