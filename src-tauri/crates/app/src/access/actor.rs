//! Who carries out a use case, and the use cases in their hands.

use std::ops::Deref;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::Value;
use yeji_core::account::{Role, UserAccount};
use yeji_core::ids::{ChangeId, PersonId};
use yeji_store::{Change, ChangeHeader, ChangeKind};

use super::{AccessError, Right, Sight, may};
use crate::api::accounts::Policies;
use crate::context::Shared;
use crate::error::Result;
use crate::personal::Owner;

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
    /// The person for whom this personal file was made. The passphrase of the file is the proof.
    Owner(Arc<Owner>),
}

/// What the owner of a personal file may do besides what their role may: keep the file.
const OF_OWNERS: [Right; 4] = [
    Right::BackUp,
    Right::Restore,
    Right::ManageKeys,
    Right::Verify,
];

impl Actor {
    /// What they are; none for nobody.
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Nobody => None,
            Self::Local => Some(Role::Hr),
            Self::Account(account) => Some(account.role),
            Self::Owner(owner) => Some(owner.role),
        }
    }

    /// The person whose account it is.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Account(account) => account.person,
            Self::Owner(owner) => Some(owner.person),
            Self::Nobody | Self::Local => None,
        }
    }

    /// As the history names them.
    pub fn author(&self) -> &str {
        match self {
            Self::Account(account) => &account.name,
            Self::Owner(owner) => &owner.name,
            Self::Nobody | Self::Local => LOCAL_AUTHOR,
        }
    }

    /// Whether they have a right.
    pub fn has(&self, right: Right, policies: Policies) -> bool {
        let keeps = matches!(self, Self::Owner(_)) && OF_OWNERS.contains(&right);
        keeps || self.role().is_some_and(|role| may(role, right, policies))
    }

    /// The day whose organisation says what they see: of a personal file the day of its making, because
    /// it holds what was seen then.
    pub fn day(&self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::Owner(owner) => owner.on,
            _ => today,
        }
    }

    /// Refuses who lacks a right.
    pub fn require(&self, right: Right, policies: Policies) -> Result<()> {
        if right == Right::Nothing || self.has(right, policies) {
            return Ok(());
        }
        if self.role().is_none() {
            return Err(AccessError::SignInNeeded.into());
        }
        let having = |role: &Role| may(*role, right, policies);
        let roles = Role::ALL.into_iter().filter(having).collect();
        Err(AccessError::RightMissing {
            right,
            roles,
            in_file: matches!(self, Self::Owner(_)),
        }
        .into())
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

    /// The same hands with a look at one person's rows alone. Whoever calls this has asked whether they are
    /// seen.
    pub(crate) fn seeing_person(&self, person: PersonId) -> Self {
        Self {
            sight: Sight::Person(person),
            ..self.clone()
        }
    }

    /// The same hands as somebody else would have them, to see what they see.
    pub(crate) async fn seeing_as(&self, account: UserAccount) -> Result<Self> {
        self.seeing_as_on(account, self.clock.today()).await
    }

    /// As [`App::seeing_as`], with the units that they led on a day.
    pub(crate) async fn seeing_as_on(&self, account: UserAccount, day: NaiveDate) -> Result<Self> {
        let actor = Actor::Account(account);
        let organisation = async || Ok(self.store()?.organisation().await?);
        Ok(Self {
            policies: self.kept_policies().await?,
            sight: Sight::of(&actor, day, organisation).await?,
            actor,
            shared: Arc::clone(&self.shared),
        })
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
            audited: None,
        }
    }
}
