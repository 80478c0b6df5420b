// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AliasProposal } from "./AliasProposal";
import type { BatchId } from "./BatchId";
import type { ControlTotal } from "./ControlTotal";
import type { DisagreementsFound } from "./DisagreementsFound";
import type { EmptiedValues } from "./EmptiedValues";
import type { FilePreview } from "./FilePreview";
import type { Message } from "./Message";
import type { UndecidedStages } from "./UndecidedStages";

/**
 * What an import would do (preview) or did (result).
 */
export type ImportPreview = { 
/**
 * Per table.
 */
files: Array<FilePreview>, 
/**
 * Names that are nearly known; each wants a yes or no. Refused or undecided ones stay unlinked or rejected as stated.
 */
aliases: Array<AliasProposal>, 
/**
 * Control totals of the files: won amount in all and by closing quarter.
 */
controls: Array<ControlTotal>, 
/**
 * Deals of the files whose stage has no meaning yet: they are in no control total.
 */
undecided: UndecidedStages, 
/**
 * Warnings and statements (agents without a deal, deals without customer, ...).
 */
notes: Array<Message>, 
/**
 * Fields on which sources disagree, of the records that the files speak of.
 */
disagreements: DisagreementsFound, 
/**
 * Values of the store that rows would empty; counted for a preview alone.
 */
emptied: EmptiedValues, 
/**
 * Set by `commit_import`.
 */
batch: BatchId | null, 
/**
 * Nothing would change.
 */
nothing_to_do: boolean, };
