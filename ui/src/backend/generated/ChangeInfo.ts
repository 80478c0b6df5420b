// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchId } from "./BatchId";
import type { Message } from "./Message";

/**
 * One change.
 */
export type ChangeInfo = { 
/**
 * Number, 1, 2, 3 ...
 */
seq: number, 
/**
 * Id.
 */
id: string, 
/**
 * When.
 */
at: string, 
/**
 * Who.
 */
author: string, 
/**
 * Kind.
 */
kind: string, 
/**
 * What was done.
 */
what: Message, 
/**
 * What the change was that this one takes back or does again.
 */
of: Message | null, 
/**
 * Records that it wrote; of an import those that it overwrote.
 */
records: number, 
/**
 * The import, if it is one.
 */
batch: BatchId | null, 
/**
 * It is taken back.
 */
taken_back: boolean, 
/**
 * It may be taken back (which may still be refused for later work).
 */
can_take_back: boolean, };
