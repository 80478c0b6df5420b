//! The files of a folder: which are exports, whether they lie still, what they hold.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// Files of a folder that are looked at; as many as an import takes.
const MAX_FILES: usize = 10_000;
/// Endings of tables, as an import of a folder takes them.
const TABLES: [&str; 5] = ["csv", "tsv", "txt", "xlsx", "xlsm"];
/// Bytes read at a time.
const READ_BYTES: usize = 1 << 16;

/// What shows that a file is still being written: it differs from one look to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stat {
    pub bytes: u64,
    pub modified: Option<SystemTime>,
}

/// A table in a folder.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub path: PathBuf,
    pub name: String,
    pub stat: Stat,
}

/// The tables of a folder, oldest first; not those of its subfolders. A file that goes away meanwhile
/// is left out.
pub(super) fn tables(folder: &Path) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Error::io(folder))? {
        let entry = entry.map_err(Error::io(folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !is_export(&name) {
            continue;
        }
        // By the path: a link to a file is a file.
        let Ok(meta) = std::fs::metadata(entry.path()) else {
            continue;
        };
        if !meta.is_file() || meta.len() == 0 {
            continue;
        }
        if found.len() == MAX_FILES {
            tracing::warn!(folder = %folder.display(), "more files than {MAX_FILES}");
            break;
        }
        found.push(Found {
            path: entry.path(),
            name,
            stat: stat(&meta),
        });
    }
    found.sort_by(|a, b| (a.stat.modified, &a.name).cmp(&(b.stat.modified, &b.name)));
    Ok(found)
}

/// Whether a name is that of a table: no lock file of an open workbook, nothing hidden, no download
/// that is under way (browsers add an ending, which is the last then).
fn is_export(name: &str) -> bool {
    if name.starts_with('.') || name.starts_with("~$") {
        return false;
    }
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let under_way = [".part", ".tmp", ".crdownload", ".download", ".partial"];
    let stem = stem.to_lowercase();
    TABLES.contains(&extension.to_lowercase().as_str())
        && !under_way.iter().any(|ending| stem.ends_with(ending))
}

fn stat(meta: &std::fs::Metadata) -> Stat {
    Stat {
        bytes: meta.len(),
        modified: meta.modified().ok(),
    }
}

/// SHA-256 of a file's content, hexadecimal; none if it changed while it was read.
pub(super) fn hash(found: &Found) -> Result<Option<String>> {
    let io = Error::io(&found.path);
    let read = || -> std::io::Result<Option<String>> {
        let mut file = std::fs::File::open(&found.path)?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; READ_BYTES];
        loop {
            let count = file.read(&mut buffer)?;
            if count == 0 {
                break;
            }
            hash.update(&buffer[..count]);
        }
        if stat(&std::fs::metadata(&found.path)?) != found.stat {
            return Ok(None);
        }
        let hash = hash.finalize();
        Ok(Some(crate::text::hex(&hash)))
    };
    read().map_err(io)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_tables_are_exports() {
        let check = |name: &str, expected: bool| assert_eq!(is_export(name), expected, "{name}");
        check("deals.csv", true);
        check("客户 2026-11.XLSX", true);
        check("~$deals.xlsx", false);
        check(".deals.csv", false);
        check("deals.csv.crdownload", false);
        check("deals.csv.part", false);
        check("deals.part.csv", false);
        check("deals.tmp", false);
        check("notes.docx", false);
        check("csv", false);
    }
}
