// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { Money } from "./Money";

/**
 * A line.
 */
export type StatementLineView = { 
/**
 * What for.
 */
label: Message, 
/**
 * The counted fact that is paid by itself.
 */
fact: string | null, 
/**
 * Amount.
 */
amount: Money, };
