//! Keys: how a store is encrypted, opened, locked and handed over (`docs/decisions/0009-keys.md`).
//!
//! A random key encrypts the database. The system's keyring holds it; [`file`] wraps it a second time by
//! a passphrase and a third time by a recovery code that a person prints. [`opening`] finds the key,
//! [`changing`] sets what opens the store, [`lock`] closes the window without closing the store,
//! [`note`] leaves a text beside the store.

mod changing;
mod code;
mod error;
mod file;
mod lock;
pub(crate) mod note;
mod opening;
mod seal;
mod secret;
#[cfg(test)]
mod tests;

pub use error::KeyError;
pub(crate) use file::{StoreKeys, check_passphrase};
pub(crate) use lock::AppLock;
pub(crate) use opening::{Opened, OpenedBy, by_passphrase_of_file, keys_of, open_store, sealing};
pub use seal::Cost;
pub use secret::Secret;
