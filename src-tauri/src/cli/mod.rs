//! The same use cases for the terminal: administrators' scripts and scheduled exports.
//!
//! Results go to standard output (`--json`: machine-readable), everything else to standard error.
//! Exit status 0, 1 for a failure, 2 for bad input and for what somebody may not do.

mod account;
mod arguments;
mod batch;
mod board;
mod bonus;
mod bonus_if;
mod bonus_objectives;
mod bonus_papers;
mod bonus_people;
mod calendar;
mod demo;
mod duplicates;
mod engine;
mod follow_up;
mod forecast;
mod goal;
mod help;
mod history;
mod host;
mod import;
mod key;
mod kpi;
mod mapping;
mod new_content;
mod output;
mod people;
mod personal;
mod reconcile;
mod report;
mod sign_in;
mod sources;
mod store;
mod template;
mod watch;
mod weights;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use yeji_app::api::Message;
use yeji_app::{Access, Desk, Error, Outside};

use crate::data_dir;
use crate::outside::{Keyring, SystemClock, opening, system_language};
use crate::passphrase::Surroundings;
use crate::words;

/// Exit status for input that cannot be used; clap uses the same for bad arguments.
const BAD_INPUT: u8 = 2;

/// Sales goals, bonuses and performance analysis. Without a command it opens the window.
#[derive(Debug, Parser)]
#[command(name = "yeji", version, arg_required_else_help = true)]
struct Cli {
    /// Folder of the store; without it the user's own
    #[arg(long, global = true, value_name = "DIR", display_order = 900)]
    data: Option<PathBuf>,
    /// Machine-readable result on standard output
    #[arg(long, global = true, display_order = 901)]
    json: bool,
    #[command(flatten)]
    user: sign_in::User,
    /// File whose first line is the passphrase (or the recovery code) of an encrypted store; without it the
    /// variable `YEJI_PASSPHRASE`, else the terminal is asked
    #[arg(long, global = true, value_name = "FILE", display_order = 902)]
    passphrase_file: Option<PathBuf>,
    /// Make a new store without encryption: whoever can read the disk can read it
    #[arg(
        long,
        global = true,
        display_order = 903,
        conflicts_with = "passphrase_file"
    )]
    plain: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fill an empty store with a demo company
    Demo(demo::Args),
    /// Import records of every kind from CSV or XLSX files or folders
    Import(import::Args),
    /// Write a workbook to be filled in and imported, or list the kinds of records
    Template(template::Args),
    /// Mappings of columns to fields: list, share, keep
    #[command(subcommand)]
    Mapping(mapping::Command),
    /// Customers that may be one: list, merge, take apart
    #[command(subcommand)]
    Duplicates(duplicates::Command),
    /// Sources of records, and which is believed before which
    Sources(sources::SourcesArgs),
    /// Take each new export of a folder
    Watch(watch::Args),
    /// Where sources say different things of a record: list, take another value
    Disagreements(sources::DisagreementsArgs),
    /// The company's calendar: how its years are cut, its holidays
    #[command(subcommand)]
    Calendar(calendar::Command),
    /// What the files of each source held by month, beside what the store has
    Reconcile,
    /// Metrics: split by time, organisation or customers; what they mean; own ones
    Kpi(kpi::Args),
    /// What a metric will most likely do next, with 95 % intervals
    Forecast(forecast::ForecastArgs),
    /// Where the month, quarter or year under way will land, and early warnings
    Landing(forecast::LandingArgs),
    /// Boards of widgets: list, show as tables, carry to another company, remove
    Board(board::Args),
    /// Set, split and show goals
    #[command(subcommand)]
    Goal(goal::Command),
    /// Run bonuses, set target bonuses, show the plan
    #[command(subcommand)]
    Bonus(bonus::Command),
    /// Export chart reports
    #[command(subcommand)]
    Report(report::Command),
    /// Imports made so far; take one back
    #[command(subcommand)]
    Batch(batch::Command),
    /// Who changed what and when: of a record, or the newest changes
    History(history::HistoryArgs),
    /// Take a change back, as a new change; of an undo, do its change again
    Undo(history::UndoArgs),
    /// The audit log: payouts, plans, exports, what was taken back
    Audit(history::AuditArgs),
    /// Who may sign in: list, add, change role and password, disable, enable
    #[command(subcommand)]
    Account(account::Command),
    /// A file with what one person may see: write it, send back from it, take in what comes back
    #[command(subcommand)]
    Personal(personal::Command),
    /// What you did about customers and mean to do next about deals
    #[command(subcommand)]
    FollowUp(follow_up::Command),
    /// What you say to HR
    #[command(subcommand)]
    Feedback(follow_up::Feedback),
    /// Copy the store to a new file, keys included; the copy is verified
    Backup(store::BackupArgs),
    /// Put a backup in the place of the store, which is kept
    Restore(store::RestoreArgs),
    /// What opens the store: passphrase, recovery code, keyring
    #[command(subcommand)]
    Key(key::Command),
    /// Check the store, everything derived and the chains
    Verify(store::VerifyArgs),
    /// List the pure calculations, run one on standard input, or print its schema
    Engine(engine::Args),
}

/// The commands, as `yeji --help` lists them.
pub fn command_names() -> Vec<String> {
    Cli::command()
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect()
}

/// What every command has at hand.
struct Context {
    data: Option<PathBuf>,
    json: bool,
    user: sign_in::User,
    plain: bool,
    surroundings: Arc<Surroundings>,
    /// What was opened, to be closed before the program ends.
    opened: Mutex<Vec<Arc<Desk>>>,
}

/// A command that cannot be carried out, in the words of the terminal.
#[derive(Debug, thiserror::Error)]
#[error("{}", words::english(message))]
struct Refusal {
    message: Message,
    status: u8,
}

/// Bad input, said by a sentence of `words/`.
fn refusal(code: &str, params: &[(&str, String)]) -> anyhow::Error {
    let message = words::message(code, params);
    let status = BAD_INPUT;
    Refusal { message, status }.into()
}

/// Something that went wrong, said by a sentence of `words/`.
fn failure(code: &str, params: &[(&str, String)]) -> anyhow::Error {
    let message = words::message(code, params);
    Refusal { message, status: 1 }.into()
}

impl Context {
    /// The desk of the chosen store, with whoever the arguments name signed in.
    async fn app(&self, access: Access) -> anyhow::Result<Arc<Desk>> {
        // A new store has no accounts: whoever signs in means one that is there.
        let access = match access {
            Access::Write if self.user.name().is_some() => Access::Change,
            other => other,
        };
        let desk = Arc::new(Desk::open(&self.dir()?, access, self.outside()).await?);
        self.keep(&desk);
        output::notes(desk.made_with().as_slice());
        if access != Access::Read {
            output::notes(&desk.warnings().await);
        }
        sign_in::at(&desk, access, self).await?;
        Ok(desk)
    }

    fn keep(&self, app: &Arc<Desk>) {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.push(Arc::clone(app));
    }

    /// Closes what the command opened, so that everything is in one file when it has ended.
    async fn close(&self) {
        let opened =
            std::mem::take(&mut *self.opened.lock().unwrap_or_else(PoisonError::into_inner));
        for app in opened {
            app.close().await;
        }
    }

    /// The chosen folder.
    fn dir(&self) -> anyhow::Result<PathBuf> {
        data_dir::resolve(self.data.clone())?.ok_or_else(|| failure("no_data_folder", &[]))
    }

    fn outside(&self) -> Outside {
        let ask: Arc<Surroundings> = Arc::clone(&self.surroundings);
        Outside {
            clock: Arc::new(SystemClock),
            host: Arc::new(host::Terminal),
            secrets: Arc::new(Keyring),
            opening: opening(ask, self.plain),
            source: "command_line",
            language: system_language(),
        }
    }

    /// For what leaves the store: it is recorded in the audit log, or, while another program holds the
    /// store, noted beside it for that program to record.
    async fn app_to_export(&self) -> anyhow::Result<Arc<Desk>> {
        let error = match self.app(Access::Change).await {
            Err(error) => error,
            app => return app,
        };
        let held = error
            .downcast_ref::<Error>()
            .filter(|error| error.code() == "store_held");
        let Some(holder) = held.map(|held| held.params().remove("holder")) else {
            return Err(error);
        };
        let app = self.app(Access::Read).await?;
        let params = [("holder", holder.unwrap_or_default())];
        output::notes(&[words::message("export_noted", &params)]);
        Ok(app)
    }
}

/// Runs one command. `arguments` starts with the program's name.
pub fn run(arguments: &[OsString]) -> ExitCode {
    let root = help::in_language(Cli::command(), system_language());
    let parsed = root
        .clone()
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() && !is_help(&error) => {
            output::explain_message(&arguments::fault(&error, &root, arguments));
            return ExitCode::from(BAD_INPUT);
        }
        Err(help) => {
            let code = if help.use_stderr() { BAD_INPUT } else { 0 };
            // Nothing is left to do if the terminal is gone.
            drop(help.print());
            return ExitCode::from(code);
        }
    };
    crate::log::start(crate::log::COMMAND);
    let context = Context {
        data: cli.data,
        json: cli.json,
        user: cli.user,
        plain: cli.plain,
        surroundings: Arc::new(Surroundings::of_command(cli.passphrase_file)),
        opened: Mutex::default(),
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::say!("yeji: {error}");
            return ExitCode::FAILURE;
        }
    };
    let outcome = runtime.block_on(async {
        let outcome = Box::pin(dispatch(cli.command, &context)).await;
        context.close().await;
        outcome
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::explain(&error);
            ExitCode::from(status(&error))
        }
    }
}

/// Says on standard error what is wrong, in both languages.
pub fn say_message(message: &Message) {
    output::explain_message(message);
}

/// Help that stands in for a command that was left out.
fn is_help(error: &clap::Error) -> bool {
    error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
}

fn status(error: &anyhow::Error) -> u8 {
    if let Some(refusal) = error.downcast_ref::<Refusal>() {
        return refusal.status;
    }
    match error.downcast_ref::<Error>() {
        Some(error) if error.is_bad_input() => BAD_INPUT,
        _ => 1,
    }
}

async fn dispatch(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::Demo(args) => demo::run(args, context).await,
        Command::Import(args) => import::run(args, context).await,
        Command::Template(args) => template::run(&args, context),
        Command::Batch(command) => batch::run(command, context).await,
        Command::Mapping(command) => mapping::run(command, context).await,
        Command::Duplicates(command) => duplicates::run(command, context).await,
        Command::Watch(args) => watch::run(args, context).await,
        Command::Sources(args) => sources::sources(args, context).await,
        Command::Disagreements(args) => sources::disagreements(args, context).await,
        Command::Calendar(command) => calendar::run(command, context).await,
        Command::Reconcile => reconcile::run(context).await,
        Command::Kpi(args) => kpi::run(args, context).await,
        Command::Forecast(args) => forecast::forecast(args, context).await,
        Command::Landing(args) => forecast::landing(args, context).await,
        Command::Board(args) => board::run(args, context).await,
        Command::Goal(command) => goal::run(command, context).await,
        Command::Bonus(command) => bonus::run(command, context).await,
        Command::Report(command) => report::run(command, context).await,
        Command::Account(command) => account::run(command, context).await,
        Command::Personal(command) => personal::run(command, context).await,
        Command::FollowUp(command) => follow_up::run(command, context).await,
        Command::Feedback(command) => follow_up::feedback(command, context).await,
        Command::Backup(args) => store::backup(args, context).await,
        Command::History(args) => history::history(args, context).await,
        Command::Undo(args) => history::undo(args, context).await,
        Command::Audit(args) => history::audit(args, context).await,
        Command::Restore(args) => store::restore(args, context).await,
        Command::Key(command) => key::run(command, context).await,
        Command::Verify(args) => store::verify(args, context).await,
        Command::Engine(args) => engine::run(&args),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn bad_arguments_are_bad_input() {
        for arguments in [
            &["yeji", "nonsense"][..],
            &["yeji", "kpi"],
            &["yeji", "goal", "split"],
        ] {
            let given: Vec<OsString> = arguments.iter().map(OsString::from).collect();
            let code = run(&given);
            assert_eq!(
                format!("{code:?}"),
                format!("{:?}", ExitCode::from(BAD_INPUT)),
                "{arguments:?}"
            );
        }
    }
}
