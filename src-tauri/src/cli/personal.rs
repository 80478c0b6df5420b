//! `yeji personal`: a file with what one person may see, and what comes back from it.

use std::path::PathBuf;

use yeji_app::access::Right;
use yeji_app::api::NoArgs;
use yeji_app::api::personal::{ExportPersonalFile, ReturnPreview, ReturnState};
use yeji_app::host::Clock as _;
use yeji_app::{Access, Error};

use super::key::{NewArgs, new_one};
use super::output::Column::Left;
use super::{Context, output, people};
use crate::outside::SystemClock;
use crate::words;

/// What to do with personal files.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List those that were made
    List,
    /// Write an encrypted file with exactly what one person may see; `yeji restore` opens it on their computer
    Export {
        /// Staff number, name or id
        person: String,
        /// A file that does not exist yet
        file: PathBuf,
        #[command(flatten)]
        new: NewArgs,
    },
    /// In a personal file: write what was entered, for HR
    Return {
        /// A file that does not exist yet
        file: PathBuf,
    },
    /// Take in what comes back from a personal file, as an import that can be taken back
    Import {
        /// A file that `yeji personal return` has written
        file: PathBuf,
        /// Show what it would do, and do nothing
        #[arg(long)]
        dry_run: bool,
    },
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::List => list(context).await,
        Command::Export { person, file, new } => {
            let desk = context.app(Access::Change).await?;
            desk.require(Right::PersonalFiles).await?;
            let person = people::person_named(&desk, &person).await?;
            let file = std::path::absolute(&file).map_err(Error::io(&file))?;
            let passphrase = new_one(&new, context)?;
            let made = desk
                .export_personal_file_to(&file, ExportPersonalFile { person, passphrase })
                .await?;
            if context.json {
                return output::json(&made);
            }
            let params = [
                ("name", made.handed_out.name),
                ("number", made.number.unwrap_or_default()),
                ("role", made.handed_out.role.code().to_owned()),
                ("file", made.file),
            ];
            output::print(&words::line("personal_made", &params))
        }
        Command::Return { file } => {
            let desk = context.app(Access::Change).await?;
            let file = std::path::absolute(&file).map_err(Error::io(&file))?;
            let sent = desk.send_back_to(&file).await?;
            if context.json {
                return output::json(&sent);
            }
            let params = [("entries", sent.entries.to_string()), ("file", sent.file)];
            output::print(&words::line("personal_sent", &params))
        }
        Command::Import { file, dry_run } => import(file, dry_run, context).await,
    }
}

async fn list(context: &Context) -> anyhow::Result<()> {
    let desk = context.app(Access::Read).await?;
    let files = desk.list_personal_files(NoArgs {}).await?;
    if context.json {
        return output::json(&files);
    }
    if files.is_empty() {
        return output::print(&words::line("personal_none", &[]));
    }
    let rows: Vec<Vec<String>> = files
        .into_iter()
        .map(|file| {
            let person = match file.staff_number {
                Some(number) => format!("{} ({number})", file.name),
                None => file.name,
            };
            let at = SystemClock.local(file.exported_at);
            let role = words::term("role", file.role.code());
            vec![at.format("%Y-%m-%d %H:%M").to_string(), person, role]
        })
        .collect();
    output::table(&[Left("at"), Left("person"), Left("role")], &rows)
}

async fn import(file: PathBuf, dry_run: bool, context: &Context) -> anyhow::Result<()> {
    if dry_run {
        let desk = context.app(Access::Read).await?;
        let preview = desk.preview_return_of(&file).await?;
        if context.json {
            return output::json(&preview);
        }
        show(&preview)?;
        return output::print(&words::line("dry_run", &[]));
    }
    let desk = context.app(Access::Change).await?;
    let taken = desk.import_return_of(&file).await?;
    if context.json {
        return output::json(&taken);
    }
    show(&taken.preview)?;
    match taken.batch {
        Some(batch) => {
            let params = [("batch", batch.to_string())];
            output::print(&words::line("batch_made", &params))
        }
        None => output::print(&words::line("personal_nothing_new", &[])),
    }
}

fn show(preview: &ReturnPreview) -> anyhow::Result<()> {
    for line in &preview.lines {
        let state = match line.state {
            ReturnState::New => "new",
            ReturnState::Known => "known",
            ReturnState::Refused => "refused",
        };
        let why = line.reason.as_ref().map(words::say);
        let params = [
            ("state", state.to_owned()),
            ("what", line.what.clone()),
            (
                "day",
                line.day.map(|day| day.to_string()).unwrap_or_default(),
            ),
            ("about", line.about.clone()),
            ("words", line.words.clone()),
            ("why", why.unwrap_or_default()),
        ];
        output::print(&words::line("personal_line", &params))?;
    }
    let params = [
        ("name", preview.name.clone()),
        ("number", preview.number.clone().unwrap_or_default()),
        ("new", preview.new.to_string()),
        ("known", preview.known.to_string()),
        ("refused", preview.refused.to_string()),
    ];
    output::print(&words::line("personal_preview", &params))
}
