//! What around a store may harm it: a clock that was set back, a folder that a service synchronises, a
//! key that only one computer has.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use yeji_store::{Key, Store};

use super::copies::readable_stores;
use crate::api::Message;
use crate::context::Shared;
use crate::keys::keys_of;

/// Clocks of two machines, or one before and after it was set right, differ so much without harm.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(10);

/// How folders of services begin that copy files behind the program's back, lower case.
const SYNCED_FOLDERS: [(&str, &str); 20] = [
    ("onedrive", "OneDrive"),
    ("icloud", "iCloud"),
    ("mobile documents", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("nutstore", "坚果云"),
    ("坚果云", "坚果云"),
    ("我的坚果云", "坚果云"),
    ("baidusyncdisk", "百度网盘"),
    ("baidunetdisk", "百度网盘"),
    ("百度网盘", "百度网盘"),
    ("百度云", "百度网盘"),
    ("wedrive", "企业微信微盘"),
    ("企业微信微盘", "企业微信微盘"),
    ("微盘", "企业微信微盘"),
    ("weiyun", "腾讯微云"),
    ("腾讯微云", "腾讯微云"),
    ("微云", "腾讯微云"),
];

/// Files that such services leave in the folder that they synchronise.
const SYNC_MARKS: [(&str, &str); 3] = [
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
];

impl Shared {
    /// Warnings about how the store is kept. Work goes on with each of them.
    pub async fn warnings(&self) -> Vec<Message> {
        let mut warnings = Vec::new();
        let Ok(opened) = self.opened() else {
            return warnings;
        };
        let dir = self.dir();
        warnings.extend(clock_warning(&opened.store, self.clock.now()).await);
        if let Some(service) = synchronised_by(&dir) {
            let params = [
                ("service", service.to_owned()),
                ("path", dir.display().to_string()),
            ];
            warnings.push(Message::new("store_in_synced_folder", &params));
        }
        let only_here =
            opened.key != Key::Plain && keys_of(&dir).is_ok_and(|keys| !keys.has_seal());
        if only_here {
            warnings.push(Message::new("key_only_in_keyring", &[]));
        }
        if opened.key != Key::Plain {
            let readable = readable_stores(&dir).into_iter().map(|path| {
                let params = [("path", path.display().to_string())];
                Message::new("readable_store_beside", &params)
            });
            warnings.extend(readable);
        }
        warnings.extend(self.backup_failure());
        warnings
    }
}

/// The newest change lies in the future: the clock was set back since, or it was wrong then.
async fn clock_warning(store: &Store, now: DateTime<Utc>) -> Option<Message> {
    let newest = store.last_change_at().await.ok().flatten()?;
    if newest <= now + CLOCK_TOLERANCE {
        return None;
    }
    let day = |at: DateTime<Utc>| at.format("%Y-%m-%d").to_string();
    let params = [("newest", day(newest)), ("now", day(now))];
    Some(Message::new("clock_behind", &params))
}

/// The service that synchronises a folder, by the names of the folders above it and by the marks that
/// services leave.
fn synchronised_by(dir: &Path) -> Option<&'static str> {
    dir.ancestors().find_map(|folder| {
        let name = folder.file_name()?.to_string_lossy().to_lowercase();
        let by_name = SYNCED_FOLDERS
            .iter()
            .find(|(start, _)| is_folder_of(&name, start));
        let by_mark = || {
            SYNC_MARKS
                .iter()
                .find(|(mark, _)| folder.join(mark).exists())
        };
        by_name.or_else(by_mark).map(|(_, service)| *service)
    })
}

/// `OneDrive`, `OneDrive - Contoso`, `OneDrive-Personal`, `Dropbox (Work)`, `iCloudDrive`; not a folder
/// called `dropboxes`.
fn is_folder_of(name: &str, start: &str) -> bool {
    let Some(rest) = name.strip_prefix(start) else {
        return false;
    };
    let next = rest.trim_start_matches("drive").chars().next();
    next.is_none_or(|letter| !letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_services_are_known_by_name() {
        let check = |path: &str, expected: Option<&str>| {
            assert_eq!(synchronised_by(Path::new(path)), expected, "{path}");
        };
        check("/home/a/Dropbox/yeji", Some("Dropbox"));
        check("/home/a/Dropbox (Work)/yeji", Some("Dropbox"));
        check("/c/Users/a/OneDrive - 公司/yeji", Some("OneDrive"));
        check(
            "/Users/a/Library/CloudStorage/OneDrive-Personal/y",
            Some("OneDrive"),
        );
        check(
            "/Users/a/Library/Mobile Documents/com~apple~CloudDocs/y",
            Some("iCloud"),
        );
        check("/c/Users/a/iCloudDrive/y", Some("iCloud"));
        check("/c/Users/a/Nutstore/1/我的坚果云/y", Some("坚果云"));
        check("/d/BaiduSyncdisk/yeji", Some("百度网盘"));
        check("/d/百度网盘/yeji", Some("百度网盘"));
        check(
            "/c/Users/a/Documents/WXWork/16888/WeDrive/公司",
            Some("企业微信微盘"),
        );
        check("/d/企业微信微盘/yeji", Some("企业微信微盘"));
        check("/d/微盘/yeji", Some("企业微信微盘"));
        check("/d/腾讯微云/yeji", Some("腾讯微云"));
        check("/d/微盘点/yeji", None);
        check("/home/a/.local/share/app.yeji.desktop", None);
        check("/home/a/dropboxes/yeji", None);
    }

    #[test]
    fn a_folder_is_known_by_the_marks_of_its_service() {
        let dir = tempfile::tempdir().unwrap();
        let store = dir.path().join("a").join("b");
        std::fs::create_dir_all(&store).unwrap();
        assert_eq!(synchronised_by(&store), None);
        std::fs::write(dir.path().join("a").join(".dropbox"), "").unwrap();
        assert_eq!(synchronised_by(&store), Some("Dropbox"));
    }
}
