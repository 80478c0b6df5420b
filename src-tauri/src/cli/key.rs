//! `yeji key`: what opens the store.

use std::path::PathBuf;

use clap::Subcommand;
use yeji_app::api::NoArgs;
use yeji_app::api::keys::{HandOver, KeyState, MakeRecoveryCode, RecoveryCode, SetPassphrase};
use yeji_app::host::Ask as _;
use yeji_app::keys::Secret;
use yeji_app::{Access, Desk};

use super::{Context, output, refusal};
use crate::words;

/// What is asked of the keys.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// What opens the store; shows no secret
    Status,
    /// Set or change the passphrase; a store without encryption is encrypted by it
    Passphrase(PassphraseArgs),
    /// Print a new recovery code; the one before ends
    Recovery,
    /// Give the store to another administrator: new key, new passphrase, new recovery code
    HandOver(NewArgs),
    /// Keep the key in this computer's keyring
    Remember,
    /// Drop the key from this computer's keyring; the passphrase is then asked for
    Forget,
}

/// The passphrase that takes the place of the present one.
#[derive(Debug, clap::Args)]
pub(super) struct NewArgs {
    /// File whose first line is the new passphrase; without it the variable `YEJI_NEW_PASSPHRASE`, else the
    /// terminal is asked
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
}

/// How the passphrase is changed.
#[derive(Debug, clap::Args)]
pub(super) struct PassphraseArgs {
    #[command(flatten)]
    new: NewArgs,
    /// Passphrase and recovery code are lost, but this computer's keyring still opens the store
    #[arg(long)]
    forgotten: bool,
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::Status => {
            let app = context.app(Access::Read).await?;
            show(&app.get_key_state(NoArgs {}).await?, context)
        }
        Command::Passphrase(args) => {
            let app = context.app(Access::Change).await?;
            let current = current(&app, args.forgotten, context).await?;
            let new = new_one(&args.new, context)?;
            let set = SetPassphrase { current, new };
            show(&app.change_passphrase(set, args.forgotten).await?, context)
        }
        Command::Recovery => {
            let app = context.app(Access::Change).await?;
            let current = current(&app, false, context).await?;
            let made = app.make_recovery_code(MakeRecoveryCode { current }).await?;
            show_code(&made, context)
        }
        Command::HandOver(args) => {
            let app = context.app(Access::Change).await?;
            let current = current(&app, false, context).await?;
            let new = new_one(&args, context)?;
            let made = app.hand_over(HandOver { current, new }).await?;
            show_code(&made, context)
        }
        Command::Remember => {
            let app = context.app(Access::Change).await?;
            app.remember_key().await?;
            show(&app.get_key_state(NoArgs {}).await?, context)
        }
        Command::Forget => {
            let app = context.app(Access::Change).await?;
            app.forget_key().await?;
            show(&app.get_key_state(NoArgs {}).await?, context)
        }
    }
}

/// What proves that the caller knows what opens the store now: what this run was given or asked for, else
/// what it asks for now. None where there is nothing to know.
async fn current(app: &Desk, forgotten: bool, context: &Context) -> anyhow::Result<Option<Secret>> {
    let state = app.get_key_state(NoArgs {}).await?;
    let is_sealed = state.passphrase_since.is_some() || state.recovery_since.is_some();
    if forgotten || !is_sealed {
        return Ok(None);
    }
    if let Some(given) = context.surroundings.given()? {
        return Ok(Some(given));
    }
    Ok(context.surroundings.passphrase(&app.dir())?)
}

pub(super) fn new_one(args: &NewArgs, context: &Context) -> anyhow::Result<Secret> {
    let new = context
        .surroundings
        .new_one(args.new_passphrase_file.as_deref())?;
    new.ok_or_else(|| refusal("new_passphrase_needed", &[]))
}

fn show(state: &KeyState, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(state);
    }
    let day = |at: Option<chrono::DateTime<chrono::Utc>>| {
        at.map(|at| at.format("%Y-%m-%d").to_string())
            .unwrap_or_default()
    };
    if !state.encrypted {
        return output::print(&words::line("key_none", &[]));
    }
    let keyring = format!("{:?}", state.keyring).to_lowercase();
    let params = [
        ("keyring", keyring),
        ("passphrase", day(state.passphrase_since)),
        ("recovery", day(state.recovery_since)),
    ];
    output::print(&words::line("key_state", &params))
}

/// The code alone on standard output, what to do with it on standard error.
fn show_code(made: &RecoveryCode, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(made);
    }
    output::note_text(words::line("recovery_keep", &[]));
    output::print(&made.code)
}
