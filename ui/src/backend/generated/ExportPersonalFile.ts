// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";

/**
 * For whom, and what will open it.
 */
export type ExportPersonalFile = { 
/**
 * The person.
 */
person: PersonId, 
/**
 * To be handed over apart from the file.
 */
passphrase: string, };
