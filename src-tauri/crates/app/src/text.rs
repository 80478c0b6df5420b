//! Text files that a command is given: plans, weights, mappings.

use std::path::Path;

use crate::error::{Error, Result};

/// Reads a text file in whatever encoding people's programs save it (UTF-8, UTF-16, GB18030 ...), with
/// `\n` as line ends.
///
/// # Errors
/// A file that is not there or no text, with what it is instead.
pub fn read_text(path: &Path) -> Result<String> {
    use yeji_intake::Error as Intake;
    yeji_intake::read_text(path).map_err(|error| {
        let content = match error {
            Intake::Io { source, .. } => return Error::io(path)(source),
            Intake::NotATable { reason, .. } => reason,
            Intake::NotText { .. } => "binary".to_owned(),
            other => return other.into(),
        };
        let file = path.file_name().unwrap_or(path.as_os_str());
        Error::NotPlainText {
            file: file.to_string_lossy().into_owned(),
            content,
        }
    })
}

/// Reads a list of holidays: CSV with date, kind and name, or a calendar file (ICS).
///
/// # Errors
/// A file that is not there or no text; the first line that cannot be taken, with what is wrong.
pub fn read_holidays(path: &Path) -> Result<yeji_intake::HolidayList> {
    yeji_intake::read_holidays(path).map_err(|error| match error {
        yeji_intake::Error::Io { source, .. } => Error::io(path)(source),
        other => other.into(),
    })
}

/// Bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _infallible = write!(text, "{byte:02x}");
            text
        })
}
