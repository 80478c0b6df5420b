//! Accounts: who may sign in.

use yeji_core::account::UserAccount;
use yeji_core::ids::AccountId;

use crate::cell::Cell;
use crate::rows::{select, select_one};
use crate::{Result, Store};

impl Store {
    /// All accounts, by name.
    pub async fn accounts(&self) -> Result<Vec<UserAccount>> {
        select(&mut *self.reader().await?, "ORDER BY name", &[]).await
    }

    /// Whether anybody has an account; without, the store belongs to whoever opens it.
    pub async fn has_accounts(&self) -> Result<bool> {
        let first: Vec<UserAccount> = select(&mut *self.reader().await?, "LIMIT 1", &[]).await?;
        Ok(!first.is_empty())
    }

    /// One account.
    pub async fn account(&self, id: AccountId) -> Result<Option<UserAccount>> {
        select_one(&mut *self.reader().await?, id.0).await
    }

    /// The account of a name, whatever its case.
    pub async fn account_named(&self, name: &str) -> Result<Option<UserAccount>> {
        let name = [Cell::Text(name.to_owned())];
        let found = select(&mut *self.reader().await?, "WHERE name = ?", &name).await?;
        Ok(found.into_iter().next())
    }
}
