//! The organisation as one value.

use std::sync::Arc;

use yeji_core::org::{Membership, OrgUnit, Organisation, Person};

use crate::rows::select_all;
use crate::{Result, Store};

impl Store {
    /// Units, people and memberships. They are thousands, so questions about them are answered in
    /// memory by [`Organisation`], which is kept until the next change.
    pub async fn organisation(&self) -> Result<Arc<Organisation>> {
        self.kept_organisation.get(self, read_organisation).await
    }
}

pub(crate) async fn read_organisation(conn: &mut sqlx::SqliteConnection) -> Result<Organisation> {
    let units = select_all::<OrgUnit>(conn).await?;
    let people = select_all::<Person>(conn).await?;
    let memberships = select_all::<Membership>(conn).await?;
    Ok(Organisation::new(units, people, memberships)?)
}
