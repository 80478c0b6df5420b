// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What opens a restored store.
 */
export type RestoredKeys = { 
/**
 * What opened the store before still does, because the backup is of the same store; else what opened
 * the backup does.
 */
stayed: boolean, 
/**
 * When its passphrase was set; None: it has none.
 */
passphrase_since: string | null, 
/**
 * When its recovery code was made; None: it has none.
 */
recovery_since: string | null, };
