// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";

/**
 * "`GTXPro` is probably `GTX Pro`".
 */
export type AliasProposal = { 
/**
 * `kind:text`, the key of the decision.
 */
key: string, 
/**
 * `product`, `customer`, `person`.
 */
kind: string, 
/**
 * As the file has it.
 */
text: string, 
/**
 * The known name proposed; None: nothing near, choose by hand.
 */
proposal: string | null, 
/**
 * Without a proposal: known names (up to 3) that could be meant as well. They wait for nobody: without
 * a word a customer or product is new.
 */
near: Array<string>, 
/**
 * The known name that it was decided to be, now or in an earlier import; None: undecided, or new.
 */
target: string | null, 
/**
 * Known names to choose from (up to 200).
 */
choices: Array<string>, 
/**
 * Rows that hang on it.
 */
rows: number, 
/**
 * Won amount that hangs on it.
 */
won_amount: Money, 
/**
 * Decided already (now or in an earlier import).
 */
decided: boolean, 
/**
 * Of a person's name: said to be none of the known ones, it becomes a new colleague. Otherwise nobody
 * is made of it, and the rows that need the person are not imported.
 */
becomes_person: boolean, };
