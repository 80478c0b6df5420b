/** Status, preferences, demo company, target bonuses, organisation. */
import { signedIn } from "./accounts";
import { createWorld, fillWorld } from "./company";
import type { World } from "./company";
import type { Status, TargetBonusRow } from "../generated";
import { refuse, type Handlers } from "./fake";
import { nameField, note } from "./history";

/** What the frame shows. */
export function status(world: World): Status {
  const signed_in = signedIn(world);
  const ready = world.state === "ready" && !world.keeping.locked && signed_in !== null;
  const live = world.batches.filter((batch) => !batch.undone_at);
  const open = world.state === "ready" || world.state === "empty";
  return {
    state: world.keeping.locked ? "locked" : signed_in === null && open ? "signed_out" : world.state,
    problem: problem(world),
    warnings: [],
    keyring: false,
    lock_after_minutes: world.keeping.lockAfter,
    encrypted: world.keeping.passphrase !== null,
    version: "0.1.0",
    company: ready ? world.company : null,
    currency: world.currency,
    currency_fixed: ready,
    data_up_to: ready && !world.noFacts ? "2026-10-31" : null,
    data_from: ready ? "2024-01-11" : null,
    last_batch: signed_in ? (live.at(-1) ?? null) : null,
    default_period: ready ? "2026-Q3" : null,
    today: world.today,
    preferences: world.preferences,
    signed_in: world.state === "unavailable" ? null : signed_in,
    personal: world.personal.owner,
  };
}

function problem({ state, keeping }: World): Status["problem"] {
  const path = keeping.present;
  if (keeping.locked) return { code: "app_locked", params: { path } };
  if (state === "new") return { code: "encryption_choice", params: { path } };
  if (state === "locked") return { code: "passphrase_needed", params: { path } };
  if (state !== "unavailable") return null;
  if (keeping.damaged) return { code: "store_damaged", params: { path } };
  return { code: "store_newer", params: { found: "9", known: "1" } };
}

/** `8000.5` as the program writes it: `8000.50`. */
function withCents(amount: string): string {
  const [whole, cents = ""] = amount.split(".");
  return `${whole}.${cents.padEnd(2, "0")}`;
}

function targetBonuses(world: World): TargetBonusRow[] {
  return world.people.map((person) => ({
    person: person.id,
    record: world.targetBonuses.has(person.id) ? `tb-${person.id}` : null,
    name: person.name,
    staff_number: person.staff,
    team: world.units.find((unit) => unit.id === person.team)?.name ?? null,
    per_quarter: world.targetBonuses.get(person.id)?.per_quarter ?? null,
    from: world.targetBonuses.get(person.id)?.from ?? null,
  }));
}

export const settingsHandlers = {
  get_status: (_, { world }) => status(world),
  set_preferences: (preferences, { world, changed }) => {
    if (world.state === "unavailable") throw refuse("store_unavailable");
    world.preferences = preferences;
    changed("settings");
    return preferences;
  },
  rename_company: ({ name }, { world, changed }) => {
    const before = world.company;
    note(world, "organisation", { code: "change_organisation", params: { name, records: "1" } }, [nameField(before, name)], () => {
      world.company = before;
      for (const unit of world.units) if (!unit.parent) unit.name = before;
    });
    world.company = name;
    for (const unit of world.units) if (!unit.parent) unit.name = name;
    changed("organisation", "settings", "history");
    return status(world);
  },
  create_demo: async (args, { world, changed, work }) => {
    await work([
      ["generating", args.deals],
      ["writing", args.deals],
      ["rollups", args.deals],
    ]);
    fillWorld(world);
    world.batches = [{ ...createWorld("ready").batches[0]!, source: "demo", new_rows: args.deals, rejected_rows: 0 }];
    changed("organisation", "facts", "goals", "bonus", "settings", "batches");
    return status(world);
  },
  verify_store: () => ({
    ok: true,
    head: null,
    checks: ["integrity", "references", "deals", "rollups", "rows", "change_log", "audit"].map((name) => ({ name, ok: true, known: true, detail: null })),
  }),
  list_target_bonuses: (_, { world }) => targetBonuses(world),
  set_target_bonuses: (args, { world, changed }) => {
    const people = args.people.length > 0 ? args.people : world.people.map((person) => person.id);
    for (const person of people) {
      world.targetBonuses.set(person, {
        per_quarter: { amount: withCents(args.per_quarter), currency: world.currency },
        from: args.from,
      });
    }
    changed("bonus");
    return targetBonuses(world);
  },
  get_organisation: (_, { world }) => ({
    units: world.units.map((unit) => ({ ...unit })),
    people: world.people.map((person) => ({
      id: person.id,
      name: person.name,
      staff_number: person.staff,
      team: person.team,
      carries_goal: !person.left,
    })),
  }),
} satisfies Partial<Handlers>;
