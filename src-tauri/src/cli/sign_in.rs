//! Signing in on the terminal: `--user`, and its password from a file, the environment or the keyboard.

use std::io::IsTerminal;
use std::path::Path;

use yeji_app::access::AccessError;
use yeji_app::api::Message;
use yeji_app::api::accounts::{Password, SignIn};
use yeji_app::{Access, Desk, Error};

use super::{Context, output, refusal};
use crate::words;

/// Who signs in, as the arguments say it.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct User {
    /// Sign in as this account; needed where the store has accounts
    #[arg(long, global = true, value_name = "NAME", display_order = 902)]
    user: Option<String>,
    /// Its password is the first line of this file; else the environment variable `YEJI_PASSWORD`, or asked for
    #[arg(long, global = true, value_name = "FILE", display_order = 903)]
    password_file: Option<std::path::PathBuf>,
}

/// Where a password comes from.
pub(super) struct Source<'a> {
    /// A file, if one is named.
    pub file: Option<&'a Path>,
    /// The option that names it.
    pub option: &'static str,
    /// The environment variable.
    pub variable: &'static str,
    /// The question on a terminal.
    pub question: String,
    /// Asked twice: a new password must not hold a slip of the finger.
    pub twice: bool,
}

impl User {
    /// The account's name as it was given.
    pub(super) fn name(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// Its password.
    pub(super) fn password(&self, name: &str) -> anyhow::Result<Password> {
        given(&Source {
            file: self.password_file.as_deref(),
            option: "--password-file",
            variable: "YEJI_PASSWORD",
            question: words::line("password_ask", &[("name", name.to_owned())]),
            twice: false,
        })
    }
}

/// Signs in at a desk that was just opened, if the arguments name somebody; a store that has accounts
/// wants it.
pub(super) async fn at(desk: &Desk, access: Access, context: &Context) -> anyhow::Result<()> {
    let Some(name) = context.user.name() else {
        if context.user.password_file.is_some() {
            return Err(refusal("user_missing", &[]));
        }
        if desk.needs_sign_in().await? {
            return Err(Error::from(AccessError::SignInNeeded).into());
        }
        return Ok(());
    };
    let ask = SignIn {
        name: name.to_owned(),
        password: context.user.password(name)?,
    };
    if access != Access::Read {
        desk.sign_in(ask).await?;
        return Ok(());
    }
    // Reading alone could not record that somebody signed in, so the store is opened for writing as long
    // as that takes. Beside a store that another program holds it is noted for that one to record; on a
    // read-only disk it cannot be, and that is said.
    match Desk::open(&desk.dir(), Access::Change, context.outside()).await {
        Ok(writer) => {
            writer.sign_in(ask).await?;
            desk.take_over(&writer);
            writer.close().await;
        }
        Err(reason) => {
            tracing::info!("the store cannot be written: {reason}");
            desk.sign_in(ask).await?;
            if reason.code() != "store_held" {
                let note: Message = words::message("sign_in_unrecorded", &[]);
                output::notes(&[note]);
            }
        }
    }
    Ok(())
}

/// A password from the first of its sources that has one.
#[expect(
    clippy::disallowed_methods,
    reason = "scheduled commands give their password by the environment; this is the adapter"
)]
pub(super) fn given(source: &Source) -> anyhow::Result<Password> {
    if let Some(path) = source.file {
        let text = yeji_app::read_text(path)?;
        return Ok(Password(text.lines().next().unwrap_or_default().to_owned()));
    }
    if let Ok(password) = std::env::var(source.variable) {
        return Ok(Password(password));
    }
    if !std::io::stdin().is_terminal() {
        let params = [
            ("option", source.option.to_owned()),
            ("variable", source.variable.to_owned()),
        ];
        return Err(refusal("password_missing", &params));
    }
    let password = rpassword::prompt_password(&source.question)?;
    if source.twice {
        let again = rpassword::prompt_password(words::line("new_password_again", &[]))?;
        if again != password {
            return Err(refusal("new_passwords_differ", &[]));
        }
    }
    Ok(Password(password))
}
