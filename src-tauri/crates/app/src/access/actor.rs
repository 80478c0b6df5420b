//! Who carries out a use case, and the use cases in their hands.

use std::ops::Deref;
use std::sync::Arc;

use serde_json::Value;
use yeji_core::account::{Role, UserAccount};
use yeji_core::ids::{ChangeId, PersonId};
use yeji_store::{Change, ChangeHeader, ChangeKind};

use super::{AccessError, Right, Sight, may};
use crate::api::accounts::Policies;
use crate::context::Shared;
use crate::error::Result;

/// Author of what is done in a store without accounts, and of sign-ins that failed.
pub const LOCAL_AUTHOR: &str = "local";

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Actor {
    /// There are accounts, and nobody is signed in.
    Nobody,
    /// The store has no accounts: whoever sits at the machine administers it.
    Local,
    /// Somebody who is signed in.
    Account(UserAccount),
}

impl Actor {
    /// What they are; none for nobody.
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Nobody => None,
            Self::Local => Some(Role::Hr),
            Self::Account(account) => Some(account.role),
        }
    }

    /// The person whose account it is.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Account(account) => account.person,
            Self::Nobody | Self::Local => None,
        }
    }

    /// As the history names them.
    pub fn author(&self) -> &str {
        match self {
            Self::Account(account) => &account.name,
            Self::Nobody | Self::Local => LOCAL_AUTHOR,
        }
    }

    /// Refuses who lacks a right.
    pub fn require(&self, right: Right, policies: Policies) -> Result<()> {
        let allowed = match self.role() {
            _ if right == Right::Nothing => true,
            None => return Err(AccessError::SignInNeeded.into()),
            Some(role) => may(role, right, policies),
        };
        if allowed {
            return Ok(());
        }
        let having = |role: &Role| may(*role, right, policies);
        let roles = Role::ALL.into_iter().filter(having).collect();
        Err(AccessError::RightMissing { right, roles }.into())
    }
}

/// The use cases, for somebody whom the desk has let through. Each area adds its own as methods; what
/// they read is what this actor sees, what they write has this actor as its author.
#[derive(Debug, Clone)]
pub(crate) struct App {
    pub(super) shared: Arc<Shared>,
    pub(super) actor: Actor,
    pub(super) policies: Policies,
    pub(super) sight: Sight,
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.shared
    }
}

impl App {
    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    pub(crate) fn policies(&self) -> Policies {
        self.policies
    }

    /// Whose goals and deals this actor sees.
    pub(crate) fn sight(&self) -> &Sight {
        &self.sight
    }

    /// The same hands with a look at everything: for calculations over the whole company of which only
    /// a part is then shown. Whoever calls this filters the answer.
    pub(crate) fn seeing_everything(&self) -> Self {
        Self {
            sight: Sight::Company,
            ..self.clone()
        }
    }

    /// Who acts, as the history shows it.
    pub(crate) fn author(&self) -> String {
        self.actor.author().to_owned()
    }

    /// A change of this user, now.
    pub(crate) fn change(&self, kind: ChangeKind, summary: Value) -> Change {
        let id = ChangeId(self.clock.new_id());
        let mut change = Change::new(id, self.clock.now(), self.actor.author(), kind);
        change.summary = summary;
        change
    }

    /// The head of a change of this user, now, whose rows come in chunks.
    pub(crate) fn header(&self, kind: ChangeKind, summary: Value) -> ChangeHeader {
        ChangeHeader {
            id: ChangeId(self.clock.new_id()),
            at: self.clock.now(),
            author: self.actor.author().to_owned(),
            kind,
            summary,
            batch: None,
            audit: None,
        }
    }
}
