// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { LaterImports } from "./LaterImports";

/**
 * Takes a change back, or does it again if it is an undo.
 */
export type UndoChange = { 
/**
 * Which; None: the last one that this session made and that is not taken back yet.
 */
change: string | null, 
/**
 * Of an import: what becomes of later ones that repeated its rows.
 */
later: LaterImports, };
