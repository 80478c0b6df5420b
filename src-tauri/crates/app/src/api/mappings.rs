//! Mappings that are kept: which column of a file is which field.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A mapping that is kept under a name.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MappingInfo {
    /// Name.
    pub name: String,
    /// Kind code.
    pub kind: String,
    /// Columns that it names.
    pub columns: Vec<String>,
    /// It was remembered for the headers of a file, and is used for the next file with these.
    pub remembered: bool,
    /// Of a remembered one the source of that file.
    pub source: Option<String>,
}

/// Names a kept mapping.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MappingArgs {
    /// Name.
    pub name: String,
}

/// Gives a kept mapping a name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NameMapping {
    /// Its name so far.
    pub name: String,
    /// The name from now on. One that was remembered for headers stays besides.
    pub new_name: String,
}
