/** Rounds of a goal, comments, publication and confirmations of the fake: all of it for HR, the own number for a personal file. */
import type {
  ConfirmationState,
  GoalAdjustmentInfo,
  GoalCommentRow,
  GoalConfirmationRow,
  GoalProposalInfo,
  GoalPublicationInfo,
  GoalRoundInfo,
  GoalRoundRow,
  GoalRoundStep,
  GoalSubmissionInfo,
  Message,
} from "../generated";
import { money, type World } from "./company";
import { refuse, type Handlers } from "./fake";
import { applyEdit, copyOf, nameOf, newest, sumOf, under, weeksOf } from "./goalBook";
import { open, planId, planInfo, shown, treeOf, yearOf, type Node, type Opened } from "./goalGrid";
import { wonBetween } from "./goals";
import { note } from "./history";

interface FakeConfirmed {
  hash: string;
  amount: string;
  at: string;
  onPaper: boolean;
}

/** What was agreed on of one year's goal. */
export interface FakeAgreed {
  round: Pick<GoalRoundInfo, "id" | "people_due" | "managers_due" | "opened_at" | "closed_at"> | null;
  proposals: Map<string, GoalProposalInfo>;
  adjustments: Map<string, GoalAdjustmentInfo>;
  submissions: Map<string, GoalSubmissionInfo>;
  comments: GoalCommentRow[];
  publication: (GoalPublicationInfo & { numbers: string }) | null;
  confirmed: Map<string, FakeConfirmed>;
}

const NOW = "2026-11-24T06:00:00Z";

interface Looked extends Opened {
  year: number;
  agreed: FakeAgreed;
}

function look(world: World, year: number): Looked {
  const opened = open(world, year);
  if (!opened) throw refuse(world.goals.has(year) ? "goal_not_split_yet" : "no_goal_set", { metric: "won_amount", year: String(year) });
  opened.goal.agreed ??= {
    round: null,
    proposals: new Map(),
    adjustments: new Map(),
    submissions: new Map(),
    comments: [],
    publication: null,
    confirmed: new Map(),
  };
  return { ...opened, year, agreed: opened.goal.agreed };
}

/** The year whose round has this id, while it is open. */
function inRound(world: World, id: string): Looked {
  for (const year of world.goals.keys()) {
    const round = world.goals.get(year)?.agreed?.round;
    if (round?.id !== id) continue;
    if (round.closed_at) throw refuse("goal_round_closed", { year: String(year) });
    return look(world, year);
  }
  throw refuse("not_found", { what: "goal_round", value: id });
}

function inForce(world: World, plan: string): Looked {
  const year = yearOf(plan);
  const looked = look(world, year);
  const now = newest(looked.book);
  if (plan !== planId(year, now)) {
    throw refuse("goal_version_old", { version: plan.split("-").at(-1) ?? "", newest: String(now.version), year: String(year) });
  }
  return looked;
}

function unitOf(world: World, id: string): string {
  return world.people.find((person) => person.id === id)?.team ?? id;
}

/** The unit with which another is handed in: itself or one above. */
function holder(world: World, agreed: FakeAgreed, unit: string | null): string | null {
  if (unit === null) return null;
  if (agreed.submissions.get(unit)?.state === "submitted") return unit;
  return holder(world, agreed, world.units.find(({ id }) => id === unit)?.parent ?? null);
}

function requireOpen(world: World, agreed: FakeAgreed, id: string): void {
  const by = holder(world, agreed, unitOf(world, id));
  if (by !== null) throw refuse("goal_submitted", { unit: nameOf(world, by) });
}

const minorOf = (amount: string) => BigInt(Math.round(Number(amount) * 100));

function numberOf(agreed: FakeAgreed, person: string): bigint | null {
  const amount = (agreed.adjustments.get(person) ?? agreed.proposals.get(person))?.amount;
  return amount === undefined ? null : minorOf(amount);
}

function readAmount(text: string): string {
  const amount = text.trim();
  if (!/^-?\d+(\.\d{1,2})?$/.test(amount)) throw refuse("input", { field: "amount", value: text, expected: "an amount" });
  if (amount.startsWith("-")) throw refuse("goal_proposal_negative", { amount: `${amount} CNY` });
  return money(minorOf(amount)).amount;
}

function goalOf({ book, year }: Looked, people: readonly string[]): bigint {
  return sumOf(newest(book), people, weeksOf(book, String(year)));
}

function sums(looked: Looked, people: readonly string[]) {
  const goals = people.map((person) => ({ goal: goalOf(looked, [person]), number: numberOf(looked.agreed, person) }));
  const said = goals.filter(({ number }) => number !== null);
  const total = (values: (bigint | null)[]) => values.reduce<bigint>((a, b) => a + (b ?? 0n), 0n);
  const goal = total(goals.map((one) => one.goal));
  const bottomUp = total(said.map(({ number }) => number));
  const gap = bottomUp - total(said.map((one) => one.goal));
  return { goal, bottomUp, gap, said: said.length };
}

function rowOf(world: World, looked: Looked, { node, expanded }: { node: Node; expanded: boolean }): GoalRoundRow {
  const { agreed, year } = looked;
  const people = under(world, node.unit);
  const { goal, bottomUp, gap, said } = sums(looked, people);
  const missing = people.filter((person) => numberOf(agreed, person) === null);
  const readOnly = holder(world, agreed, unitOf(world, node.unit)) !== null;
  const isPerson = node.level === "person";
  const isOpen = agreed.round !== null && agreed.round.closed_at === null;
  const last = wonBetween(world, world.people.filter(({ id }) => people.includes(id)), `${year - 1}-01-01`, `${year}-01-01`);
  const owner = world.personal.owner?.person;
  const due = isPerson ? agreed.round?.people_due : agreed.round?.managers_due;
  return {
    unit: node.unit,
    name: node.name,
    ...(node.staff !== undefined && { staff_number: node.staff }),
    level: node.level,
    depth: node.depth,
    parent: node.parent,
    children: node.parts.length,
    expanded,
    goal: money(goal).amount,
    proposal: (isPerson && agreed.proposals.get(node.unit)) || null,
    adjustment: (isPerson && agreed.adjustments.get(node.unit)) || null,
    bottom_up: said > 0 ? money(bottomUp).amount : null,
    expected: money(goal + gap).amount,
    gap: said > 0 ? money(gap).amount : null,
    people: people.length,
    missing: missing.length,
    missing_names: missing.slice(0, 20).map((person) => nameOf(world, person)),
    last_year: year - 1 >= 2024 ? money(last).amount : null,
    growth: last > 0n ? `${goal}/${last}` : null,
    growth_expected: last > 0n ? `${goal + gap}/${last}` : null,
    submission: agreed.submissions.get(node.unit) ?? null,
    read_only: readOnly,
    late: world.today > (due ?? world.today) && (isPerson ? missing.length > 0 : !readOnly),
    may: {
      propose: isOpen && isPerson && !readOnly && (owner === undefined || owner === node.unit),
      adjust: isOpen && isPerson && !readOnly && owner === undefined,
      submit: isOpen && !isPerson && !readOnly && owner === undefined,
      send_back: isOpen && owner === undefined && agreed.submissions.get(node.unit)?.state === "submitted",
    },
    comments: agreed.comments.filter(({ unit }) => unit === node.unit).length,
  };
}

function infoOf(world: World, looked: Looked): GoalRoundInfo | null {
  const { agreed, year } = looked;
  if (!agreed.round) return null;
  const people = under(world, "u-company");
  const { said } = sums(looked, people);
  const teams = world.units.filter(({ id }) => world.people.some(({ team }) => team === id));
  return {
    ...agreed.round,
    metric: "won_amount",
    year,
    people: people.length,
    said,
    missing: people.length - said,
    teams_submitted: teams.filter(({ id }) => holder(world, agreed, id) !== null).length,
    teams: teams.length,
  };
}

function info(world: World, looked: Looked): GoalRoundInfo {
  return infoOf(world, looked) as GoalRoundInfo;
}

function nodeOf(world: World, unit: string): Node {
  const walk = (node: Node): Node[] => [node, ...node.parts.flatMap(walk)];
  const root = treeOf(world);
  const found = root && walk(root).find((node) => node.unit === unit);
  if (!found) throw refuse("not_found", { what: "unit", value: unit });
  return found;
}

function step(world: World, looked: Looked, unit: string, notes: Message[] = []): GoalRoundStep {
  return { row: rowOf(world, looked, { node: nodeOf(world, unit), expanded: false }), notes };
}

/** Names exactly the months of a person. */
function hashOf(looked: Looked, person: string): string {
  const months = monthsOf(looked, person).map(([, amount]) => amount);
  let hash = 7n;
  for (const char of `${person} ${months.join(" ")}`) hash = (hash * 31n + BigInt(char.codePointAt(0) ?? 0)) % 2n ** 256n;
  return hash.toString(16).padStart(64, "0");
}

function monthsOf({ book, year }: Looked, person: string): [string, string][] {
  return Array.from({ length: 12 }, (_, month) => {
    const key = `${year}-${String(month + 1).padStart(2, "0")}`;
    return [key, money(sumOf(newest(book), [person], weeksOf(book, key))).amount];
  });
}

function numbersOf(looked: Looked): string {
  return [...newest(looked.book).cells.keys()].map((person) => hashOf(looked, person)).join(" ");
}

function publicationOf(looked: Looked): GoalPublicationInfo | null {
  const kept = looked.agreed.publication;
  if (!kept || kept.plan !== planId(looked.year, newest(looked.book))) return null;
  const { numbers, ...publication } = kept;
  return { ...publication, unchanged: numbers === numbersOf(looked) };
}

function confirmationOf(world: World, looked: Looked, person: string): GoalConfirmationRow {
  const found = world.people.find(({ id }) => id === person);
  if (!found) throw refuse("not_found", { what: "person", value: person });
  const hash = hashOf(looked, person);
  const last = looked.agreed.confirmed.get(person);
  const state: ConfirmationState = !last ? "open" : last.hash === hash ? "confirmed" : "changed";
  return {
    person,
    name: found.name,
    staff_number: found.staff,
    unit: nameOf(world, found.team),
    amount: money(goalOf(looked, [person])).amount,
    hash,
    state,
    confirmed_at: last?.at ?? null,
    confirmed_by: last ? "local" : null,
    on_paper: last?.onPaper ?? false,
  };
}

/** The person asked for; the owner of a personal file without one. */
function asked(world: World, person: string | undefined): string {
  const own = person ?? world.personal.owner?.person;
  if (own === undefined) throw refuse("own_person_needed");
  return own;
}

function letters(world: World, looked: Looked, people: readonly string[]) {
  return { folder: "/home/letters", files: people.map((person) => `${looked.year} - ${nameOf(world, person)}.pdf`), failed: [] };
}

export const goalRoundHandlers = {
  open_goal_round: ({ year, people_due, managers_due }, { world, changed }) => {
    const looked = look(world, year);
    if (looked.agreed.round && !looked.agreed.round.closed_at) throw refuse("goal_round_open", { year: String(year) });
    if (managers_due < people_due) throw refuse("goal_round_days", { people: people_due, managers: managers_due });
    looked.agreed.round = { id: `r-${year}`, people_due, managers_due, opened_at: NOW, closed_at: null };
    changed("goals", "history");
    return info(world, looked);
  },
  set_goal_round_days: ({ round, people_due, managers_due }, { world, changed }) => {
    const looked = inRound(world, round);
    if (managers_due < people_due) throw refuse("goal_round_days", { people: people_due, managers: managers_due });
    if (looked.agreed.round) Object.assign(looked.agreed.round, { people_due, managers_due });
    changed("goals", "history");
    return info(world, looked);
  },
  close_goal_round: ({ round }, { world, changed }) => {
    const looked = inRound(world, round);
    if (looked.agreed.round) looked.agreed.round.closed_at = NOW;
    changed("goals", "history");
    return info(world, looked);
  },
  get_goal_round: ({ year, expanded, search, offset, limit }, { world }) => {
    const nothing = { round: null, plan: null, currency: world.currency, can_run: world.personal.owner === null, rows: [], offset, total: 0, last_year_until: null };
    if (!open(world, year)) return nothing;
    const looked = look(world, year);
    const plan = planInfo(year, looked.goal, newest(looked.book));
    const round = infoOf(world, looked);
    const root = treeOf(world);
    if (!round || !root) return { ...nothing, plan };
    const rows = shown(root, { expanded, ...(search !== undefined && { search }) });
    return { ...nothing, round, plan, rows: rows.slice(offset, offset + limit).map((row) => rowOf(world, looked, row)), total: rows.length };
  },
  propose_goal: ({ round, person, amount, note: words }, { world, changed }) => {
    const looked = inRound(world, round);
    const own = asked(world, person);
    requireOpen(world, looked.agreed, own);
    looked.agreed.proposals.set(own, { amount: readAmount(amount), note: words?.trim() || null, author: "local", at: NOW });
    changed("goals", "history");
    return step(world, looked, own);
  },
  adjust_goal: ({ round, person, amount, reason }, { world, changed }) => {
    const looked = inRound(world, round);
    requireOpen(world, looked.agreed, person);
    if (reason.trim() === "") throw refuse("input", { field: "reason", value: "", expected: "1 to 4000 characters" });
    if (amount === null) looked.agreed.adjustments.delete(person);
    else looked.agreed.adjustments.set(person, { amount: readAmount(amount), reason: reason.trim(), author: "local", at: NOW });
    changed("goals", "history");
    return step(world, looked, person);
  },
  submit_goals: ({ round, unit, note: words }, { world, changed }) => {
    const looked = inRound(world, round);
    const by = holder(world, looked.agreed, unit);
    if (by === unit) throw refuse("goal_submitted_already", { unit: nameOf(world, unit), author: "local" });
    requireOpen(world, looked.agreed, unit);
    looked.agreed.submissions.set(unit, { state: "submitted", author: "local", note: words?.trim() || null, at: NOW });
    changed("goals", "history");
    const missing = under(world, unit).filter((person) => numberOf(looked.agreed, person) === null);
    const names = missing.map((person) => nameOf(world, person)).join(", ");
    return step(world, looked, unit, names ? [{ code: "goal_submitted_missing", params: { unit: nameOf(world, unit), names } }] : []);
  },
  send_goals_back: ({ round, unit, reason }, { world, changed }) => {
    const looked = inRound(world, round);
    if (looked.agreed.submissions.get(unit)?.state !== "submitted") throw refuse("goal_not_submitted", { unit: nameOf(world, unit) });
    looked.agreed.submissions.set(unit, { state: "sent_back", author: "local", note: reason.trim(), at: NOW });
    changed("goals", "history");
    return step(world, looked, unit);
  },
  adopt_goals: ({ round, plan, unit, preview }, { world, changed }) => {
    const looked = inForce(world, plan);
    if (looked.agreed.round?.id !== round) throw refuse("not_found", { what: "goal_round", value: round });
    const { book, goal, year, agreed } = looked;
    const people = under(world, unit ?? "u-company");
    const before = newest(book);
    const after = copyOf(before);
    const taken = people.filter((person) => (numberOf(agreed, person) ?? goalOf(looked, [person])) !== goalOf(looked, [person]));
    if (taken.length === 0) throw refuse("goal_nothing_to_adopt", { unit: nameOf(world, unit ?? "u-company") });
    for (const person of taken) {
      const amount = money(numberOf(agreed, person) ?? 0n).amount;
      applyEdit({ world, book, version: after, frozenBefore: null }, { kind: "set", unit: person, period: String(year), amount, above: "grow" });
    }
    const moved = taken.map((person) => ({
      unit: person,
      name: nameOf(world, person),
      level: "person",
      period: String(year),
      before: money(sumOf(before, [person], weeksOf(book, String(year)))).amount,
      after: money(sumOf(after, [person], weeksOf(book, String(year)))).amount,
    }));
    if (!preview) {
      const put = (version: typeof after) => {
        book.versions = [...book.versions.slice(0, -1), version];
      };
      note(world, "edit_goal", { code: "change_edit_goal", params: { year: String(year), metric: "won_amount", version: String(after.version), what: "adopt" } }, [], () => put(before), () => put(after));
      put(after);
      changed("goals", "history");
    }
    const missing = people.filter((person) => numberOf(agreed, person) === null).map((person) => nameOf(world, person));
    return {
      edited: { plan: planInfo(year, goal, after), changed: taken.length, moved, moved_total: moved.length, notes: [] },
      people: taken.length,
      notes: missing.length > 0 ? [{ code: "goal_adopt_missing", params: { names: missing.join(", ") } }] : [],
    };
  },
  list_goal_comments: ({ year, unit }, { world }) => {
    const comments = world.goals.get(year)?.agreed?.comments ?? [];
    return comments.filter((one) => unit === undefined || one.unit === unit);
  },
  add_goal_comment: ({ plan, unit, words }, { world, changed }) => {
    const looked = inForce(world, plan);
    const { agreed, book } = looked;
    if (words.trim() === "") throw refuse("input", { field: "words", value: "", expected: "1 to 4000 characters" });
    agreed.comments.unshift({ id: `gc-${agreed.comments.length + 1}`, unit, name: nodeOf(world, unit).name, version: newest(book).version, author: "local", at: NOW, words: words.trim() });
    changed("goals", "history");
    return agreed.comments.filter((one) => one.unit === unit);
  },
  publish_goal: ({ plan }, { world, changed }) => {
    const looked = inForce(world, plan);
    const version = newest(looked.book).version;
    if (publicationOf(looked)?.unchanged) throw refuse("goal_published_already", { version: String(version), year: String(looked.year) });
    looked.agreed.publication = { plan, version, author: "local", at: NOW, unchanged: true, numbers: numbersOf(looked) };
    changed("goals", "history", "audit");
    return publicationOf(looked) as GoalPublicationInfo;
  },
  list_goal_versions: ({ year }, { world }) => {
    const opened = open(world, year);
    if (!opened) return [];
    const looked = look(world, year);
    const publication = publicationOf(looked);
    const people = [...newest(opened.book).cells.keys()];
    const confirmed = people.filter((person) => confirmationOf(world, looked, person).state === "confirmed").length;
    return opened.book.versions
      .map((version) => ({
        plan: planInfo(year, opened.goal, version),
        state: version.state,
        created_at: version.at,
        publication:
          publication?.plan === planId(year, version)
            ? { author: publication.author, at: publication.at, unchanged: publication.unchanged, confirmed, people: people.length }
            : null,
      }))
      .toReversed();
  },
  get_goal_confirmation: ({ year, person }, { world }) => {
    const looked = look(world, year);
    const own = asked(world, person);
    const row = confirmationOf(world, looked, own);
    return {
      plan: planInfo(year, looked.goal, newest(looked.book)),
      publication: publicationOf(looked),
      row,
      months: monthsOf(looked, own),
      confirmed_before: row.state === "changed" ? (looked.agreed.confirmed.get(own)?.amount ?? null) : null,
    };
  },
  confirm_goal: ({ plan, hash, person }, { world, changed }) => {
    const looked = inForce(world, plan);
    const own = asked(world, person);
    if (!publicationOf(looked)) throw refuse("goal_not_published", { version: String(newest(looked.book).version), year: String(looked.year) });
    const row = confirmationOf(world, looked, own);
    if (hash !== row.hash) throw refuse("goal_changed_meanwhile", { name: row.name, amount: `${row.amount} CNY` });
    if (row.state === "confirmed") throw refuse("goal_confirmed_already", { name: row.name, day: NOW.slice(0, 10) });
    looked.agreed.confirmed.set(own, { hash, amount: row.amount, at: NOW, onPaper: world.personal.owner?.person !== own });
    changed("goals", "history", "audit");
    return confirmationOf(world, looked, own);
  },
  list_goal_confirmations: ({ year, state, offset, limit }, { world }) => {
    const looked = look(world, year);
    const all = [...newest(looked.book).cells.keys()].map((person) => confirmationOf(world, looked, person));
    const count = (of: ConfirmationState) => all.filter((row) => row.state === of).length;
    const rows = all.filter((row) => state === undefined || row.state === state);
    return {
      plan: planInfo(year, looked.goal, newest(looked.book)),
      publication: publicationOf(looked),
      currency: world.currency,
      open: count("open"),
      confirmed: count("confirmed"),
      changed: count("changed"),
      rows: rows.slice(offset, offset + limit),
      offset,
      total: rows.length,
    };
  },
  export_goal_letter: ({ year, person }, { world }) => letters(world, look(world, year), [asked(world, person)]),
  export_goal_letters: async ({ year }, { world, work }) => {
    const looked = look(world, year);
    const people = [...newest(looked.book).cells.keys()];
    await work([["exporting", people.length]]);
    return letters(world, looked, people);
  },
} satisfies Partial<Handlers>;
