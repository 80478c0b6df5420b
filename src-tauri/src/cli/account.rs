//! `yeji account`: who may sign in, and as what.

use std::path::{Path, PathBuf};

use yeji_app::access::Right;
use yeji_app::api::NoArgs;
use yeji_app::api::accounts::{
    AccountRow, AddAccount, ChangePassword, Password, ResetPassword, SetAccountDisabled,
    SetAccountRole,
};
use yeji_app::{Access, Desk, Error};
use yeji_core::account::Role;
use yeji_core::ids::AccountId;

use super::output::Column::Left;
use super::sign_in::{Source, given};
use super::{Context, output, people};
use crate::words;

/// What to do with accounts.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List them
    List,
    /// Make one; the first has to be of the role hr
    Add {
        /// What is typed to sign in
        name: String,
        /// Role
        #[arg(long, value_enum)]
        role: RoleArg,
        /// Whose account it is: staff number, name or id; managers and sales need one
        #[arg(long, value_name = "WHO")]
        person: Option<String>,
        /// The new password is the first line of this file; else the environment variable
        /// `YEJI_NEW_PASSWORD`, or asked for
        #[arg(long, value_name = "FILE")]
        new_password_file: Option<PathBuf>,
    },
    /// Give an account another role
    Role {
        /// Account
        name: String,
        /// Role
        #[arg(value_enum)]
        role: RoleArg,
        /// Whose account it is: staff number, name or id; without it as it was
        #[arg(long, value_name = "WHO")]
        person: Option<String>,
    },
    /// Change the own password, or, as hr, anybody's
    Password {
        /// Account
        name: String,
        /// The new password is the first line of this file; else the environment variable
        /// `YEJI_NEW_PASSWORD`, or asked for
        #[arg(long, value_name = "FILE")]
        new_password_file: Option<PathBuf>,
    },
    /// Keep an account from signing in
    Disable {
        /// Account
        name: String,
    },
    /// Let a disabled account sign in again
    Enable {
        /// Account
        name: String,
    },
}

/// A role as an argument.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum RoleArg {
    Hr,
    Manager,
    Sales,
    Auditor,
}

impl From<RoleArg> for Role {
    fn from(role: RoleArg) -> Self {
        match role {
            RoleArg::Hr => Self::Hr,
            RoleArg::Manager => Self::Manager,
            RoleArg::Sales => Self::Sales,
            RoleArg::Auditor => Self::Auditor,
        }
    }
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::List => {
            let desk = context.app(Access::Read).await?;
            list(desk.list_accounts(NoArgs {}).await?, context)
        }
        Command::Add {
            name,
            role,
            person,
            new_password_file,
        } => {
            let desk = context.app(Access::Change).await?;
            desk.require(Right::ManageAccounts).await?;
            let person = match person {
                Some(key) => Some(people::person_named(&desk, &key).await?),
                None => None,
            };
            let password = new_password(&name, new_password_file.as_deref())?;
            let role = role.into();
            let done = name.clone();
            desk.add_account(AddAccount {
                name,
                role,
                person,
                password,
            })
            .await?;
            say_done(&done, "added", context)
        }
        Command::Role { name, role, person } => {
            let desk = context.app(Access::Change).await?;
            desk.require(Right::ManageAccounts).await?;
            let row = account(&desk, &name).await?;
            let person = match person {
                Some(key) => Some(people::person_named(&desk, &key).await?),
                None => row.person,
            };
            let (account, role) = (row.id, role.into());
            desk.set_account_role(SetAccountRole {
                account,
                role,
                person,
            })
            .await?;
            say_done(&row.name, "role", context)
        }
        Command::Password {
            name,
            new_password_file,
        } => {
            let desk = context.app(Access::Change).await?;
            set_password(&desk, &name, new_password_file.as_deref(), context).await?;
            say_done(&name, "password", context)
        }
        Command::Disable { name } => set_disabled(&name, true, context).await,
        Command::Enable { name } => set_disabled(&name, false, context).await,
    }
}

fn list(rows: Vec<AccountRow>, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(&rows);
    }
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| {
            let state = row
                .disabled
                .then(|| words::term("account_state", "disabled"));
            let person = row.person_name.unwrap_or_default();
            let person = match row.staff_number {
                Some(number) => format!("{person} ({number})"),
                None => person,
            };
            let role = words::term("role", row.role.code());
            vec![row.name, role, person, state.unwrap_or_default()]
        })
        .collect();
    let columns = [Left("account"), Left("role"), Left("person"), Left("state")];
    output::table(&columns, &rows)
}

/// The own password by the own one so far; that of others only hr sets.
async fn set_password(
    desk: &Desk,
    name: &str,
    file: Option<&Path>,
    context: &Context,
) -> anyhow::Result<()> {
    let own = context
        .user
        .name()
        .filter(|own| own.to_lowercase() == name.to_lowercase());
    if let Some(own) = own {
        // Signing in has just read it; a question on the terminal is asked once more.
        let old = context.user.password(own)?;
        let new = new_password(name, file)?;
        return Ok(desk.change_password(ChangePassword { old, new }).await?);
    }
    desk.require(Right::ManageAccounts).await?;
    let account = account(desk, name).await?.id;
    let password = new_password(name, file)?;
    desk.reset_password(ResetPassword { account, password })
        .await?;
    Ok(())
}

async fn set_disabled(name: &str, disabled: bool, context: &Context) -> anyhow::Result<()> {
    let desk = context.app(Access::Change).await?;
    desk.require(Right::ManageAccounts).await?;
    let row = account(&desk, name).await?;
    let account: AccountId = row.id;
    desk.set_account_disabled(SetAccountDisabled { account, disabled })
        .await?;
    let action = if disabled { "disabled" } else { "enabled" };
    say_done(&row.name, action, context)
}

async fn account(desk: &Desk, name: &str) -> anyhow::Result<AccountRow> {
    let wanted = name.to_lowercase();
    let all = desk.list_accounts(NoArgs {}).await?;
    // Names that differ in case alone are none since version 5; older ones may.
    let exact = all.iter().find(|row| row.name == name);
    let found = exact
        .or_else(|| all.iter().find(|row| row.name.to_lowercase() == wanted))
        .cloned();
    Ok(found.ok_or_else(|| Error::NotFound {
        what: "account",
        value: name.to_owned(),
    })?)
}

fn new_password(name: &str, file: Option<&Path>) -> anyhow::Result<Password> {
    given(&Source {
        file,
        option: "--new-password-file",
        variable: "YEJI_NEW_PASSWORD",
        question: words::line("new_password_ask", &[("name", name.to_owned())]),
        twice: true,
    })
}

fn say_done(name: &str, action: &str, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(&serde_json::json!({ "account": name, "action": action }));
    }
    let params = [("name", name.to_owned()), ("action", action.to_owned())];
    output::print(&words::line("account_done", &params))
}
