// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";
import type { PersonId } from "./PersonId";

/**
 * What does a year pay somebody?
 */
export type GetExpectedEarnings = { 
/**
 * Who; none: oneself.
 */
person: PersonId | null, 
/**
 * Year.
 */
year: number, 
/**
 * Language of the chart's labels and the landing's words.
 */
language: Lang, };
