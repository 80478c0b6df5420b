// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountRole } from "./AccountRole";
import type { PersonId } from "./PersonId";

/**
 * A personal file that was handed out.
 */
export type PersonalFileRow = { 
/**
 * Its number.
 */
id: string, 
/**
 * Whose.
 */
person: PersonId, 
/**
 * Their name.
 */
name: string, 
/**
 * Their staff number.
 */
staff_number: string | null, 
/**
 * As what they see it.
 */
role: AccountRole, 
/**
 * When.
 */
exported_at: string, };
