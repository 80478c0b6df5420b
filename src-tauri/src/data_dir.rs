//! Where the user's store lies when no folder is named.

use std::path::PathBuf;

/// The identifier of `tauri.conf.json`; window and command line have to meet in the same folder.
const IDENTIFIER: &str = "app.yeji.desktop";

/// The named folder as an absolute path, else the user's own:
/// `~/.local/share/app.yeji.desktop`, `%APPDATA%\app.yeji.desktop`, or
/// `~/Library/Application Support/app.yeji.desktop`. It need not exist yet. None: the system names no
/// folder for data.
///
/// # Errors
/// When the current folder is gone.
pub fn resolve(named: Option<PathBuf>) -> std::result::Result<Option<PathBuf>, yeji_app::Error> {
    if let Some(folder) = named {
        return std::path::absolute(&folder)
            .map(Some)
            .map_err(yeji_app::Error::io(&folder));
    }
    Ok(dirs::data_dir().map(|base| base.join(IDENTIFIER)))
}

/// The program's own folder, for what belongs to no store.
pub fn own_folder() -> Option<PathBuf> {
    dirs::config_dir().map(|base| base.join(IDENTIFIER))
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
        let folder = resolve(Some("some/store".into()))
            .expect("the current folder exists")
            .expect("a folder is named");
        assert!(
            folder.is_absolute() && folder.ends_with("some/store"),
            "{}",
            folder.display()
        );
    }
}
