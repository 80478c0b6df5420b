/** Bonus: the template plan, runs and statements. Enough arithmetic to look right; the real one lives in Rust. */
import { parseExact, signOf } from "../../components/format";
import { lastDay, parsePeriod } from "../../components/period";
import type {
  BonusPlanSettings,
  BonusPlanView,
  BonusRun,
  CurvePoint,
  Message,
  PlanProblem,
  StatementSummary,
  StatementView,
  TierSettings,
} from "../generated";
import { money, type FakePerson, type World } from "./company";
import { refuse, type Handlers } from "./fake";
import { goalOf } from "./goals";
import { recordRow } from "./performance";

const TEMPLATE: BonusPlanSettings = {
  name_zh: "季度奖金",
  name_en: "Quarterly bonus",
  tiers: [
    { from_percent: "80", to_percent: "100", pays_percent: "50", applies_to: "all" },
    { from_percent: "100", to_percent: null, pays_percent: "200", applies_to: "all" },
  ],
  edge: "lower",
  default_target_bonus: null,
};

const HASH = "9f2c4be1a07d5e3386fb1c24d9a7705b6f0e8c4412d3ab57e1900c6d4b8f2a13";
const ENGINE = "1.0.0";

const planOf = (world: World) => world.bonusPlan ?? TEMPLATE;

function tierAt(settings: BonusPlanSettings, percent: number): TierSettings | null {
  const upper = settings.edge === "upper";
  return (
    settings.tiers.find((tier, index) => {
      const [from, to] = [Number(tier.from_percent), tier.to_percent === null ? Infinity : Number(tier.to_percent)];
      const opens = upper || index === 0 ? percent >= from : percent > from;
      return opens && (upper ? percent < to : percent <= to);
    }) ?? null
  );
}

function payoutPercent(tier: TierSettings | null, percent: number): number {
  if (!tier) return 0;
  const pays = Number(tier.pays_percent);
  return tier.applies_to === "all" ? pays : (pays * (percent - Number(tier.from_percent))) / 100;
}

function curveOf(settings: BonusPlanSettings): CurvePoint[] {
  const edges = settings.tiers.flatMap((tier) => [tier.from_percent, tier.to_percent ?? "150"]).map(Number);
  const places = [...new Set([0, ...edges.flatMap((edge) => [edge - 0.001, edge, edge + 0.001]), 150])];
  return places
    .filter((place) => place >= 0)
    .toSorted((a, b) => a - b)
    .map((place) => ({
      attainment_percent: place.toFixed(4),
      payout_percent: payoutPercent(tierAt(settings, place), place).toFixed(4),
    }));
}

function problemsOf(settings: BonusPlanSettings): PlanProblem[] {
  return settings.tiers.flatMap((tier, index): PlanProblem[] => {
    const before = settings.tiers[index - 1];
    if (!before) return [];
    const [end, from] = [before.to_percent, tier.from_percent];
    if (end === null || Number(end) > Number(from)) {
      const params = { from: `${from}%`, ...(end !== null && { before: `${end}%` }) };
      return [{ severity: "error", tier: index, message: { code: "overlapping_tiers", params } }];
    }
    if (Number(end) < Number(from)) {
      return [{ severity: "error", tier: index, message: { code: "gap", params: { from: `${from}%`, before: `${end}%` } } }];
    }
    return [];
  });
}

function view(world: World, settings: BonusPlanSettings): BonusPlanView {
  const problems = problemsOf(settings);
  const tiers = settings.tiers.map((tier) =>
    [
      "[[tiers]]",
      `from = "${tier.from_percent}%"`,
      ...(tier.to_percent === null ? [] : [`to = "${tier.to_percent}%"`]),
      `applies_to = "${tier.applies_to}"`,
      `percent = "${tier.pays_percent}%"`,
    ].join("\n"),
  );
  return {
    version: world.bonusPlan ? 1 : 0,
    settings,
    document: [`schema = 1`, `edge = "${settings.edge}"`, "", ...tiers].join("\n"),
    problems,
    curve: problems.length > 0 ? [] : curveOf(settings),
  };
}

function lastDayOf(key: string): string {
  const period = parsePeriod(key);
  return period ? lastDay(period) : "";
}

function dealsOf(world: World, person: FakePerson, period: string) {
  const days = parsePeriod(period);
  if (days?.kind !== "quarter") throw refuse("input", { field: "period", value: period, expected: "a quarter" });
  return world.deals.filter(
    (deal) => deal.person === person.id && deal.stage === "won" && deal.closed !== null && deal.closed >= days.start && deal.closed < days.end,
  );
}

function statement(world: World, person: FakePerson, period: string): StatementView {
  const settings = planOf(world);
  const deals = dealsOf(world, person, period);
  const actual = deals.reduce((sum, deal) => sum + (deal.minor ?? 0n), 0n);
  const goal = goalOf(world, [person], period);
  const given = world.targetBonuses.get(person.id)?.per_quarter ?? null;
  const target = given ?? (settings.default_target_bonus === null ? null : { amount: settings.default_target_bonus, currency: "CNY" });
  const percent = goal ? Number((actual * 1_000_000n) / goal) / 10_000 : null;
  const tier = percent === null ? null : tierAt(settings, percent);
  const share = percent === null ? 0 : payoutPercent(tier, percent);
  const exact = parseExact(target?.amount ?? "0") ?? { n: 0n, d: 1n };
  const payout = (exact.n * 100n * BigInt(Math.round(share * 100))) / exact.d / 10_000n;
  const notes: Message[] = [];
  if (!goal) notes.push({ code: "no_goal", params: {} });
  else if (!target) notes.push({ code: "no_target_bonus", params: {} });
  else if (!tier) notes.push({ code: "below_first_tier", params: { attainment: `${percent?.toFixed(2)}%`, from: `${settings.tiers[0]?.from_percent}%` } });
  const summary: StatementSummary = {
    person: person.id,
    name: person.name,
    staff_number: person.staff,
    team: world.units.find(({ id }) => id === person.team)?.name ?? null,
    goal: goal === null ? null : money(goal),
    actual: money(actual),
    attainment: goal ? `${actual}/${goal}` : null,
    target_bonus: target,
    payout: money(payout),
    notes,
  };
  const number = String(settings.tiers.indexOf(tier as TierSettings) + 1);
  const range = { number, from: `${tier?.from_percent}%`, ...(tier?.to_percent && { to: `${tier.to_percent}%` }), edge: settings.edge };
  const amount = money(actual).amount;
  return {
    summary,
    lines: payout > 0n ? [{ label: { code: "tier_all", params: { ...range, percent: `${share}%` } }, amount: money(payout) }] : [],
    steps: [
      { step: "credit", explain: { code: "credit_deals", params: { count: String(deals.length), from: parsePeriod(period)?.start ?? "", last: lastDayOf(period) } }, formula: `${parsePeriod(period)?.start} <= closed_on < ${parsePeriod(period)?.end}`, value: String(deals.length) },
      { step: "measure", explain: { code: "measure_sum", params: { metric: "won_amount" } }, formula: `sum of ${deals.length} deals`, value: amount },
      {
        step: "attainment",
        explain: goal ? { code: "attainment_of_goal", params: { percent: `${percent?.toFixed(2)}%` } } : { code: "attainment_none", params: {} },
        formula: `${amount} / ${goal ? money(goal).amount : "?"}`,
        value: goal ? `${actual}/${goal}` : "",
      },
      ...(tier
        ? [
            { step: "tier", explain: { code: tier.to_percent === null ? "tier_found_open" : "tier_found", params: range }, formula: `${Number(tier.from_percent) / 100} < ${actual}/${goal}${tier.to_percent === null ? "" : ` <= ${Number(tier.to_percent) / 100}`}`, value: number },
            { step: "rate", explain: { code: "rate_all", params: { number, percent: `${share}%` } }, formula: `${target?.amount ?? "0"} x ${share / 100}`, value: money(payout).amount.replace(/\.00$/, "") },
            { step: "rounding", explain: { code: "rounding", params: { mode: "half_up", decimals: "2" } }, formula: `half_up(${money(payout).amount.replace(/\.00$/, "")})`, value: money(payout).amount },
          ]
        : [{ step: "tier", explain: { code: "tier_below", params: { from: `${settings.tiers[0]?.from_percent}%` } }, formula: goal ? `${actual}/${goal} < ${Number(settings.tiers[0]?.from_percent) / 100}` : "", value: goal ? "0" : "" }]),
      { step: "payout", explain: { code: payout > 0n ? "payout_sum" : "payout_nothing", params: {} }, formula: money(payout).amount, value: money(payout).amount },
    ],
    deals: deals.map((deal) => recordRow(world, deal)),
    inputs_hash: HASH,
    engine_version: ENGINE,
    audit_head: "3-3f9a2c41b7d0",
  };
}

function runOf(world: World, period: string, id: string | null, at: string): BonusRun {
  const statements = world.people
    .map((person) => statement(world, person, period).summary)
    .toSorted((a, b) => signOf(`${BigInt(b.payout.amount.replace(".", "")) - BigInt(a.payout.amount.replace(".", ""))}`));
  const missing = statements.filter((one) => one.target_bonus === null).length;
  const settings = planOf(world);
  return {
    id,
    period,
    at,
    engine_version: ENGINE,
    inputs_hash: HASH,
    plan_name_zh: settings.name_zh,
    plan_name_en: settings.name_en,
    statements,
    total: money(statements.reduce((sum, one) => sum + BigInt(one.payout.amount.replace(".", "")), 0n)),
    notes: missing > 0 ? [{ code: "no_target_bonus_people", params: { count: String(missing), names: statements.filter((one) => one.target_bonus === null).map((one) => one.name).join(", ") } }] : [],
  };
}

export const bonusHandlers = {
  get_bonus_plan: (_, { world }) => view(world, planOf(world)),
  check_bonus_plan: (settings, { world }) => view(world, settings),
  save_bonus_plan: (settings, { world, changed }) => {
    world.bonusPlan = settings;
    changed("bonus");
    return view(world, settings);
  },
  list_bonus_runs: (_, { world }) => ({
    runs: world.bonusRuns.map((run) => ({ ...run, total: runOf(world, run.period, run.id, run.at).total })),
    periods: world.state === "ready" ? ["2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4", "2025-Q3"] : [],
  }),
  get_bonus_run: ({ period }, { world }) => {
    const run = world.bonusRuns.find((one) => one.period === period);
    return run ? runOf(world, period, run.id, run.at) : null;
  },
  run_bonus: ({ period, preview }, { world, changed }) => {
    const at = "2026-11-24T02:30:00Z";
    if (preview) return runOf(world, period, null, at);
    const id = `r-${world.bonusRuns.length + 1}`;
    world.bonusRuns = [{ id, period, at }, ...world.bonusRuns.filter((one) => one.period !== period)];
    changed("bonus");
    return runOf(world, period, id, at);
  },
  get_statement: ({ period, person }, { world }) => {
    const found = world.people.find(({ id }) => id === person);
    if (!found) throw refuse("not_found", { what: "statement", value: person });
    return statement(world, found, period);
  },
  copy_statement: () => null,
} satisfies Partial<Handlers>;
