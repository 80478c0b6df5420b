/** Accounts of the fake: made, signed in and out, policies. Rights are those of `access/right.rs`. */
import type { AccountRow, Policies, Right, AccountRole, SignedIn } from "../generated";
import type { World } from "./company";
import { refuse, type Handlers } from "./fake";
import { status } from "./settings";

export interface FakeAccount extends AccountRow {
  password: string;
}

export interface FakeAccounts {
  all: FakeAccount[];
  /** Id of who is signed in. */
  me: string | null;
  policies: Policies;
}

export function noAccounts(): FakeAccounts {
  return { all: [], me: null, policies: { manager_sees_pay: false, board_amounts: false } };
}

const OF_ALL: readonly Right[] = ["nothing", "own_account", "see_organisation", "see_own_results", "see_own_pay", "export_reports"];
const OF_WRITERS: readonly Right[] = ["enter_follow_ups", "arrange_boards", "undo_own"];
const OF_MANAGER: readonly Right[] = [...OF_ALL, "see_team_results"];
const OF_AUDITOR: readonly Right[] = [
  ...OF_MANAGER,
  "see_all_results",
  "see_team_pay",
  "see_all_pay",
  "see_imports",
  "see_history",
  "see_audit",
  "verify",
  "see_accounts",
  "see_feedback",
];
const OF_HR: readonly Right[] = [
  ...OF_AUDITOR,
  ...OF_WRITERS,
  "personal_files",
  "share_boards",
  "set_goals",
  "propose_goals",
  "adjust_goals",
  "edit_bonus_plan",
  "run_bonus",
  "confirm_pay",
  "approve_team_bonus",
  "set_target_bonuses",
  "import_data",
  "undo_imports",
  "undo_changes",
  "edit_company",
  "back_up",
  "restore",
  "manage_keys",
  "manage_accounts",
];
const RIGHTS: Record<AccountRole, readonly Right[]> = {
  hr: OF_HR,
  manager: [...OF_MANAGER, ...OF_WRITERS, "share_boards", "propose_goals", "adjust_goals", "confirm_pay", "approve_team_bonus"],
  sales: [...OF_ALL, ...OF_WRITERS, "propose_goals", "confirm_pay"],
  auditor: OF_AUDITOR,
};

/** Who works with the window; null while somebody has to sign in. */
export function signedIn({ accounts, personal }: World): SignedIn | null {
  const { owner } = personal;
  if (owner) {
    const rights: Right[] = [...RIGHTS[owner.role], "back_up", "restore", "manage_keys", "verify"];
    return { account: null, name: null, role: owner.role, person: owner.person, rights };
  }
  if (accounts.all.length === 0) return { account: null, name: null, role: "hr", person: null, rights: [...OF_HR] };
  const me = accounts.all.find(({ id }) => id === accounts.me);
  if (!me) return null;
  return { account: me.id, name: me.name, role: me.role, person: me.person, rights: [...RIGHTS[me.role]] };
}

function rows({ accounts }: World): AccountRow[] {
  return accounts.all.map((one) => ({
    id: one.id,
    name: one.name,
    role: one.role,
    person: one.person,
    person_name: one.person_name,
    staff_number: one.staff_number,
    disabled: one.disabled,
  }));
}

function find({ accounts }: World, id: string): FakeAccount {
  const found = accounts.all.find((one) => one.id === id);
  if (!found) throw refuse("not_found", { what: "account", value: id });
  return found;
}

function personOf(world: World, id: string | null) {
  const person = world.people.find((one) => one.id === id);
  return { person: id, person_name: person?.name ?? null, staff_number: person?.staff ?? null };
}

export const accountHandlers = {
  sign_in: ({ name, password }, { world }) => {
    const found = world.accounts.all.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
    if (!found || found.password !== password) throw refuse("sign_in_failed");
    if (found.disabled) throw refuse("account_disabled", { name: found.name });
    world.accounts.me = found.id;
    return status(world);
  },
  sign_out: (_, { world }) => {
    world.accounts.me = null;
    return status(world);
  },
  change_password: (args, { world }) => {
    const me = find(world, world.accounts.me ?? "");
    if (me.password !== args.old) throw refuse("sign_in_failed");
    me.password = args.new;
    return null;
  },
  list_accounts: (_, { world }) => rows(world),
  add_account: ({ name, role, person, password }, { world, changed }) => {
    if (world.accounts.all.some((one) => one.name.toLowerCase() === name.toLowerCase())) throw refuse("account_name_taken", { name });
    const id = `a-${world.accounts.all.length + 1}`;
    world.accounts.all.push({ id, name, role, ...personOf(world, person), disabled: false, password });
    if (world.accounts.all.length === 1) world.accounts.me = id;
    changed("accounts");
    return rows(world);
  },
  set_account_role: ({ account, role, person }, { world, changed }) => {
    const hr = world.accounts.all.filter((one) => one.role === "hr" && !one.disabled);
    const found = find(world, account);
    if (role !== "hr" && hr.length === 1 && hr[0] === found) throw refuse("last_hr_account", { name: found.name });
    Object.assign(found, { role, ...personOf(world, person) });
    changed("accounts");
    return rows(world);
  },
  reset_password: ({ account, password }, { world, changed }) => {
    find(world, account).password = password;
    changed("accounts");
    return rows(world);
  },
  set_account_disabled: ({ account, disabled }, { world, changed }) => {
    find(world, account).disabled = disabled;
    changed("accounts");
    return rows(world);
  },
  get_policies: (_, { world }) => world.accounts.policies,
  set_policies: (policies, { world, changed }) => {
    world.accounts.policies = policies;
    changed("settings");
    return policies;
  },
} satisfies Partial<Handlers>;
