//! The organisation as one value.

use std::sync::Arc;

use yeji_core::org::{Membership, OrgUnit, Organisation, Person};

use crate::kept::last_organisation;
use crate::rows::select_all;
use crate::{Result, Store};

impl Store {
    /// Units, people and memberships. They are thousands, so questions about them are answered in
    /// memory by [`Organisation`], which is kept until one of them changes.
    pub async fn organisation(&self) -> Result<Arc<Organisation>> {
        let kept = &self.kept_organisation;
        kept.get(self, last_organisation, read_organisation).await
    }
}

pub(crate) async fn read_organisation(conn: &mut sqlx::SqliteConnection) -> Result<Organisation> {
    let units = select_all::<OrgUnit>(conn).await?;
    let people = select_all::<Person>(conn).await?;
    let memberships = select_all::<Membership>(conn).await?;
    Ok(Organisation::new(units, people, memberships)?)
}
