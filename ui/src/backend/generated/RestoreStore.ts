// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Restores the chosen backup.
 */
export type RestoreStore = { 
/**
 * Passphrase or recovery code of the backup, where it is needed.
 */
secret: string | null, 
/**
 * A person's word that the store may become readable by anybody.
 */
plain: boolean, 
/**
 * A person's word that whosever file it is takes the place of what is there.
 */
replace: boolean, };
