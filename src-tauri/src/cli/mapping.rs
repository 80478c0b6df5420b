//! `yeji mapping`: which column is which field, kept and shared.

use std::path::PathBuf;

use yeji_app::Access;
use yeji_app::access::Right;
use yeji_app::api::NoArgs;

use super::new_content::NewContent;
use super::output::Column::Left;
use super::{Context, output, refusal};
use crate::words;

/// What to do with mappings.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List the mappings that are kept
    List,
    /// Write one to a file (TOML), to be edited and shared
    Export {
        /// Name, as `mapping list` shows it
        name: String,
        /// File to write, that does not exist yet
        file: PathBuf,
        /// Write over a file that is there
        #[arg(long)]
        overwrite: bool,
    },
    /// Keep the mapping of a file (TOML) under a name
    Import {
        /// File to read
        file: PathBuf,
        /// Name; without it the file's
        #[arg(long)]
        name: Option<String>,
        /// Replace a mapping of that name
        #[arg(long)]
        overwrite: bool,
    },
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::List => list(context).await,
        Command::Export {
            name,
            file,
            overwrite,
        } => {
            if file.exists() && !overwrite {
                let path = file.display().to_string();
                return Err(refusal("file_is_there", &[("path", path)]));
            }
            let app = context.app(Access::Read).await?;
            let out = NewContent::open(&file)?;
            out.write(app.mapping_toml(&name).await?.as_bytes())?;
            output::print(&format!("{}", file.display()))
        }
        Command::Import {
            file,
            name,
            overwrite,
        } => {
            let app = context.app(Access::Change).await?;
            app.require(Right::ImportData).await?;
            let text = yeji_app::read_text(&file)?;
            let stem = file
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned());
            let name = name.or(stem).unwrap_or_default();
            let known = app.list_mappings(NoArgs {}).await?;
            if !overwrite && known.iter().any(|one| one.name == name.trim()) {
                return Err(refusal("mapping_is_there", &[("name", name)]));
            }
            let kept = app.keep_mapping(&name, &text).await?;
            output::print(&words::line("mapping_kept", &[("name", kept.name)]))
        }
    }
}

async fn list(context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let all = app.list_mappings(NoArgs {}).await?;
    if context.json {
        return output::json(&all);
    }
    let rows: Vec<Vec<String>> = all
        .into_iter()
        .map(|one| {
            let kind = words::term("kind", &one.kind);
            let source = one.source.unwrap_or_default();
            vec![one.name, kind, source, one.columns.join(", ")]
        })
        .collect();
    let columns = [Left("name"), Left("kind"), Left("source"), Left("columns")];
    output::table(&columns, &rows)
}
