//! `yeji watch`: takes each new export of a folder.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use uuid::Uuid;
use yeji_app::api::NoArgs;
use yeji_app::api::watching::{WatchFolder, WatchedFileInfo, WatchedFolderArgs, WatchedList};
use yeji_app::data::{LOOK_EVERY_SECONDS, SETTLE_SECONDS};
use yeji_app::{Access, Desk};

use super::output::Column::{Left, Right};
use super::{Context, output};
use crate::words;

/// Which folder, and how its files are taken.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder to watch; without it the watched folders and their files are listed
    folder: Option<PathBuf>,
    /// Name of a kept mapping for its files; without it files are taken whose headers were confirmed in an
    /// earlier import
    #[arg(long, value_name = "PROFILE", requires = "folder")]
    map: Option<String>,
    /// Source of its files
    #[arg(long, requires = "folder")]
    source: Option<String>,
    /// Kind of its files; without it told from the headers
    #[arg(long = "as", value_name = "KIND", requires = "folder")]
    kind: Option<String>,
    /// Look once, take what lies still, and end
    #[arg(long, requires = "folder")]
    once: bool,
    /// No longer watch the folder; what was imported stays
    #[arg(long, requires = "folder", conflicts_with_all = ["once", "map", "source", "kind"])]
    stop: bool,
}

pub(super) async fn run(args: Args, context: &Context) -> anyhow::Result<()> {
    let Some(folder) = args.folder else {
        let app = context.app(Access::Read).await?;
        let list = app.list_watched(NoArgs {}).await?;
        return listed(&list, context);
    };
    let app = context.app(Access::Change).await?;
    let known = app.list_watched(NoArgs {}).await?;
    let place = std::fs::canonicalize(&folder).unwrap_or_else(|_| folder.clone());
    let place = place.to_string_lossy();
    let watched = known.folders.iter().find(|one| one.path == place);
    if args.stop {
        let id = watched.map_or(Uuid::nil(), |one| one.id);
        let list = app.unwatch_folder(WatchedFolderArgs { folder: id }).await?;
        if !context.json {
            let folder = place.into_owned();
            output::note_text(words::line("watch_stopped", &[("folder", folder)]));
        }
        return listed(&list, context);
    }
    // A folder that is watched already stays as it is, unless something else is asked for.
    let asked = args.map.is_some() || args.source.is_some() || args.kind.is_some();
    if asked || watched.is_none() {
        let how = WatchFolder {
            profile: args.map,
            source: args.source,
            kind: args.kind,
        };
        app.watch_path(&folder, how).await?;
    }
    let mut told: BTreeSet<(Uuid, String)> = known
        .files
        .into_iter()
        .map(|file| (file.id, file.state))
        .collect();
    if args.once {
        app.look_closely_into_watched().await?;
        tokio::time::sleep(Duration::from_secs(SETTLE_SECONDS)).await;
        let list = app.look_closely_into_watched().await?;
        return once(&list, &told, context);
    }
    output::note_text(words::line(
        "watching",
        &[
            ("folder", place.into_owned()),
            ("seconds", LOOK_EVERY_SECONDS.to_string()),
        ],
    ));
    watch(&app, &mut told).await
}

/// Looks again and again, until the program is stopped. What goes wrong is told once.
async fn watch(app: &Desk, told: &mut BTreeSet<(Uuid, String)>) -> anyhow::Result<()> {
    let mut failed = String::new();
    loop {
        match app.look_into_watched(NoArgs {}).await {
            Ok(list) => {
                failed.clear();
                for file in list.files.iter().rev() {
                    if told.insert((file.id, file.state.clone())) {
                        output::print(&line(file))?;
                    }
                }
                for folder in &list.folders {
                    let Some(problem) = &folder.problem else {
                        continue;
                    };
                    let text = words::say(problem);
                    if text != failed {
                        output::note_text(text.clone());
                    }
                    failed = text;
                }
            }
            Err(error) if failed == error.code() => {}
            Err(error) => {
                error.code().clone_into(&mut failed);
                output::explain(&error.into());
            }
        }
        tokio::time::sleep(Duration::from_secs(LOOK_EVERY_SECONDS)).await;
    }
}

/// The result of a single look: bad input where a file waits or failed that was not told before, a failure
/// where a file or folder cannot be read, so that a script at night does not see success.
fn once(
    list: &WatchedList,
    told: &BTreeSet<(Uuid, String)>,
    context: &Context,
) -> anyhow::Result<()> {
    let new: Vec<&WatchedFileInfo> = list
        .files
        .iter()
        .filter(|file| !told.contains(&(file.id, file.state.clone())))
        .collect();
    let open: Vec<&str> = new
        .iter()
        .filter(|file| file.state == "waiting" || file.state == "failed")
        .map(|file| file.name.as_str())
        .collect();
    let unread: Vec<&str> = list
        .folders
        .iter()
        .filter(|one| one.problem.is_some())
        .map(|one| one.path.as_str())
        .collect();
    let failed = !open.is_empty() || !unread.is_empty();
    if context.json && !failed {
        output::json(&new)?;
    } else if new.is_empty() {
        output::print(&words::line("watch_nothing", &[]))?;
    }
    // A failure prints no result: what was met is said beside it.
    for file in new.iter().rev() {
        if failed {
            output::say!("{}", line(file));
        } else if !context.json {
            output::print(&line(file))?;
        }
    }
    for problem in list.folders.iter().filter_map(|one| one.problem.as_ref()) {
        output::note_text(words::say(problem));
    }
    if open.is_empty() && !unread.is_empty() {
        let folders = unread.join(", ");
        return Err(super::failure("watch_unread", &[("folders", folders)]));
    }
    if open.is_empty() {
        return Ok(());
    }
    let files = open.join(", ");
    Err(super::refusal("watch_open", &[("files", files)]))
}

fn line(file: &WatchedFileInfo) -> String {
    let reason = file.reason.as_ref().map(words::say);
    let batch = file.batch.as_ref();
    words::line(
        "watched_file",
        &[
            ("file", file.name.clone()),
            ("state", file.state.clone()),
            ("reason", reason.unwrap_or_default()),
            (
                "rows",
                batch.map_or(String::new(), |one| {
                    (one.new_rows + one.changed_rows).to_string()
                }),
            ),
            (
                "rejected",
                batch.map_or(String::new(), |one| one.rejected_rows.to_string()),
            ),
            (
                "batch",
                batch.map_or(String::new(), |one| one.id.to_string()),
            ),
        ],
    )
}

fn listed(list: &WatchedList, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(list);
    }
    if list.folders.is_empty() {
        return output::print(&words::line("watch_no_folder", &[]));
    }
    let folders: Vec<Vec<String>> = list
        .folders
        .iter()
        .map(|one| {
            vec![
                one.path.clone(),
                one.source.clone(),
                one.profile.clone().unwrap_or_default(),
                one.kind
                    .as_ref()
                    .map_or_else(String::new, |kind| words::term("kind", kind)),
            ]
        })
        .collect();
    let columns = [
        Left("folder"),
        Left("source"),
        Left("mapping"),
        Left("kind"),
    ];
    output::table(&columns, &folders)?;
    let files: Vec<Vec<String>> = list
        .files
        .iter()
        .map(|file| {
            let rows = file
                .batch
                .as_ref()
                .map(|one| one.new_rows + one.changed_rows);
            vec![
                file.at.format("%Y-%m-%d %H:%M").to_string(),
                file.name.clone(),
                words::term("watch_state", &file.state),
                rows.map_or_else(String::new, |rows| rows.to_string()),
                file.batch
                    .as_ref()
                    .map_or_else(String::new, |one| one.rejected_rows.to_string()),
                file.reason.as_ref().map(words::say).unwrap_or_default(),
            ]
        })
        .collect();
    let columns = [
        Left("at"),
        Left("file"),
        Left("state"),
        Right("rows"),
        Right("rejected"),
        Left("reason"),
    ];
    output::table(&columns, &files)
}
