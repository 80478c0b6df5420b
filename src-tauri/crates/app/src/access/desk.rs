//! The desk: the only way from outside to the use cases. It knows who is signed in and checks the right.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Actor, App, Right, Sight};
use crate::api::Message;
use crate::api::accounts::Policies;
use crate::context::{Access, Outside, Shared};
use crate::error::{Error, Result};

/// What the shell (window and command line) holds. There is no other way to a use case: each line of
/// the tables becomes a method here, which lets the actor through ([`Desk::admit`]) and then calls it.
#[derive(Debug)]
pub struct Desk {
    pub(crate) shared: Arc<Shared>,
}

/// A use case with the right that it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UseCase {
    /// Its name in the tables.
    pub name: &'static str,
    /// What one needs to call it.
    pub right: Right,
}

/// Codes of a store that is not there, or that nobody can open: there are no accounts to ask, and what
/// protects a backup is its own passphrase. Everything else (held by another program, busy, locked, an
/// older version) passes, and then there is somebody to ask.
const NOBODY_TO_ASK: [&str; 10] = [
    "store_absent",
    "store_missing",
    "encryption_choice",
    "store_damaged",
    "store_broken",
    "store_wrong_key",
    "store_key_needed",
    "key_missing",
    "no_key",
    "key_file_broken",
];

/// Whether a store that failed to open with this code may be replaced by anybody.
pub fn nobody_can_be_asked(code: &str) -> bool {
    NOBODY_TO_ASK.contains(&code)
}

impl Desk {
    /// Opens (for writing: or makes) the store in `dir`.
    pub async fn open(dir: &Path, access: Access, outside: Outside) -> Result<Self> {
        let shared = Shared::open(dir, access, outside).await?;
        Ok(Self::on(shared))
    }

    /// As [`Desk::open`] for writing, but a store that cannot be opened becomes a state that the
    /// window shows: every use case then answers with the reason, and nothing is written.
    pub async fn open_or_explain(dir: &Path, outside: Outside) -> Self {
        Self::on(Shared::open_or_explain(dir, outside).await)
    }

    fn on(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Whether one has to sign in: there are accounts, and nobody has.
    pub async fn needs_sign_in(&self) -> Result<bool> {
        Ok(self.actor().await? == Actor::Nobody)
    }

    /// Takes over who is signed in at another desk of the same store: a command that only reads signs
    /// in where it may write (the sign-in is recorded), and then reads beside the window.
    pub fn take_over(&self, other: &Self) {
        self.shared.sign_in_as(other.shared.signed_in());
    }

    /// What to know about the store that this opening has made; None if it was there, or all is well.
    pub fn made_with(&self) -> Option<Message> {
        self.shared.made_with()
    }

    /// The folder of the store.
    pub fn dir(&self) -> PathBuf {
        self.shared.dir()
    }

    /// What to know about the store and the place where it lies.
    pub async fn warnings(&self) -> Vec<Message> {
        self.shared.warnings().await
    }

    /// Closes the store, so that everything is in one file.
    pub async fn close(&self) {
        self.shared.close().await;
    }

    /// Lets whoever is signed in through to the use cases, if they have the right. The account is read
    /// anew each time: a role that is taken away or an account that is disabled is so at once.
    pub(crate) async fn admit(&self, right: Right) -> Result<App> {
        let actor = match self.actor().await {
            Ok(actor) => actor,
            // Of a store that is locked or cannot be opened one may still ask for the state, unlock it,
            // and go to another one.
            Err(_) if right == Right::Nothing => Actor::Nobody,
            Err(Error::Unavailable(_, code, _))
                if right == Right::Restore && nobody_can_be_asked(code) =>
            {
                Actor::Local
            }
            Err(error) => return Err(error),
        };
        let everything = matches!(&actor, Actor::Local)
            || matches!(&actor, Actor::Account(account) if !account.role.is_somebody());
        let policies = if everything || actor == Actor::Nobody {
            Policies::default()
        } else {
            self.shared.kept_policies().await?
        };
        actor.require(right, policies)?;
        let organisation = async || Ok(self.shared.store()?.organisation().await?);
        let day = actor.day(self.shared.clock.today());
        let sight = Sight::of(&actor, day, organisation).await?;
        Ok(App {
            shared: Arc::clone(&self.shared),
            actor,
            policies,
            sight,
        })
    }

    /// Refuses whoever has not got a right, before anything is asked of them that only a use case with it
    /// needs.
    pub async fn require(&self, right: Right) -> Result<()> {
        self.admit(right).await.map(drop)
    }

    async fn actor(&self) -> Result<Actor> {
        self.shared.acting().await
    }
}

impl Shared {
    /// Who acts now.
    pub(crate) async fn acting(&self) -> Result<Actor> {
        let store = self.store()?;
        // A personal file has one user, and no accounts.
        if let Some(owner) = self.owner().await? {
            return Ok(Actor::Owner(Arc::new(owner)));
        }
        if let Some(id) = self.signed_in() {
            match store.account(id).await? {
                Some(account) if !account.disabled => return Ok(Actor::Account(account)),
                _ => self.sign_in_as(None),
            }
        }
        let local = !store.has_accounts().await?;
        Ok(if local { Actor::Local } else { Actor::Nobody })
    }
}

// Use cases are large futures, and whoever awaits one would hold it: each goes on the heap.
macro_rules! admitted_commands {
    (
        short { $($short:ident($short_args:ty) -> $short_out:ty, needs $short_right:ident;)* }
        long { $($long:ident($long_args:ty) -> $long_out:ty, needs $long_right:ident;)* }
    ) => {
        impl Desk {
            $(
                #[doc = concat!("The use case `", stringify!($short), "`.")]
                pub async fn $short(&self, args: $short_args) -> Result<$short_out> {
                    let app = self.admit(Right::$short_right).await?;
                    Box::pin(app.$short(args)).await
                }
            )*
            $(
                #[doc = concat!("The use case `", stringify!($long), "`.")]
                pub async fn $long(
                    &self,
                    args: $long_args,
                    progress: crate::host::OnProgress<'_>,
                ) -> Result<$long_out> {
                    let app = self.admit(Right::$long_right).await?;
                    Box::pin(app.$long(args, progress)).await
                }
            )*
        }

        /// Use cases of the window.
        const OF_WINDOW: &[UseCase] = &[
            $(UseCase { name: stringify!($short), right: Right::$short_right },)*
            $(UseCase { name: stringify!($long), right: Right::$long_right },)*
        ];
    };
}

macro_rules! admitted_terminal_use_cases {
    ($($name:ident($($arg:ident: $type:ty),*) -> $out:ty, needs $right:ident;)*) => {
        impl Desk {
            $(
                #[doc = concat!("The use case `", stringify!($name), "`, for the terminal.")]
                pub async fn $name(&self, $($arg: $type),*) -> Result<$out> {
                    let app = self.admit(Right::$right).await?;
                    Box::pin(app.$name($($arg),*)).await
                }
            )*
        }

        /// Use cases that only the command line has.
        const OF_TERMINAL: &[UseCase] = &[$(UseCase { name: stringify!($name), right: Right::$right },)*];
    };
}

crate::for_each_command!(admitted_commands);
crate::for_each_terminal_use_case!(admitted_terminal_use_cases);

/// Every use case, those of the window first.
pub const USE_CASES: [&[UseCase]; 2] = [OF_WINDOW, OF_TERMINAL];
