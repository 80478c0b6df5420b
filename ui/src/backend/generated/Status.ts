// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchInfo } from "./BatchInfo";
import type { Message } from "./Message";
import type { PersonalInfo } from "./PersonalInfo";
import type { Preferences } from "./Preferences";
import type { SignedIn } from "./SignedIn";
import type { StoreState } from "./StoreState";

/**
 * Everything the frame of the window shows.
 */
export type Status = { 
/**
 * State of the store.
 */
state: StoreState, 
/**
 * Why the store is unavailable, or a warning about it (not encrypted, read-only).
 */
problem: Message | null, 
/**
 * More warnings: clock, folder, backup, keys.
 */
warnings: Array<Message>, 
/**
 * Whether the system has a keyring; told where a key is to be made or found.
 */
keyring: boolean, 
/**
 * Idle minutes after which the window locks itself; None: never.
 */
lock_after_minutes: number | null, 
/**
 * Whether the file is encrypted.
 */
encrypted: boolean, 
/**
 * Version of the program.
 */
version: string, 
/**
 * Name of the company unit.
 */
company: string | null, 
/**
 * The company's currency.
 */
currency: string, 
/**
 * Whether facts have amounts in it; until then an import may still change it.
 */
currency_fixed: boolean, 
/**
 * The latest event date among the facts ("data up to ...").
 */
data_up_to: string | null, 
/**
 * Day before which there are no facts.
 */
data_from: string | null, 
/**
 * The newest import that still counts.
 */
last_batch: BatchInfo | null, 
/**
 * Period to show first (the last quarter with data), as a period key.
 */
default_period: string | null, 
/**
 * Today, in the company's time zone.
 */
today: string, 
/**
 * Preferences kept with the store.
 */
preferences: Preferences, 
/**
 * Who works with the window; None while somebody has to sign in.
 */
signed_in: SignedIn | null, 
/**
 * Whose personal file this is; None for a company's store.
 */
personal: PersonalInfo | null, };
