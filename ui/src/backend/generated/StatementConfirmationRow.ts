// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ConfirmationState } from "./ConfirmationState";
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * A statement and whether it is confirmed.
 */
export type StatementConfirmationRow = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Staff number.
 */
staff_number?: string, 
/**
 * Team.
 */
team: string | null, 
/**
 * What it pays.
 */
payout: Money, 
/**
 * The pay waits.
 */
held: boolean, 
/**
 * SHA-256 that names exactly this statement and its input.
 */
hash: string, 
/**
 * How it stands.
 */
state: ConfirmationState, 
/**
 * When it was confirmed last.
 */
confirmed_at: string | null, 
/**
 * Who wrote that down.
 */
confirmed_by: string | null, 
/**
 * HR has a signed paper.
 */
on_paper: boolean, };
