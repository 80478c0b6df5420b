//! `yeji backup` and `yeji verify`.

use std::path::PathBuf;

use yeji_app::Access;
use yeji_app::api::NoArgs;

use super::{Context, output};

/// Where to.
#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// A file that does not exist yet
    file: PathBuf,
}

pub(super) async fn backup(args: BackupArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let file = std::path::absolute(&args.file)?;
    app.backup_to(&file).await?;
    if context.json {
        return output::json(&serde_json::json!({ "file": file }));
    }
    output::print(&format!("{}", file.display()))
}

pub(super) async fn verify(context: &Context) -> anyhow::Result<()> {
    let result = context
        .app(Access::Read)
        .await?
        .verify_store(NoArgs {})
        .await?;
    if context.json {
        output::json(&result)?;
    } else {
        for check in &result.checks {
            let outcome = if check.ok { "ok" } else { "BROKEN" };
            output::print(&format!(
                "{:12} {outcome}  {}",
                check.name,
                check.detail.as_deref().unwrap_or("")
            ))?;
        }
    }
    anyhow::ensure!(
        result.ok,
        "the store does not agree with itself; restore a backup (see the checks above)"
    );
    Ok(())
}
