//! Where the user's store lies when no folder is named.

use std::path::PathBuf;

use anyhow::Context as _;

/// The identifier of `tauri.conf.json`; window and command line have to meet in the same folder.
const IDENTIFIER: &str = "app.yeji.desktop";

/// The named folder as an absolute path, else the user's own:
/// `~/.local/share/app.yeji.desktop`, `%APPDATA%\app.yeji.desktop`, or
/// `~/Library/Application Support/app.yeji.desktop`. It need not exist yet.
///
/// # Errors
/// When the system names no home folder, or the current folder is gone.
pub fn resolve(named: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    if let Some(folder) = named {
        return std::path::absolute(&folder)
            .with_context(|| format!("the folder {} cannot be made absolute", folder.display()));
    }
    let base = dirs::data_dir().context(
        "the system names no folder for application data; name the store with `--data DIR`",
    )?;
    Ok(base.join(IDENTIFIER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identifier_is_the_one_of_the_configuration() {
        let context = crate::context::<tauri::test::MockRuntime>();
        assert_eq!(context.config().identifier, IDENTIFIER);
    }

    #[test]
    fn a_named_folder_is_kept_and_made_absolute() {
        let folder = resolve(Some("some/store".into())).expect("the current folder exists");
        assert!(
            folder.is_absolute() && folder.ends_with("some/store"),
            "{}",
            folder.display()
        );
    }
}
