/** The fake's company: two departments, four teams, a dozen people, and three years of deals from a small generator. */
import { noAccounts, type FakeAccounts } from "./accounts";
import { nobodyAssigned, type FakeBonusPeople } from "./bonusPeople";
import { calendarYear, type CalendarSetting } from "./calendar";
import type { BatchInfo, GoalEdit, Message, Money, Preferences, TargetBonusRow, UnitKind } from "../generated";
import { noBook, type FakeBonusBook } from "./bonusBook";
import type { FakeBook, FakeVersion } from "./goalBook";
import type { FakeFactor } from "./goalBlend";
import { createKeeping, type Keeping } from "./keeping";
import type { FakeAgreed } from "./goalRounds";
import type { FakeSheet } from "./goalSheets";
import { nothingPersonal, type FakePersonal } from "./personal";

export type WorldState = "new" | "locked" | "empty" | "ready" | "unavailable";

export interface FakeUnit {
  id: string;
  parent: string | null;
  kind: UnitKind;
  name: string;
  manager: string | null;
}

export interface FakePerson {
  id: string;
  name: string;
  staff: string;
  team: string;
  /** Has left: carries no goal today, and one in the year before. */
  left?: true;
}

export interface FakeDeal {
  id: string;
  person: string;
  team: string;
  customer: string | null;
  customerType: string;
  product: string;
  stage: "won" | "lost" | "open";
  opened: string;
  closed: string | null;
  /** Minor units; null for open deals. */
  minor: bigint | null;
}

export interface FakeGoal {
  minor: bigint;
  version: number;
  splitBy: string | null;
  base: number | null;
  /** One a person, in their order; absent is equal. */
  weights?: bigint[];
  notes?: Message[];
  /** Its numbers by person and week, once they were looked at or changed. */
  book?: FakeBook;
  /** Versions before the one in force. */
  older?: FakeVersion[];
  /** Of a split by a blend: what each factor gave. */
  factors?: FakeFactor[];
  /** The aim of the company that it serves. */
  aim?: string;
  /** What was proposed, said, published and confirmed. */
  agreed?: FakeAgreed;
}

/** Everything the fake keeps. Handlers change it in place. */
export interface World {
  state: WorldState;
  company: string;
  currency: string;
  today: string;
  preferences: Preferences;
  accounts: FakeAccounts;
  units: FakeUnit[];
  people: FakePerson[];
  deals: FakeDeal[];
  batches: BatchInfo[];
  /** A folder is watched; files in it that are still written; files to be taken as new. */
  watched?: boolean;
  settling?: number;
  forgottenFiles?: string[];
  /** The order of sources, where one is stated. */
  sourceOrder?: string[];
  /** The source whose word a person took. */
  chosenSource?: string;
  targetBonuses: Map<string, Pick<TargetBonusRow, "per_quarter" | "from">>;
  calendar: CalendarSetting;
  /** Annual goals in minor units by year. */
  goals: Map<number, FakeGoal>;
  /** What the next workbook of goals has; null: the dialog is closed; absent: one changed number. */
  goalSheet?: FakeSheet | null;
  /** The workbook that was looked at. */
  goalSheetPicked?: { plan: string; file: string; edits: GoalEdit[] };
  /** Whether the opening dates of an import leave their order open. */
  openDates?: boolean;
  /** Percent of the tax that an earlier import took out of the deals' amounts. */
  taxRemembered?: string;
  /** Records come one in a window. */
  pagedFacts?: boolean;
  /** Everything imported was undone; what was made from it stays. */
  noFacts?: boolean;
  /** Records that stay when a batch is undone. */
  keptByUndo?: number;
  /** Rows that later batches repeated, by the batch that brought them. */
  repeats?: Record<string, Record<string, number>>;
  /** Newest first; of some people only, what it paid them, and what the run before it did. */
  bonusRuns: { id: string; period: string; at: string; people?: string[]; payouts?: Map<string, bigint>; before?: Map<string, bigint> }[];
  bonusBook: FakeBonusBook;
  /** The plan in force as JSON; null is the template. */
  bonusPlan: string | null;
  /** Versions that were saved, in their order. */
  planVersions: { version: number; from: string | null; document: string }[];
  /** Other plans of the company as JSON. */
  otherPlans: string[];
  bonusPeople: FakeBonusPeople;
  keeping: Keeping;
  personal: FakePersonal;
}

const TODAY = "2026-11-24";

export const UNITS: readonly FakeUnit[] = [
  { id: "u-company", parent: null, kind: "company", name: "云帆科技有限公司", manager: "周慧敏" },
  { id: "u-east", parent: "u-company", kind: "department", name: "华东大区", manager: "陈立" },
  { id: "u-south", parent: "u-company", kind: "department", name: "华南大区", manager: "黄志强" },
  { id: "u-sh1", parent: "u-east", kind: "team", name: "上海一组", manager: "许静" },
  { id: "u-hz", parent: "u-east", kind: "team", name: "杭州组", manager: "沈一鸣" },
  { id: "u-sz", parent: "u-south", kind: "team", name: "深圳组", manager: "梁嘉欣" },
  { id: "u-gz", parent: "u-south", kind: "team", name: "广州组", manager: "何俊" },
];

const NAMES = ["王伟", "李娜", "张敏", "刘洋", "陈静", "杨帆", "赵磊", "黄婷", "周杰", "吴倩", "徐浩", "王伟"];
const TEAMS = ["u-sh1", "u-sh1", "u-sh1", "u-hz", "u-hz", "u-hz", "u-sz", "u-sz", "u-sz", "u-gz", "u-gz", "u-gz"];
const CUSTOMERS = ["宏远贸易", "新禾食品", "联创电子", "海纳物流", "博雅教育", "万象零售", "长青医药", "启明软件", "金石建材", "蓝天旅游"];
const TYPES = ["零售", "制造", "服务", "政企"];
const PRODUCTS = ["企业版", "专业版", "标准版", "实施服务", "数据接口"];

/** Numerical Recipes' linear congruential generator: the same company every time. */
function generator(seed: number): (below: number) => number {
  let state = BigInt(seed);
  return (below) => {
    state = (state * 1_664_525n + 1_013_904_223n) % 4_294_967_296n;
    return Number((state * BigInt(below)) / 4_294_967_296n);
  };
}

function dayAfter(start: string, days: number): string {
  return new Date(Date.parse(`${start}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function makeDeals(people: readonly FakePerson[], count: number): FakeDeal[] {
  const next = generator(7);
  const start = "2024-01-01";
  const span = 1_035; // to 31 October 2026
  return Array.from({ length: count }, (_, index) => {
    const person = people[next(people.length)] ?? (people[0] as FakePerson);
    const opened = next(span);
    const closed = opened + 10 + next(60);
    const month = Number(dayAfter(start, closed).slice(5, 7));
    // Spring is slow, year ends are good.
    const season = [70, 55, 110, 95, 100, 125, 90, 95, 120, 85, 105, 140][month - 1] ?? 100;
    const open = closed > span;
    const won = next(100) < 62;
    return {
      id: `d-${index}`,
      person: person.id,
      team: person.team,
      customer: next(50) === 0 ? null : (CUSTOMERS[next(CUSTOMERS.length)] ?? null),
      customerType: TYPES[next(TYPES.length)] ?? "",
      product: PRODUCTS[next(PRODUCTS.length)] ?? "",
      stage: open ? "open" : won ? "won" : "lost",
      opened: dayAfter(start, opened),
      closed: open ? null : dayAfter(start, closed),
      minor: open ? null : won ? BigInt((2_000 + next(38_000)) * season) : 0n,
    } satisfies FakeDeal;
  });
}

/** A batch as the demo's first import left it. */
export const FIRST_BATCH: BatchInfo = {
  id: "b-1",
  source: "CRM",
  files: ["人员.csv", "客户.csv", "产品.csv", "商机.csv"],
  at: "2026-11-02T01:12:00Z",
  new_rows: 1_318,
  changed_rows: 0,
  unchanged_rows: 0,
  rejected_rows: 3,
  undone_at: null,
};

export function createWorld(state: WorldState): World {
  const world: World = {
    state,
    company: UNITS[0]?.name ?? "",
    currency: "CNY",
    today: TODAY,
    preferences: { language: null, theme: null },
    accounts: noAccounts(),
    units: [],
    people: [],
    deals: [],
    batches: [],
    targetBonuses: new Map(),
    calendar: calendarYear(),
    goals: new Map(),
    bonusRuns: [],
    bonusBook: noBook(),
    bonusPlan: null,
    planVersions: [],
    otherPlans: [],
    bonusPeople: nobodyAssigned(),
    keeping: createKeeping(),
    personal: nothingPersonal(),
  };
  if (state === "ready") fillWorld(world);
  return world;
}

/** Puts the company into an empty world. */
export function fillWorld(world: World): void {
  world.state = "ready";
  world.units = UNITS.map((unit) => ({ ...unit }));
  world.people = NAMES.map((name, index) => ({
    id: `p-${index + 1}`,
    name,
    staff: `YF${String(1_001 + index)}`,
    team: TEAMS[index] ?? "u-gz",
  }));
  world.deals = makeDeals(world.people, 1_200);
  world.batches = [{ ...FIRST_BATCH, files: [...FIRST_BATCH.files] }];
  for (const person of world.people.slice(0, 9)) {
    world.targetBonuses.set(person.id, { per_quarter: yuan("15000.00"), from: "2026-01-01" });
  }
  world.goals.set(2026, { minor: 480_000_000n, version: 1, splitBy: "history", base: 2025, weights: [9n, 8n, 7n, 11n, 10n, 6n, 8n, 7n, 9n, 10n, 12n, 5n] });
  world.goals.set(2025, { minor: 520_000_000n, version: 1, splitBy: "equal", base: null });
}

export function yuan(amount: string): Money {
  return { amount, currency: "CNY" };
}

/** Minor units as an amount. */
export function money(minor: bigint, currency = "CNY"): Money {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, "0");
  return { amount: `${minor < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`, currency };
}

/** The unit and all below it; the whole company for null. */
export function unitsBelow(world: World, unit: string | null): Set<string> {
  const found = new Set([unit ?? "u-company"]);
  for (const candidate of world.units) {
    if (candidate.parent && found.has(candidate.parent)) found.add(candidate.id);
  }
  return found;
}
