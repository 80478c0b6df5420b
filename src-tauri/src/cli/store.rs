//! `yeji backup`, `yeji restore` and `yeji verify`.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use yeji_app::access::nobody_can_be_asked;
use yeji_app::api::NoArgs;
use yeji_app::api::history::CheckHead;
use yeji_app::api::keeping::RestoredKeys;
use yeji_app::host::Clock as _;
use yeji_app::keeping::{PresentKey, Replaced};
use yeji_app::{Access, Error};

use super::{Context, failure, output};
use crate::outside::SystemClock;
use crate::words;

/// Where to.
#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// A file that does not exist yet
    file: PathBuf,
}

/// From where.
#[derive(Debug, clap::Args)]
pub(super) struct RestoreArgs {
    /// A file that `yeji backup` or the program by itself has written
    file: PathBuf,
    /// Also where a personal file takes the place of other data, or entries were not sent back yet
    #[arg(long)]
    yes: bool,
    /// File whose first line is the passphrase (or the recovery code) of FILE, where it is another than that of
    /// the store that is there; without it the variable `YEJI_FILE_PASSPHRASE`, else that of the store
    #[arg(long, value_name = "FILE")]
    file_passphrase_file: Option<PathBuf>,
}

/// The passphrase that was given, which opened the store that is there or none, does not open the file.
const NOT_OF_FILE: [&str; 2] = ["wrong_passphrase", "wrong_recovery_code"];

pub(super) async fn restore(args: RestoreArgs, context: &Context) -> anyhow::Result<()> {
    let file = std::path::absolute(&args.file).map_err(Error::io(&args.file))?;
    let (actor, present, replaced) = let_restore(context).await?;
    let (dir, outside) = (context.dir()?, context.outside());
    let replaced = (!args.yes).then_some(replaced);
    context.surroundings.set_of_file(args.file_passphrase_file);
    let restored =
        yeji_app::keeping::restore(&dir, &file, &actor, &outside, present, replaced).await;
    if restored
        .as_ref()
        .is_err_and(|error| NOT_OF_FILE.contains(&error.code()))
    {
        output::notes(&[words::message("restore_file_passphrase", &[])]);
    }
    let restored = restored?;
    if context.json {
        return output::json(&restored);
    }
    let params = [
        ("deals", restored.deals.to_string()),
        ("last_change", minute(restored.last_change)),
        ("kept", restored.kept.unwrap_or_default()),
    ];
    output::print(&words::line("restored", &params))?;
    output::print(&what_opens(restored.keys.as_ref()))
}

/// A moment as people here read it.
fn minute(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| SystemClock.local(at).format("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

/// Which passphrase and recovery code open the restored store.
fn what_opens(keys: Option<&RestoredKeys>) -> String {
    let Some(keys) = keys else {
        return words::line("restored_plain", &[]);
    };
    let params = [
        ("passphrase", minute(keys.passphrase_since)),
        ("recovery", minute(keys.recovery_since)),
    ];
    let code = match (keys.stayed, keys.passphrase_since.or(keys.recovery_since)) {
        (_, None) => "restored_keyring",
        (true, _) => "restored_keys_stayed",
        (false, _) => "restored_keys_of_file",
    };
    words::line(code, &params)
}

/// Refuses whoever may not replace the store that is there. One that is absent or cannot be opened can
/// ask nobody; then the backup's own passphrase is what protects it. Gives who restores, the key of
/// the store that is there, and what it is.
async fn let_restore(context: &Context) -> anyhow::Result<(String, Option<PresentKey>, Replaced)> {
    match context.app(Access::Read).await {
        Ok(desk) => {
            let present = desk.let_restore().await;
            drop(desk);
            context.close().await;
            Ok(present?)
        }
        Err(error) => {
            context.close().await;
            let code = error.downcast_ref::<Error>().map(Error::code);
            if code.is_some_and(nobody_can_be_asked) {
                return Ok((yeji_app::LOCAL_AUTHOR.to_owned(), None, Replaced::default()));
            }
            Err(error)
        }
    }
}

pub(super) async fn backup(args: BackupArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app_to_export().await?;
    let file = std::path::absolute(&args.file).map_err(Error::io(&args.file))?;
    app.backup_to(&file).await?;
    if context.json {
        return output::json(&serde_json::json!({ "file": file }));
    }
    output::print(&format!("{}", file.display()))
}

/// Against what.
#[derive(Debug, clap::Args)]
pub(super) struct VerifyArgs {
    /// A mark of the audit log that was printed earlier, as 12-3f9a2c41b7d0: the log must still hold it
    #[arg(long, value_name = "MARK")]
    head: Option<String>,
}

pub(super) async fn verify(args: VerifyArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    let result = match args.head.clone() {
        Some(head) => app.check_head(CheckHead { head }).await?,
        None => app.verify_store(NoArgs {}).await?,
    };
    if context.json {
        output::json(&result)?;
    } else {
        for check in &result.checks {
            let outcome = match (check.known, check.ok) {
                (false, _) => "unknown",
                (true, true) => "ok",
                (true, false) => "broken",
            };
            let name = words::term("check", &check.name);
            let outcome = words::term("check_outcome", outcome);
            let detail = check.detail.as_deref().unwrap_or("");
            let name = output::padded(&name, 16);
            output::print(format!("{name} {outcome}  {detail}").trim_end())?;
        }
        if let Some(head) = &result.head {
            output::print(&words::line("audit_head", &[("head", head.clone())]))?;
        }
        if result.ok && args.head.is_none() {
            output::note_text(words::line("verify_scope", &[]));
        }
    }
    if result.ok {
        return Ok(());
    }
    let damaged = result
        .checks
        .iter()
        .any(|check| check.name == "integrity" && !check.ok);
    if damaged {
        return Err(failure("store_damaged_pages", &[]));
    }
    let mut broken = result.checks.iter().filter(|check| !check.ok);
    if broken.all(|check| check.name == "head") {
        return Err(failure("mark_not_held", &[]));
    }
    Err(failure("store_disagrees", &[]))
}
