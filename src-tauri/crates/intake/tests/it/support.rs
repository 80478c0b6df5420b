//! Temporary files and short ways through the interface.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use yeji_core::Currency;
use yeji_intake::{
    Kind, Mapping, OpportunityRow, Proposal, Rejected, Row, SourceFile, inspect, propose, rows,
};

/// A folder that goes away, with one file in it.
pub struct TempFile {
    _folder: TempDir,
    pub path: PathBuf,
}

pub fn file(name: &str, bytes: impl AsRef<[u8]>) -> TempFile {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    TempFile {
        _folder: folder,
        path,
    }
}

/// The only table of a file.
pub fn table(path: &Path) -> SourceFile {
    let mut tables = inspect(path).unwrap();
    assert_eq!(tables.len(), 1, "one table in {}", path.display());
    tables.remove(0)
}

/// A table with its proposal, in yuan where the file names no currency.
pub fn proposal(path: &Path, kind: Kind) -> (SourceFile, Proposal) {
    let table = table(path);
    let mut proposal = propose(&table, Some(kind)).unwrap();
    proposal.mapping.currency.get_or_insert(Currency::CNY);
    (table, proposal)
}

pub type Results = Vec<Result<Row, Rejected>>;

pub fn read(table: &SourceFile, mapping: &Mapping) -> Results {
    rows(table, mapping).unwrap().collect()
}

/// All rows of a file by its own proposal.
pub fn import(path: &Path, kind: Kind) -> Results {
    let (table, proposal) = proposal(path, kind);
    read(&table, &proposal.mapping)
}

pub fn deal(result: &Result<Row, Rejected>) -> &OpportunityRow {
    match result {
        Ok(Row::Opportunity(row)) => row,
        other => panic!("an opportunity, not {other:?}"),
    }
}

/// `(line, code)` of the rejected rows.
pub fn rejections(results: &Results) -> Vec<(u32, &'static str)> {
    results
        .iter()
        .filter_map(|row| row.as_ref().err())
        .map(|row| (row.line, row.code.code()))
        .collect()
}
