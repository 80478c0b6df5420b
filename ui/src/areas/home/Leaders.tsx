/** Who is ahead in the period; the whole order is on the dashboard. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useRead } from "../../backend/query";
import { Money } from "../../components/figures";
import { Section } from "../../components/Page";
import { useScope } from "../../components/scope";
import { sharedNames } from "../../components/sharedNames";
import { useLanguage } from "../../i18n";

/** As many as stand beside the chart. */
const SHOWN = 5;

/** Nothing while nobody has won anything. */
export function Leaders() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { unit, period } = useScope();
  const rows = useRead("get_dashboard", { scope: { unit, period }, language }).data?.leaderboard ?? [];
  if (rows.length === 0) return null;
  const shared = sharedNames(rows);
  return (
    <Section title={t("home.leaders.title")} actions={<Link to="/performance">{t("home.leaders.all")}</Link>} testId="home-leaders">
      <ol className="leaders">
        {rows.slice(0, SHOWN).map((row) => (
          <li key={row.person}>
            <span className="figure quiet">{row.rank}</span>
            <span className="leader-name">
              {row.name}{" "}
              <span className="quiet">{[shared.has(row.name) && row.staff_number, row.team].filter(Boolean).join(" ")}</span>
            </span>
            {row.won_amount && <Money value={row.won_amount} />}
          </li>
        ))}
      </ol>
    </Section>
  );
}
