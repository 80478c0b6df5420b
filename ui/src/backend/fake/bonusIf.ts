/** What would be: deals, years and other plans. The same statements with and without; the real arithmetic lives in Rust. */
import type { Plan } from "../../areas/bonus/plan/document";
import { measuresMoney } from "../../areas/bonus/plan/document";
import { containing, halfAround, periods, type Kind } from "../../components/period";
import type {
  ComponentView,
  DealComponent,
  DealPay,
  EarningsPeriod,
  StatementView,
  WhatIf,
  WhatIfComponent,
  WhatIfPerson,
  WhatIfPlan,
  WhatIfTier,
} from "../generated";
import { planOf, readAny } from "./bonusPlan";
import { curveOf, numberOf, tierAt } from "./bonusRate";
import { daysIn, minorOf, statement } from "./bonusStatement";
import { money, type FakePerson, type World } from "./company";
import { refuse, type Handlers } from "./fake";

const TODAY = "2026-11-24";

/** The period of the plan's kind that holds a day. */
function periodOf(plan: Plan, day: string): string {
  return plan.period === "half" ? halfAround(day) : containing(plan.period as Kind, day).key;
}

function periodsBetween(plan: Plan, from: string, to: string): string[] {
  if (plan.period === "half") return [...new Set(periods("quarter", from, to).map(({ start }) => halfAround(start)))];
  return periods(plan.period as Kind, from, to).map(({ key }) => key);
}

const minor = (text: string) => minorOf(text.replace("-", "")) * (text.startsWith("-") ? -1n : 1n);
const payoutOf = (view: StatementView) => minor(view.summary.payout.amount);

function changeOf(was: ComponentView, is: ComponentView): DealComponent {
  const moved = was.attainment !== is.attainment;
  const percent = (ratio: string | null) => {
    const [n = "0", d = "1"] = (ratio ?? "0/1").split("/");
    return `${((Number(n) / Number(d)) * 100).toFixed(2)}%`;
  };
  return {
    code: is.code,
    name_zh: is.name_zh,
    name_en: is.name_en,
    before: was.amount,
    after: is.amount,
    measure_before: was.measure,
    measure_after: is.measure,
    attainment_before: was.attainment,
    attainment_after: is.attainment,
    lines: [],
    steps: is.steps.flatMap((after, at) => (after.value === was.steps[at]?.value ? [] : [{ before: was.steps[at] ?? null, after }])),
    reasons: moved ? [{ code: "deal_attainment", params: { from: percent(was.attainment), to: percent(is.attainment) } }] : [],
  };
}

function payOf(world: World, won: World, person: FakePerson, period: string): DealPay {
  const [was, is] = [statement(world, person, period), statement(won, person, period)];
  return {
    person: person.id,
    name: person.name,
    ...planNames(world),
    period,
    before: was.summary.payout,
    after: is.summary.payout,
    difference: money(payoutOf(is) - payoutOf(was)),
    blocked: is.summary.blocked,
    components: is.components.map((one, at) => changeOf(was.components[at] ?? one, one)),
    limit: money(0n),
    reasons: [],
  };
}

function planNames(world: World): { plan: string; plan_name_zh: string; plan_name_en: string } {
  const { code, name } = planOf(world);
  return { plan: code, plan_name_zh: name.zh, plan_name_en: name.en };
}

function earningsOf(world: World, person: FakePerson, period: string): EarningsPeriod {
  const { from, to } = daysIn(period);
  const view = statement(world, person, period);
  const kept = world.bonusRuns.some((run) => run.period === period);
  const over = to <= TODAY;
  const so_far = view.summary.payout;
  const row = { period, label: period, ...planNames(world), so_far, expected: null, total: so_far, lower: null, upper: null, sales: null, blocked: view.summary.blocked, notes: [] };
  if (kept && over) return { ...row, state: "kept" };
  if (over) return { ...row, state: "calculated" };
  const sales = 500_000_00n;
  const last = new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const more = { id: `expected-${period}`, person: person.id, team: person.team, customer: null, customerType: "", product: "", stage: "won" as const, opened: from, closed: last, minor: sales };
  const then = statement({ ...world, deals: [...world.deals, more] }, person, period);
  const expected = payoutOf(then) - payoutOf(view);
  const running = from <= TODAY;
  return {
    ...row,
    state: "expected",
    expected: money(expected),
    total: money(payoutOf(then)),
    lower: running ? so_far : null,
    upper: running ? money(payoutOf(then) + 1_000_00n) : null,
    sales: money(sales),
  };
}

interface Run {
  plan: Plan;
  keys: string[];
  /** By person, then period. */
  views: { person: FakePerson; period: string; view: StatementView }[];
}

function runOf(world: World, plan: Plan, from: string, to: string): Run {
  const keys = periodsBetween(plan, from, to).filter((key) => daysIn(key).from <= TODAY);
  const under = { ...world, bonusPlan: JSON.stringify(plan) };
  const views = world.people.flatMap((person) => keys.map((period) => ({ person, period, view: statement(under, person, period) })));
  return { plan, keys, views };
}

const totalOf = (views: readonly { view: StatementView }[]) => views.reduce((sum, { view }) => sum + payoutOf(view), 0n);

function componentOf({ plan, views }: Run, at: number): WhatIfComponent {
  const component = plan.components[at];
  if (!component) throw refuse("no_component");
  const placed = views.map((one) => {
    const result = one.view.components[at];
    const [n, d] = (result?.attainment ?? "").split("/").map(Number);
    const byAmount = component.rate.by === "amount";
    const x = byAmount ? Number(result?.measure?.money?.amount ?? 0) : n !== undefined && d ? n / d : null;
    const tier = x === null ? null : tierAt(component, x);
    const first = component.rate.tiers[0];
    const place = result?.amount === null ? "blocked" : x === null ? "none" : tier !== null && tier >= 0 ? "tier" : first && x < numberOf(first.from) ? "below" : "above";
    return { ...one, x, tier: place === "tier" ? tier : null, place, amount: minor(result?.amount?.amount ?? "0.00") };
  });
  const tierOf = (place: string, number: number | null): WhatIfTier => {
    const there = placed.filter((one) => one.place === place && one.tier === number);
    const known = number === null ? undefined : component.rate.tiers[number];
    return {
      place,
      number: number === null ? null : number + 1,
      from: known?.from ?? null,
      to: known?.to ?? null,
      statements: there.length,
      people: new Set(there.map(({ person }) => person.id)).size,
      amount: money(there.reduce((sum, { amount }) => sum + amount, 0n)).amount,
    };
  };
  const others = ["below", "above", "none", "blocked"].map((place) => tierOf(place, null)).filter(({ statements }) => statements > 0);
  const curve = curveOf(component);
  const points = placed.filter(({ x, view }) => x !== null && view.summary.target_bonus !== null);
  return {
    code: component.code,
    name_zh: component.name.zh,
    name_en: component.name.en,
    by: curve.by,
    money: measuresMoney(component),
    tiers: [...component.rate.tiers.map((_, number) => tierOf("tier", number)), ...others],
    curve: curve.points,
    points: points.map(({ person, period, x, amount, view }) => ({
      name: person.name,
      period,
      x: curve.by === "attainment" ? ((x ?? 0) * 100).toFixed(4) : (x ?? 0).toFixed(2),
      drawn: curve.by === "amount" ? money(amount).amount : ((Number(amount) * 10_000) / Number(minor(view.summary.target_bonus?.amount ?? "1.00"))).toFixed(2),
      payout: money(amount).amount,
    })),
    point_count: points.length,
    scaled_by: curve.by === "amount" ? "none" : "target",
  };
}

function planCost(run: Run, sold: bigint, budget: bigint | null): WhatIfPlan {
  const total = totalOf(run.views);
  return {
    code: run.plan.code,
    name_zh: run.plan.name.zh,
    name_en: run.plan.name.en,
    kind: run.plan.period,
    total: money(total).amount,
    cost_of_sales: sold > 0n ? `${total}/${sold}` : null,
    budget_left: budget === null ? null : money(budget - total).amount,
    paid: run.views.filter(({ view }) => payoutOf(view) > 0n).length,
    blocked: run.views.filter(({ view }) => view.summary.blocked).length,
    statements: run.views.length,
    components: run.plan.components.map((_, at) => componentOf(run, at)),
  };
}

function compared(world: World, from: string, to: string, runs: readonly Run[], budgetText: string | null): WhatIf {
  const budget = budgetText === null ? null : minor(`${budgetText}${budgetText.includes(".") ? "" : ".00"}`);
  const months = periods("month", from, to).filter(({ start }) => start <= TODAY);
  const salesIn = (start: string, end: string) =>
    world.deals.filter(({ stage, closed }) => stage === "won" && closed !== null && closed >= start && closed < end).reduce((sum, deal) => sum + (deal.minor ?? 0n), 0n);
  const sold = salesIn(from, to);
  const due = months.filter(({ end }) => runs.some(({ keys }) => keys.some((key) => daysIn(key).to === end)));
  const share = (key: string) => {
    const at = due.findIndex((one) => one.key === key);
    if (budget === null || at < 0) return null;
    const count = BigInt(due.length);
    return money(budget / count + (BigInt(at) < budget % count ? 1n : 0n)).amount;
  };
  const people: WhatIfPerson[] = world.people.map((person) => {
    const own = runs.map(({ views }) => views.filter((one) => one.person.id === person.id));
    const totals = own.map(totalOf);
    return {
      person: person.id,
      name: person.name,
      staff_number: person.staff,
      team: world.units.find(({ id }) => id === person.team)?.name ?? null,
      totals: totals.map((total) => money(total).amount),
      differences: totals.slice(1).map((total) => money(total - (totals[0] ?? 0n)).amount),
      periods: own.map((views) => views.map(({ period, view }) => ({ period, payout: view.summary.payout.amount, blocked: view.summary.blocked }))),
    };
  });
  const size = (row: WhatIfPerson) => Math.max(0, ...row.differences.map((one) => Math.abs(Number(one))));
  return {
    currency: "CNY",
    from,
    to,
    budget: budget === null ? null : money(budget).amount,
    sales: money(sold).amount,
    plans: runs.map((run) => planCost(run, sold, budget)),
    months: months.map(({ key, start, end }) => ({
      month: key,
      costs: runs.map(({ views }) => money(totalOf(views.filter(({ period }) => daysIn(period).to === end))).amount),
      sales: money(salesIn(start, end)).amount,
      budget: share(key),
    })),
    comparisons: runs.slice(1).map((_, at) => {
      const all = people.map((row) => minor(row.differences[at] ?? "0.00"));
      const sum = (of: (one: bigint) => boolean) => money(all.filter(of).reduce((total, one) => total + one, 0n)).amount;
      return {
        plan: at + 1,
        difference: sum(() => true),
        gain: all.filter((one) => one > 0n).length,
        lose: all.filter((one) => one < 0n).length,
        same: all.filter((one) => one === 0n).length,
        gained: sum((one) => one > 0n),
        lost: sum((one) => one < 0n),
      };
    }),
    people: people.toSorted((a, b) => size(b) - size(a)),
    people_count: people.length,
    notes: [{ code: "what_if_as_now", params: {} }],
  };
}

export const bonusIfHandlers = {
  explain_deal_bonus: ({ deal: id, amount, closed_on, person }, { world }) => {
    const deal = world.deals.find((one) => one.id === id);
    if (!deal) throw refuse("not_found", { what: "deal", value: id });
    if (deal.stage !== "open") throw refuse("deal_closed", { deal: id, stage: deal.stage });
    const plan = planOf(world);
    const day = closed_on ?? TODAY;
    const period = periodOf(plan, day);
    const answer = { deal: id, label: id, period, closed_on: day, list_price: money(5_000_00n), plan_name_zh: plan.name.zh, plan_name_en: plan.name.en };
    if (amount === null) {
      return { ...answer, amount: null, people: [], notes: [{ code: "deal_amount_needed", params: { deal: id } }] };
    }
    const won = { ...world, deals: world.deals.map((one) => (one.id === id ? { ...one, stage: "won" as const, closed: day, minor: minorOf(amount) } : one)) };
    const owner = world.people.find((one) => one.id === deal.person && (person === null || person === one.id));
    return { ...answer, amount: money(minorOf(amount)), people: owner ? [payOf(world, won, owner, period)] : [], notes: [] };
  },
  get_expected_earnings: ({ person: asked, year }, { world }) => {
    const person = world.people.find(({ id }) => id === (asked ?? world.personal.owner?.person));
    if (!person) throw refuse("earnings_nobody");
    const rows = periodsBetween(planOf(world), `${year}-01-01`, `${year + 1}-01-01`).map((period) => earningsOf(world, person, period));
    const sum = (of: (row: EarningsPeriod) => string | undefined) => rows.reduce((total, row) => total + minor(of(row) ?? "0.00"), 0n);
    const kept = sum((row) => (row.state === "kept" ? row.so_far?.amount : undefined));
    const soFar = sum((row) => (row.state === "kept" ? undefined : row.so_far?.amount));
    const expected = sum((row) => row.expected?.amount);
    return {
      person: person.id,
      name: person.name,
      year,
      as_of: TODAY,
      periods: rows,
      kept: money(kept),
      so_far: money(soFar),
      expected: money(expected),
      total: money(kept + soFar + expected),
      incomplete: rows.some(({ blocked }) => blocked),
      notes: [{ code: "earnings_by_landing", params: { date: TODAY } }],
    };
  },
  simulate_bonus: async ({ plans, from, to, budget }, { world, work }) => {
    await work([["calculating", 12]]);
    const [first, last] = [daysIn(from).from, daysIn(to).to];
    const others = plans.filter((text) => text.trim() !== "").map(readAny);
    const runs = [planOf(world), ...others].map((plan) => runOf(world, plan, first, last));
    return compared(world, first, last, runs, budget);
  },
  copy_what_if: () => null,
} satisfies Partial<Handlers>;
