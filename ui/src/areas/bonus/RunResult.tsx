/** A run: its total, what to know, and one row a person. A row opens its statement. */
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BonusRun, Message, Money, StatementSummary } from "../../backend/generated";
import { AttainmentBar } from "../../components/AttainmentBar";
import { DataTable, type Column } from "../../components/DataTable";
import { Money as Figure } from "../../components/figures";
import {
  compareExact,
  currencySymbol,
  formatAmount,
  formatCount,
  formatDecimal,
  formatMoment,
  formatPercent,
  signOf,
  sumDecimals,
} from "../../components/format";
import { Notes } from "../../components/MessageText";
import { useMedia } from "../../components/useMedia";
import { useSearchParam } from "../../components/useSearchParam";
import { useLanguage } from "../../i18n";
import { useSay, useTerm } from "../../i18n/say";
import { BlockedMark } from "./BlockedMark";
import { FlagMarks } from "./cycle/FlagMarks";
import { flagsOf, HELD, type Flags } from "./cycle/flags";
import { StatementDrawer } from "./statement/StatementDrawer";
import { useCopy } from "./useCopy";

/** Codes of notes that a target bonus in the settings would settle. */
const MISSING_BONUS: readonly string[] = ["no_target_bonus", "no_target_bonus_people"];

/** Where the target bonus comes from: said in the statement, no remark in the table. */
const RECORD = "target_bonus_record";

/** A preview is no part of a cycle, and has none. */
const NO_FLAGS = flagsOf([], []);

interface Props {
  run: BonusRun;
  /** Of which plan the statements are asked; null: that of everybody. */
  plan?: string | null;
  flags?: Flags;
  /** Only statements with this flag. */
  kind?: string | null;
  /** What is paid of it, where pay of some people waits. */
  paid?: Money | null;
}

export function RunResult({ run, plan = null, flags = NO_FLAGS, kind = null, paid = null }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useSearchParam("statement");
  const shown = run.statements.find((one) => one.person === open) ?? null;
  const [blockedFirst, setBlockedFirst] = useState(false);
  const needsBonus = [...run.notes, ...run.statements.flatMap((one) => one.notes)].some(isMissingBonus);
  return (
    <>
      <Summary run={run} flags={flags} total={paid ?? run.total} blockedFirst={blockedFirst} onBlockedFirst={setBlockedFirst} />
      {(run.notes.length > 0 || needsBonus) && (
        <div className="statement-notes">
          <Notes messages={run.notes} />
          {needsBonus && (
            <Link to="/settings" search={{ section: "bonuses" }}>
              {t("bonus.toSettings")}
            </Link>
          )}
        </div>
      )}
      <section className="bonus-table" data-testid="bonus-statements">
        <Statements run={run} flags={flags} kind={kind} blockedFirst={blockedFirst} onOpen={setOpen} />
      </section>
      {shown && <StatementDrawer {...(plan !== null && { plan })} period={run.period} summary={shown} preview={run.id === null} onClose={() => setOpen(null, true)} />}
    </>
  );
}

/** The run at a glance: what it pays, to how many, by which plan, and the proof of what it was made of. */
interface SummaryProps {
  run: BonusRun;
  flags: Flags;
  total: Money;
  blockedFirst: boolean;
  onBlockedFirst: (first: boolean) => void;
}

function Summary({ run, flags, total, blockedFirst, onBlockedFirst }: SummaryProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const copy = useCopy();
  const paid = run.statements.filter((one) => signOf(one.payout.amount) > 0).length;
  const blocked = run.statements.filter((one) => one.blocked).length;
  const held = run.statements.filter(({ person }) => flags.isHeld(person));
  return (
    <section className="bonus-summary" aria-label={t("bonus.summary.label")}>
      <div>
        <span className="quiet">{t("bonus.summary.total")}</span>
        <strong className="bonus-total" data-testid="bonus-total">
          <Figure value={total} />
        </strong>
      </div>
      <div>
        <span className="quiet">{t("bonus.summary.paid")}</span>
        <strong className="figure">
          {formatCount(paid)} / {formatCount(run.statements.length)}
        </strong>
      </div>
      {held.length > 0 && (
        <div>
          <span className="quiet">{t("bonus.summary.held")}</span>
          <strong data-testid="bonus-held">
            <Figure value={{ amount: sumDecimals(held.map(({ payout }) => payout.amount)), currency: run.total.currency }} />
          </strong>
        </div>
      )}
      {blocked > 0 && (
        <div>
          <span className="quiet">{t("bonus.summary.blocked")}</span>
          <span className="bonus-blocked">
            <BlockedMark />
            <strong className="figure" data-testid="bonus-blocked">{formatCount(blocked)}</strong>
            <Button size="small" aria-pressed={blockedFirst} onClick={() => onBlockedFirst(!blockedFirst)} data-testid="bonus-blocked-first">
              {t(blockedFirst ? "bonus.summary.asUsual" : "bonus.summary.blockedFirst")}
            </Button>
          </span>
        </div>
      )}
      <div>
        <span className="quiet">{t("bonus.summary.plan")}</span>
        <span>{language === "en" ? run.plan_name_en : run.plan_name_zh}</span>
      </div>
      <div>
        <span className="quiet">{t("bonus.summary.at")}</span>
        <span className="figure">{formatMoment(run.at)}</span>
      </div>
      <div className="bonus-proof">
        <span className="quiet">{t("bonus.summary.proof", { version: run.engine_version })}</span>
        <span className="hash">
          <code title={run.inputs_hash}>{run.inputs_hash.slice(0, 12)}…</code>
          <Button
            type="text"
            size="small"
            icon={<Copy size={13} />}
            aria-label={t("bonus.copyHash")}
            onClick={() => copy(run.inputs_hash)}
          />
        </span>
      </div>
    </section>
  );
}

interface Shown {
  run: BonusRun;
  flags: Flags;
  /** Only statements with this flag. */
  kind: string | null;
}

function Statements({ run, flags, kind, blockedFirst, onOpen }: Shown & { blockedFirst: boolean; onOpen: (person: string) => void }) {
  const { t } = useTranslation();
  const under = run.statements.filter(({ person }) => flags.under(person, kind));
  const rows = blockedFirst ? under.toSorted((a, b) => Number(b.blocked) - Number(a.blocked)) : under;
  const { columns, remarked } = useColumns({ run: { ...run, statements: under }, flags, kind });
  return (
    <DataTable
      label={t("bonus.statements")}
      columns={columns}
      // Another order is another table: a column that was chosen before does not undo it.
      key={`${blockedFirst} ${kind}`}
      rows={rows}
      rowKey={(row) => row.person}
      onOpen={(row) => onOpen(row.person)}
      rowTestId={(row) => `statement-${row.person}`}
      maxHeight={2000}
      // Remarks have two lines where there are any.
      rowPx={remarked ? 44 : 36}
      twoLines={remarked}
    />
  );
}

function useColumns({ run, flags, kind }: Shown): { columns: Column<StatementSummary>[]; remarked: boolean } {
  const { t } = useTranslation();
  const say = useSay();
  const term = useTerm();
  const [roomy, wide] = [useMedia("(min-width: 1240px)"), useMedia("(min-width: 1500px)")];
  const symbol = currencySymbol(run.total.currency).trim();
  const reasons = (row: StatementSummary) => [...flags.of(row.person).map(({ message }) => message), ...row.notes.filter(({ code }) => code !== RECORD)].map(say).join(" · ");
  const marks = (row: StatementSummary) => [flags.isHeld(row.person) && t("bonus.cycle.anomalies.held"), ...flags.of(row.person).map((one) => term("anomaly", one.kind))];
  const why = (row: StatementSummary) => [...marks(row), reasons(row)].filter(Boolean).join(" ");
  const remarked = run.statements.some((row) => why(row) !== "");
  const nameWidth = wide ? 240 : roomy && !remarked ? 168 : 140;
  const before = (row: StatementSummary) => flags.of(row.person).find((one) => one.kind === kind)?.before ?? null;
  const compares = kind !== HELD && run.statements.some((row) => before(row) !== null);
  const amount = (key: "goal" | "target_bonus" | "payout" | "actual", title: string, width: number): Column<StatementSummary> => ({
    key,
    title,
    width,
    numeric: true,
    compare: (a, b) => compareExact(a[key]?.amount ?? "", b[key]?.amount ?? ""),
    text: (row) => formatAmount(row[key]),
    total: totalOf(run.statements.map((row) => row[key]?.amount)),
  });
  const columns: Column<StatementSummary>[] = [
    {
      key: "name",
      title: t("bonus.columns.name"),
      width: nameWidth,
      text: (row) => [row.name, row.staff_number].filter(Boolean).join(" "),
      render: (row) => (
        <>
          {row.name}
          {row.staff_number && <span className="staff">{row.staff_number}</span>}
        </>
      ),
    },
    // The figures up to the payout are in sight at 1024 pixels; team and remarks share the rest, or the remarks take it.
    { key: "team", title: t("bonus.columns.team"), ...(remarked && !wide && { width: 104 }), text: (row) => row.team ?? "—" },
    amount("goal", t("bonus.columns.goal", { symbol }), 116),
    amount("actual", t("bonus.columns.actual", { symbol }), 116),
    {
      key: "attainment",
      title: t("bonus.columns.attainment"),
      width: 96,
      numeric: true,
      compare: (a, b) => compareExact(a.attainment ?? "", b.attainment ?? ""),
      text: (row) => formatPercent(row.attainment),
      render: (row) => (
        <span className="bonus-attainment">
          {formatPercent(row.attainment)}
          <AttainmentBar value={row.attainment} label={t("bonus.columns.attainment")} />
        </span>
      ),
      total: "",
    },
    // What it is compared with takes its place.
    ...(compares ? [] : [amount("target_bonus", t("bonus.columns.targetBonus", { symbol }), 120)]),
    {
      ...amount("payout", t("bonus.columns.payout", { symbol }), run.statements.some((one) => one.blocked) ? 168 : 106),
      text: (row) => (row.blocked ? `${formatAmount(row.payout)} ${t("bonus.blocked")}` : formatAmount(row.payout)),
      render: (row) => (
        <>
          {row.blocked && <BlockedMark />} <strong className="bonus-payout">{formatAmount(row.payout)}</strong>
        </>
      ),
    },
    ...(compares ? [{ key: "before", title: t("bonus.cycle.anomalies.before", { symbol }), width: 116, numeric: true, text: (row: StatementSummary) => formatAmount(before(row)), compare: (a: StatementSummary, b: StatementSummary) => compareExact(before(a)?.amount ?? "", before(b)?.amount ?? "") }] : []),
    {
      key: "why",
      title: t("bonus.columns.why"),
      text: why,
      render: (row) => (
        <>
          <FlagMarks flags={flags} person={row.person} />
          <span className="quiet">{reasons(row)}</span>
        </>
      ),
      total: "",
    },
  ];
  return { columns, remarked };
}

/** The exact sum; missing amounts add nothing. */
function totalOf(amounts: readonly (string | undefined)[]): string {
  return formatDecimal(sumDecimals(amounts.filter((amount) => amount !== undefined)));
}

function isMissingBonus({ code }: Message): boolean {
  return MISSING_BONUS.includes(code);
}
