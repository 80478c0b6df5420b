// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ChangeInfo } from "./ChangeInfo";
import type { Money } from "./Money";

/**
 * A change of a goal, newest first.
 */
export type GoalHistoryLine = { 
/**
 * The change.
 */
change: ChangeInfo, 
/**
 * The goal of the year before; None: there was none.
 */
from: Money | null, 
/**
 * The goal after; None: there is none (any more).
 */
to: Money | null, };
