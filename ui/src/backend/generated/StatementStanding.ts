// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BonusRunId } from "./BonusRunId";
import type { StatementConfirmationRow } from "./StatementConfirmationRow";

/**
 * How a statement stands with the one it is of.
 */
export type StatementStanding = { 
/**
 * The run that it is of.
 */
run: BonusRunId, 
/**
 * Code of the plan.
 */
plan: string, 
/**
 * Version of the plan.
 */
plan_version: number, 
/**
 * A second person approved that the period is paid; else the statement is a draft.
 */
approved: boolean, 
/**
 * Whose statement it is, and how it stands.
 */
row: StatementConfirmationRow, 
/**
 * The asker may confirm it as the own one.
 */
may_confirm: boolean, 
/**
 * The asker may write down that it is signed on paper.
 */
may_confirm_on_paper: boolean, };
