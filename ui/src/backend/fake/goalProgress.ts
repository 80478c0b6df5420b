/** Where somebody stands against a goal, on the fake: working days from Monday to Friday, results up to the last deal. */
import { children, containing, dayBefore, parsePeriod, periodLabel, type Period } from "../../components/period";
import { createI18n, type Language } from "../../i18n";
import type { GoalLight, GoalMetric, GoalProgress, Message, SmartAnswer } from "../generated";
import { calendarOf } from "./calendar";
import { money, type FakePerson, type World } from "./company";
import { refuse, type Handlers } from "./fake";
import { isKnown } from "./goalBlend";
import { note } from "./history";
import { goalOf, peopleOf, wonBetween } from "./goals";

const DAY_MS = 86_400_000;
/** Results are known to this day. */
const AS_OF = "2026-10-31";

function workingDays(start: string, end: string): number {
  let count = 0;
  for (let time = Date.parse(start); time < Date.parse(end); time += DAY_MS) {
    if (![0, 6].includes(new Date(time).getUTCDay())) count += 1;
  }
  return count;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

function lightOf(actual: bigint, toDate: bigint): GoalLight {
  return actual >= toDate ? "green" : actual * 100n >= toDate * 85n ? "amber" : "red";
}

const message = (code: string, params: Record<string, string>): Message => ({ code, params });

function smart(world: World, metric: GoalMetric, unit: string, name: string, goal: bigint, reachable: bigint, aim: string): SmartAnswer[] {
  const counted = countedIn(world, metric);
  const company = counted.goal(goalOf(world, world.people, "2026") ?? 0n);
  const whole = unit === "u-company";
  const share = company > 0n ? `${(Number((goal * 1000n) / company) / 10).toFixed(1)}%` : "";
  const answer = (criterion: string, light: GoalLight, said: Message, suggestions: Message[] = []): SmartAnswer => ({ criterion, light, said, suggestions });
  const likely = reachable >= goal;
  return [
    answer("specific", "green", message("smart_specific", { owner: name, metric, scope: world.company })),
    answer("measurable", "green", message("smart_measurable", { facts: "412", days: "1" })),
    answer(
      "achievable",
      likely ? "green" : "red",
      message("smart_achievable", { chance: likely ? "71.0%" : "18.0%" }),
      likely ? [] : [message("smart_suggest_amount", { chance: "50%", amount: counted.currency === "XXX" ? counted.text(reachable) : `${counted.text(reachable)} ${counted.currency}` })],
    ),
    answer(
      "relevant",
      aim ? "green" : "amber",
      message("smart_relevant", { ...(whole ? {} : { share }), ...(aim ? { aim } : {}) }),
      aim ? [] : [message("smart_suggest_relevant", { what: "aim" })],
    ),
    answer("time_bound", "green", message("smart_time_bound", { milestones: "4" })),
  ];
}

/** What a figure is counted in: its currency, how its numbers are written, what was made, and what is asked. */
interface Counted {
  currency: string;
  text: (value: bigint) => string;
  made: (people: readonly FakePerson[], start: string, end: string) => bigint;
  /** Of a goal of the won amount, which is the only one that the fake keeps. */
  goal: (minor: bigint) => bigint;
}

/** A deal of the fake stands for so much of the goal, in minor units. */
const A_DEAL = 1_000_000n;

function countedIn(world: World, metric: GoalMetric): Counted {
  const deals = (stage: "won" | "lost") => (people: readonly FakePerson[], start: string, end: string) => {
    const ids = new Set(people.map(({ id }) => id));
    return BigInt(world.deals.filter((deal) => deal.stage === stage && deal.closed !== null && deal.closed >= start && deal.closed < end && ids.has(deal.person)).length);
  };
  const nothing = () => 0n;
  const inMoney = { currency: world.currency, text: (value: bigint) => money(value).amount, goal: (minor: bigint) => minor };
  const inThings = { currency: "XXX", text: String, goal: (minor: bigint) => minor / A_DEAL };
  switch (metric) {
    case "won_amount":
      return { ...inMoney, made: (people, start, end) => wonBetween(world, people, start, end) };
    case "won_count":
    case "lost_count":
      return { ...inThings, made: deals(metric === "won_count" ? "won" : "lost") };
    case "new_customers":
    case "lost_customers":
    case "lead_count":
    case "interaction_count":
      return { ...inThings, made: nothing };
    default:
      return { ...inMoney, made: nothing };
  }
}

function progress(world: World, metric: GoalMetric, period: Period, unit: string, language: Language): GoalProgress {
  const person = world.people.find(({ id }) => id === unit);
  const own = world.units.find(({ id }) => id === unit);
  const people = person ? [person] : peopleOf(world, unit);
  const counted = countedIn(world, metric);
  const minor = goalOf(world, people, period.key);
  if (minor === null) throw refuse("goal_not_split_yet", { metric, year: String(period.year) });
  const goal = counted.goal(minor);
  const last = dayBefore(period.end);
  const asOf = AS_OF < last ? AS_OF : last;
  const next = dayAfter(asOf);
  const begun = period.start < next;
  const all = workingDays(period.start, period.end);
  const done = begun ? workingDays(period.start, next) : 0;
  const toDate = (goal * BigInt(done)) / BigInt(Math.max(1, all));
  const actual = begun ? counted.made(people, period.start, next) : 0n;
  const left = actual > goal ? 0n : goal - actual;
  const daysLeft = all - done;
  const expected = done > 0 ? (actual * BigInt(all)) / BigInt(done) : goal;
  const name = person?.name ?? own?.name ?? "";
  const { t } = createI18n(language);
  return {
    unit,
    name,
    level: person ? "person" : (own?.kind ?? "team"),
    period: period.key,
    period_label: periodLabel(period.key, t, language),
    currency: counted.currency,
    as_of: asOf,
    working_days: [done, all],
    goal: counted.text(goal),
    to_date: counted.text(toDate),
    actual: counted.text(actual),
    pace: toDate > 0n ? `${actual}/${toDate}` : null,
    no_pace: toDate > 0n ? null : begun ? "no_goal_to_date" : "not_begun",
    light: toDate > 0n ? lightOf(actual, toDate) : null,
    left: counted.text(left),
    days_left: daysLeft,
    today: daysLeft > 0 ? counted.text((left + BigInt(daysLeft) - 1n) / BigInt(daysLeft)) : null,
    landing:
      metric === "won_amount" && begun && daysLeft > 0
        ? { as_of: asOf, expected: money(expected).amount, lower: money((expected * 8n) / 10n).amount, upper: money((expected * 12n) / 10n).amount }
        : null,
    steps: children(period).map((step) => ({
      period: step.key,
      label: periodLabel(step.key, t, language),
      goal: counted.text(counted.goal(goalOf(world, people, step.key) ?? weekGoal(world, people, step))),
      actual: step.start < next ? counted.text(counted.made(people, step.start, step.end < next ? step.end : next)) : null,
      over: step.end <= next,
    })),
    smart: smart(world, metric, unit, name, goal, expected, world.goals.get(period.year)?.aim ?? ""),
    notes: asOf === AS_OF ? [message("progress_data_until", { day: AS_OF, days: "23" })] : [],
  };
}

/** A week's part of its month, by days. */
function weekGoal(world: World, people: Parameters<typeof goalOf>[1], week: Period): bigint {
  const month = goalOf(world, people, week.key.slice(0, 7)) ?? 0n;
  const whole = parsePeriod(week.key.slice(0, 7));
  if (!whole) return 0n;
  return (month * BigInt(workingDays(week.start, week.end))) / BigInt(Math.max(1, workingDays(whole.start, whole.end)));
}

/** A period of the company's own calendar: the calendar's own period of that kind in which it begins stands for it. */
function ofCalendar(world: World, key: string) {
  const year = Number(/^FY(\d{4})/.exec(key)?.[1]);
  const found = Number.isNaN(year) ? undefined : calendarOf(world, year).periods.find(({ period }) => period === key);
  return found ? containing(found.kind as "month", found.start) : null;
}

export const goalProgressHandlers = {
  get_goal_progress: ({ metric, period: key, unit, language }, { world }) => {
    const period = parsePeriod(key) ?? ofCalendar(world, key);
    if (!period || period.kind === "iso_week") throw refuse("input", { value: key, field: "period", expected: "periods of the goal" });
    if (!world.goals.has(period.year)) throw refuse("no_goal_set", { metric: "won_amount", year: String(period.year) });
    const asked = unit ?? world.personal.owner?.person ?? "u-company";
    if (!isKnown(world, asked)) throw refuse("not_found", { what: "unit", value: asked });
    return { ...progress(world, metric, period, asked, language), period: key };
  },
  get_goal_aim: ({ year }, { world }) => ({ aim: world.goals.get(year)?.aim ?? "" }),
  set_goal_aim: ({ year, aim }, { world, changed }) => {
    const goal = world.goals.get(year);
    if (!goal) throw refuse("no_goal_set", { metric: "won_amount", year: String(year) });
    if ([...aim.trim()].length > 200) throw refuse("input", { value: aim, field: "aim", expected: "at most 200 characters" });
    const before = goal.aim ?? "";
    goal.aim = aim.trim();
    note(world, "setting", { code: "change_setting", params: { key: "goal_aims" } }, [], () => {
      goal.aim = before;
    });
    changed("settings", "history");
    return { aim: goal.aim };
  },
} satisfies Partial<Handlers>;
