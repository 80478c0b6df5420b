/** Teams with their totals, who approved them, and the button of those who lead them. */
import { Button } from "antd";
import { BadgeCheck, Hourglass } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { BonusCycle, TeamApproval } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { MISSING, compareExact, currencySymbol, formatAmount, formatCount, formatDecimal, formatMoment, sumDecimals } from "../../../components/format";
import { useAuthor } from "../../../components/history/ChangeHead";
import { Notes } from "../../../components/MessageText";

export function Teams({ cycle, onApprove }: { cycle: BonusCycle; onApprove: (unit: string) => void }) {
  const { t } = useTranslation();
  const author = useAuthor();
  const { teams } = cycle;
  const totals = teams.map(({ total }) => total);
  const symbol = currencySymbol(totals.find((total) => total !== null)?.currency ?? "").trim();
  const told = totals.flatMap((total) => (total === null ? [] : [total.amount]));
  // Before it is handed in there is nothing to approve, and after the approval for pay nothing is awaited.
  const waits = cycle.state === "in_review";
  const waiting = t(`bonus.cycle.teams.${cycle.state === "open" ? "before" : waits ? "waiting" : "without"}`);
  const standing = ({ approved_by, at }: TeamApproval) => (approved_by ? t("bonus.cycle.by", { at: formatMoment(at), by: author(approved_by) }) : waiting);
  const columns: Column<TeamApproval>[] = [
    { key: "name", title: t("bonus.cycle.teams.name"), text: ({ name }) => name, compare: (a, b) => a.name.localeCompare(b.name, "zh-CN") },
    { key: "people", title: t("bonus.cycle.teams.people"), width: 96, numeric: true, text: ({ people }) => formatCount(people), compare: (a, b) => a.people - b.people, total: formatCount(teams.reduce((sum, { people }) => sum + people, 0)) },
    { key: "total", title: t("bonus.cycle.teams.total", { symbol }), width: 168, numeric: true, text: ({ total }) => formatAmount(total), compare: (a, b) => compareExact(a.total?.amount ?? "0", b.total?.amount ?? "0"), total: told.length === teams.length ? formatDecimal(sumDecimals(told)) : MISSING },
    {
      key: "approved",
      title: t("bonus.cycle.teams.approved"),
      text: standing,
      render: (team) => (
        <span className="team-standing">
          {team.approved_by ? <BadgeCheck size={14} aria-hidden className="team-approved" /> : waits && <Hourglass size={14} aria-hidden />}
          <span className={team.approved_by ? undefined : "quiet"}>{standing(team)}</span>
          {team.may_approve && (
            <Button size="small" onClick={() => onApprove(team.unit)} aria-label={`${t("bonus.cycle.teams.approve")} ${team.name}`} data-testid={`team-approve-${team.unit}`}>
              {t("bonus.cycle.teams.approve")}
            </Button>
          )}
        </span>
      ),
      total: "",
    },
  ];
  return (
    <section className="bonus-table">
      <DataTable label={t("bonus.cycle.tabs.teams")} columns={columns} rows={teams} rowKey={({ unit }) => unit} rowTestId={({ unit }) => `team-${unit}`} empty={t("bonus.cycle.teams.none")} maxHeight={2000} />
      <Notes messages={cycle.notes} />
    </section>
  );
}
