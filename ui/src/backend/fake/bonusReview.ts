/** What stands out in the fake's run, and its teams. */
import { parsePeriod, shift } from "../../components/period";
import type { Anomaly, BonusRun, Money, StatementSummary, TeamApproval } from "../generated";
import { signedIn } from "./accounts";
import { heldIn, inSight, ledBy, sinceSubmit, type FakeStep } from "./bonusBook";
import { minorOf, statement } from "./bonusStatement";
import { money, unitsBelow, type World } from "./company";

export function anomaliesOf(world: World, run: BonusRun): Anomaly[] {
  const before = payoutsBefore(world, run.period);
  const last = world.bonusRuns.find(({ id }) => id === run.id)?.before;
  return run.statements.flatMap((one) => [...byItself(one, before?.get(one.person)), ...compared(one, "jump", before?.get(one.person)), ...compared(one, "changed", last?.get(one.person))]);
}

function payoutsBefore(world: World, period: string): Map<string, bigint> | null {
  const parsed = parsePeriod(period);
  if (!parsed) return null;
  const key = shift(parsed, -1).key;
  return new Map(world.people.map((person) => [person.id, minorOf(statement(world, person, key).summary.payout.amount)]));
}

function flag(one: StatementSummary, kind: string, params: Record<string, string>, before: Money | null = null): Anomaly {
  return { person: one.person, name: one.name, kind, message: { code: `anomaly_${kind}`, params }, payout: one.payout, before };
}

function byItself(one: StatementSummary, before: bigint | undefined): Anomaly[] {
  const minor = minorOf(one.payout.amount);
  if (one.blocked) return [flag(one, "blocked", {})];
  if (minor < 0n) return [flag(one, "negative", { payout: one.payout.amount })];
  return minor === 0n && before !== undefined && before > 0n ? [flag(one, "zero", { before: money(before).amount }, money(before))] : [];
}

/** A jump is twice the payout before, or half of it; a run before knows every change. */
function compared(one: StatementSummary, kind: "jump" | "changed", before: bigint | undefined): Anomaly[] {
  if (before === undefined || one.blocked) return [];
  const now = minorOf(one.payout.amount);
  const jumped = before > 0n && now > 0n && (now >= before * 2n || now * 2n <= before);
  const flagged = kind === "changed" ? now !== before : jumped;
  return flagged ? [flag(one, kind, { payout: one.payout.amount, before: money(before).amount }, money(before))] : [];
}

/** Teams with the sums of the run that are in sight, and who approved them. */
export function teamsOf(world: World, run: BonusRun | null, steps: readonly FakeStep[], open: boolean): TeamApproval[] {
  const seen = new Set(inSight(world).map(({ id }) => id));
  const led = new Set(ledBy(world).flatMap((unit) => [...unitsBelow(world, unit)]));
  const waiting = new Set(heldIn(steps).map(({ person }) => person));
  const approvals = sinceSubmit(steps).filter(({ kind }) => kind === "approve_team");
  return world.units.flatMap((unit) => {
    const people = world.people.filter(({ id, team }) => team === unit.id && seen.has(id));
    const own = run?.statements.filter(({ person }) => people.some(({ id }) => id === person)) ?? [];
    if (own.length === 0) return [];
    const approval = approvals.find((step) => step.unit === unit.id);
    return [
      {
        unit: unit.id,
        name: unit.name,
        people: own.length,
        total: money(own.filter(({ person }) => !waiting.has(person)).reduce((sum, one) => sum + minorOf(one.payout.amount), 0n)),
        approved_by: approval?.by ?? null,
        at: approval?.at ?? null,
        may_approve: open && !approval && led.has(unit.id),
        in_place: signedIn(world)?.role === "hr",
      },
    ];
  });
}
