/** Statements on paper, confirmations and the file for payroll of the fake. */
import type {
  ConfirmationState,
  Message,
  PayrollColumn,
  PayrollColumns,
  PayrollProfile,
  PayrollProblem,
  StatementConfirmationRow,
  StatementStanding,
  StatementSummary,
} from "../generated";
import { papersOf } from "./bonusApproved";
import { heldIn, isSettled, stepsOf } from "./bonusBook";
import { planOf } from "./bonusPlan";
import { ofPlan } from "./bonusPlans";
import { HASH, minorOf, statement } from "./bonusStatement";
import { money, type World } from "./company";
import { refuse, type Handlers } from "./fake";

const NOW = "2026-11-24T06:00:00Z";
const VERSION = 1;
const FIELDS = ["staff_number", "name", "team", "department", "plan", "plan_version", "period", "payout", "currency", "limit", "adjustments", "target_bonus", "attainment", "hash", "text"];

function runIn(world: World, period: string) {
  const run = world.bonusRuns.find((one) => one.period === period);
  if (!run) throw refuse("bonus_no_run", { period });
  return run;
}

/** Other amounts are another statement. */
function hashOf(period: string, { person, payout }: StatementSummary): string {
  let hash = 7n;
  for (const letter of `${period} ${person} ${payout.amount}`) hash = (hash * 1_000_003n + BigInt(letter.codePointAt(0) ?? 0)) % 2n ** 256n;
  return hash.toString(16).padStart(64, "0");
}

/** By the steps; a test of papers alone says it by itself. */
function isApproved(world: World, period: string): boolean {
  return papersOf(world).approved.has(period) || isSettled(stepsOf(world, period));
}

function isHeld(world: World, period: string, person: string): boolean {
  return papersOf(world).held.has(person) || heldIn(stepsOf(world, period)).some((step) => step.person === person);
}

function rowOf(world: World, period: string, summary: StatementSummary): StatementConfirmationRow {
  const papers = papersOf(world);
  const last = papers.confirmed.get(`${period} ${summary.person}`);
  const hash = hashOf(period, summary);
  const state: ConfirmationState = !last ? "open" : last.hash === hash ? "confirmed" : "changed";
  return {
    person: summary.person,
    name: summary.name,
    ...(summary.staff_number !== null && { staff_number: summary.staff_number }),
    team: summary.team,
    payout: summary.payout,
    held: isHeld(world, period, summary.person),
    hash,
    state,
    confirmed_at: last ? NOW : null,
    confirmed_by: last ? "local" : null,
    on_paper: last?.onPaper ?? false,
  };
}

function summaries(world: World, period: string): StatementSummary[] {
  runIn(world, period);
  return world.people.map((person) => statement(world, person, period).summary);
}

function own(world: World): string | undefined {
  const { accounts, personal } = world;
  return personal.owner?.person ?? accounts.all.find(({ id }) => id === accounts.me)?.person ?? undefined;
}

function standing(world: World, period: string, person: string | undefined): StatementStanding {
  const wanted = person ?? own(world);
  const found = summaries(world, period).find((one) => one.person === wanted);
  if (!found) throw refuse("not_found", { what: "statement", value: wanted ?? "" });
  const row = rowOf(world, period, found);
  const approved = isApproved(world, period);
  const may = approved && !row.held && row.state !== "confirmed";
  const isOwn = own(world) === row.person;
  return { run: runIn(world, period).id, plan: planOf(world).code, plan_version: VERSION, approved, row, may_confirm: may && isOwn, may_confirm_on_paper: may && !isOwn };
}

function startFrom(): PayrollColumns {
  const columns: PayrollColumn[] = [
    { header: "工号", field: "staff_number" },
    { header: "姓名", field: "name" },
    { header: "奖金", field: "payout" },
  ];
  return { amounts: "decimal", columns };
}

function problemsOf({ columns }: PayrollColumns): PayrollProblem[] {
  const fault = (column: number | null, problem: string, value: string): PayrollProblem => ({
    column,
    message: { code: "payroll_column", params: { column: column === null ? "" : String(column + 1), problem, value } },
  });
  const found = columns.flatMap(({ header, field, text }, at) => {
    if (header.trim() === "") return [fault(at, "no_header", "")];
    if (columns.findIndex((one) => one.header.trim() === header.trim()) < at) return [fault(at, "twice", header)];
    return field === "text" && text === undefined ? [fault(at, "no_text", header)] : [];
  });
  return columns.length === 0 ? [fault(null, "none", "")] : found;
}

function cell(world: World, period: string, { amounts }: PayrollColumns, { field, text }: PayrollColumn, one: StatementSummary): string {
  const amount = (value: string) => (amounts === "minor" ? String(minorOf(value)) : value);
  const plan = planOf(world);
  switch (field) {
    case "staff_number":
      return one.staff_number ?? "";
    case "name":
      return one.name;
    case "team":
    case "department":
      return one.team ?? "";
    case "plan":
      return plan.code;
    case "plan_version":
      return String(VERSION);
    case "period":
      return period;
    case "payout":
      return amount(one.payout.amount);
    case "currency":
      return one.payout.currency;
    case "hash":
      return hashOf(period, one);
    case "text":
      return text ?? "";
    case "target_bonus":
      return one.target_bonus ? amount(one.target_bonus.amount) : "";
    case "attainment":
      return one.attainment ?? "";
    case "limit":
    case "adjustments":
      return amount("0.00");
    default: {
      const person = world.people.find(({ id }) => id === one.person);
      const view = person && statement(world, person, period).components.find(({ code }) => `component:${code}` === field);
      return view?.amount ? amount(view.amount.amount) : "";
    }
  }
}

function payroll(world: World, period: string, columns: PayrollColumns) {
  const papers = papersOf(world);
  const everybody = summaries(world, period);
  const waits = (one: StatementSummary) => isHeld(world, period, one.person) || one.blocked;
  const paid = everybody.filter((one) => !waits(one));
  const reason = (one: StatementSummary): Message => ({ code: isHeld(world, period, one.person) ? "payroll_held" : "payroll_blocked", params: {} });
  const plan = planOf(world);
  const problems = problemsOf(columns);
  const approved = isApproved(world, period);
  return {
    plans: [{ code: plan.code, name_zh: plan.name.zh, name_en: plan.name.en, version: VERSION, run: runIn(world, period).id, inputs_hash: HASH, approved }],
    approved,
    fields: [
      ...FIELDS.map((field) => ({ field, name_zh: null, name_en: null })),
      ...plan.components.map(({ code, name }) => ({ field: `component:${code}`, name_zh: name.zh, name_en: name.en })),
    ],
    columns,
    problems,
    rows: problems.length > 0 ? [] : paid.slice(0, 20).map((one) => columns.columns.map((column) => cell(world, period, columns, column, one))),
    people: paid.length,
    total: money(paid.reduce((sum, one) => sum + minorOf(one.payout.amount), 0n)),
    apart: everybody.filter(waits).map((one) => ({ person: one.person, name: one.name, staff_number: one.staff_number, payout: one.payout, reason: reason(one) })),
    profiles: papers.profiles,
  };
}

export const bonusPaperHandlers = {
  get_statement_confirmation: ({ period, plan, person }, { world }) => standing(ofPlan(world, plan), period, person),
  confirm_statement: ({ period, plan, person, hash, on_paper }, { world: all, changed }) => {
    const world = ofPlan(all, plan);
    const { approved, row } = standing(world, period, person);
    if (!on_paper && own(world) !== row.person) throw refuse("statement_not_own", { name: row.name });
    if (!approved || row.held) throw refuse("statement_not_approved", { name: row.name, period });
    if (hash !== row.hash) throw refuse("statement_changed_meanwhile", { name: row.name, amount: `${row.payout.amount} ${row.payout.currency}` });
    if (row.state === "confirmed") throw refuse("statement_confirmed_already", { name: row.name, day: NOW.slice(0, 10) });
    papersOf(world).confirmed.set(`${period} ${row.person}`, { hash, onPaper: on_paper });
    changed("bonus", "history", "audit");
    return standing(world, period, row.person);
  },
  list_statement_confirmations: ({ period, plan, state, offset, limit }, { world: all }) => {
    const world = ofPlan(all, plan);
    const rows = summaries(world, period).map((one) => rowOf(world, period, one));
    const count = (of: ConfirmationState) => rows.filter((row) => row.state === of).length;
    const wanted = rows.filter((row) => state === undefined || row.state === state);
    return {
      plan: planOf(world).code,
      approved: isApproved(world, period),
      open: count("open"),
      confirmed: count("confirmed"),
      changed: count("changed"),
      rows: wanted.slice(offset, offset + limit),
      offset,
      total: wanted.length,
    };
  },
  export_statement: ({ period, plan, person }, { world }) => {
    const { row } = standing(ofPlan(world, plan), period, person);
    return { folder: "/home/statements", files: [`${period} - ${row.name}.pdf`], failed: [] };
  },
  export_statements: async ({ period, plan }, { world, work }) => {
    const everybody = summaries(ofPlan(world, plan), period);
    await work([["exporting", everybody.length]]);
    return { folder: "/home/statements", files: everybody.map(({ name }) => `${period} - ${name}.pdf`), failed: [] };
  },
  get_payroll: ({ period, columns }, { world }) => payroll(world, period, columns ?? startFrom()),
  export_payroll: ({ period, columns, format, draft }, { world }) => {
    const file = payroll(world, period, columns ?? startFrom());
    if (!file.approved && !draft) throw refuse("payroll_not_approved", { period, plan: planOf(world).code });
    const [problem] = file.problems;
    if (problem) throw refuse(problem.message.code, problem.message.params);
    const name = `payroll ${period}.${format}`;
    return { folder: "/home/payroll", files: format === "csv" ? [name, `${name}.about.txt`] : [name], failed: [] };
  },
  list_payroll_profiles: (_, { world }) => papersOf(world).profiles,
  save_payroll_profile: (profile, { world, changed }) => {
    const papers = papersOf(world);
    papers.profiles = [...papers.profiles.filter(({ name }) => name !== profile.name), profile].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    changed("settings");
    return papers.profiles;
  },
  remove_payroll_profile: ({ name }, { world, changed }) => {
    const papers = papersOf(world);
    if (!papers.profiles.some((one) => one.name === name)) throw refuse("not_found", { what: "payroll_profile", value: name });
    papers.profiles = papers.profiles.filter((one) => one.name !== name);
    changed("settings");
    return papers.profiles;
  },
  export_payroll_profile: ({ name }) => ({ folder: "~/Documents", files: [`payroll - ${name}.toml`], failed: [] }),
  import_payroll_profile: (_, { world, changed }) => {
    const profile: PayrollProfile = { name: "用友", columns: { amounts: "minor", columns: [{ header: "人员编码", field: "staff_number" }, { header: "金额", field: "payout" }] } };
    papersOf(world).profiles.push(profile);
    changed("settings");
    return profile;
  },
} satisfies Partial<Handlers>;
