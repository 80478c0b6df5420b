/** Keys, lock, backups, several stores. */
import { refuse, type Handlers } from "./fake";
import { status } from "./settings";
import type { World } from "./company";
import type { BackupState, KeyState, RestoredKeys } from "../generated";

/** The only passphrase that a new world knows. */
export const PASSPHRASE = "correct horse";
const CODE = "7K2M-0Q9D-XW4T-1B6N-8RZ5-3FHG-PC0A";

export interface Keeping {
  /** What opens the store; null: it is not encrypted. */
  passphrase: string | null;
  recovery: string | null;
  locked: boolean;
  /** The file that cannot be opened is damaged, not only newer. */
  damaged: boolean;
  /** The backup that is picked is not encrypted. */
  plainBackup: boolean;
  lockAfter: number | null;
  settings: BackupState["settings"];
  stores: { path: string; name: string }[];
  present: string;
}

export function createKeeping(): Keeping {
  return {
    passphrase: PASSPHRASE,
    recovery: null,
    locked: false,
    damaged: false,
    plainBackup: false,
    lockAfter: null,
    settings: { daily: true, days: 7, weeks: 4 },
    stores: [
      { path: "/data/yunfan", name: "yunfan" },
      { path: "/data/haifeng", name: "haifeng" },
    ],
    present: "/data/yunfan",
  };
}

function keyState({ keeping }: World): KeyState {
  return {
    encrypted: keeping.passphrase !== null,
    keyring: "absent",
    passphrase_since: keeping.passphrase && "2026-11-01T08:00:00Z",
    recovery_since: keeping.recovery && "2026-11-24T08:00:00Z",
  };
}

function backupState({ keeping }: World): BackupState {
  return { settings: keeping.settings, folder: `${keeping.present}/backups`, newest: "2026-11-24", count: 8, failed: null };
}

function prove(world: World, current: string | null): void {
  const { passphrase, recovery } = world.keeping;
  if (passphrase === null && recovery === null) return;
  if (current === null) throw refuse("current_passphrase_needed");
  if (current !== passphrase && current !== recovery) throw refuse("wrong_passphrase", { path: world.keeping.present });
}

/** The backup of the fake is of another store: what opens it is its own. */
function restoredKeys({ keeping }: World): RestoredKeys | null {
  return keeping.plainBackup ? null : { stayed: false, passphrase_since: "2026-11-02T09:00:00Z", recovery_since: null };
}

export const keepingHandlers = {
  create_store: ({ passphrase, plain }, { world, changed }) => {
    if (world.state !== "new") throw refuse("store_already_there", { path: world.keeping.present });
    world.keeping.passphrase = plain ? null : (passphrase ?? null);
    world.state = "empty";
    changed("settings");
    return status(world);
  },
  unlock_store: ({ secret }, { world, changed }) => {
    prove(world, secret);
    world.keeping.locked = false;
    if (world.state === "locked") world.state = "empty";
    changed("settings", "organisation", "facts");
    return status(world);
  },
  get_key_state: (_, { world }) => keyState(world),
  set_passphrase: (args, { world, changed }) => {
    prove(world, args.current);
    world.keeping.passphrase = args.new;
    changed("settings");
    return keyState(world);
  },
  make_recovery_code: ({ current }, { world, changed }) => {
    prove(world, current);
    world.keeping.recovery = CODE;
    changed("settings");
    return { code: CODE };
  },
  hand_over: (args, { world, changed }) => {
    prove(world, args.current);
    world.keeping.passphrase = args.new;
    world.keeping.recovery = CODE;
    changed("settings");
    return { code: CODE };
  },
  lock_app: (_, { world }) => {
    world.keeping.locked = true;
    return status(world);
  },
  set_lock: ({ minutes }, { world, changed }) => {
    world.keeping.lockAfter = minutes;
    changed("settings");
    return status(world);
  },
  backup_store: () => ({ file: "yeji-2026-11-24.yejibackup" }),
  get_backup_state: (_, { world }) => backupState(world),
  set_backup_settings: (settings, { world, changed }) => {
    world.keeping.settings = settings;
    changed("settings");
    return backupState(world);
  },
  pick_backup: (_, { world }) => {
    const { plainBackup } = world.keeping;
    const file = "/disk/yeji-2026-11-20.yejibackup";
    return { file, encrypted: !plainBackup, needs_secret: !plainBackup, makes_plain: plainBackup };
  },
  restore_store: ({ secret, plain }, { world, changed }) => {
    if (world.keeping.plainBackup && !plain) throw refuse("restore_makes_plain");
    if (!world.keeping.plainBackup && secret !== PASSPHRASE) throw refuse("wrong_passphrase", { path: "/disk/yeji-2026-11-20.yejibackup" });
    changed("settings", "organisation", "facts", "goals", "bonus", "batches");
    return { kept: `${world.keeping.present}/replaced-2026-11-24-101500`, last_change: "2026-11-20T09:00:00Z", deals: 1_180, keys: restoredKeys(world) };
  },
  list_stores: (_, { world }) =>
    world.keeping.stores.map((store) => ({
      ...store,
      present: store.path === world.keeping.present,
      exists: true,
      opened_at: store.path === world.keeping.present ? null : "2026-11-20T09:00:00Z",
    })),
  switch_store: ({ path }, { world, changed }) => {
    world.keeping.present = path;
    changed("settings", "organisation", "facts", "goals", "bonus", "batches");
    return status(world);
  },
  pick_store: (_, { world }) => status(world),
} satisfies Partial<Handlers>;
