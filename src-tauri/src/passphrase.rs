//! Where a passphrase comes from: a file, the environment, or whoever sits at the terminal.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use yeji_app::Error;
use yeji_app::api::Message;
use yeji_app::host::Ask;
use yeji_app::keys::{KeyError, Secret};
use zeroize::Zeroizing;

use crate::words;

/// Holds the passphrase where no file is named; for scheduled commands.
const VARIABLE: &str = "YEJI_PASSPHRASE";
/// As [`VARIABLE`], for a file that is restored and has another.
const FILE_VARIABLE: &str = "YEJI_FILE_PASSPHRASE";
/// As [`VARIABLE`], for the passphrase that takes its place.
const NEW_VARIABLE: &str = "YEJI_NEW_PASSPHRASE";
/// A passphrase is a line.
const MAX_FILE_BYTES: u64 = 4_096;

/// The surroundings of one run.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// `--passphrase-file`.
    file: Option<PathBuf>,
    /// `--file-passphrase-file`.
    of_file: Mutex<Option<PathBuf>>,
    /// Whether a person may be asked; the window asks by itself.
    terminal: bool,
    /// What was typed last, so that nobody types it twice in one run.
    typed: Mutex<Option<Secret>>,
}

impl Surroundings {
    /// Of a command.
    pub fn of_command(file: Option<PathBuf>) -> Self {
        Self {
            file,
            terminal: true,
            ..Self::default()
        }
    }

    /// Where the passphrase of the file that this command restores stands.
    pub fn set_of_file(&self, file: Option<PathBuf>) {
        *self.of_file.lock().unwrap_or_else(PoisonError::into_inner) = file;
    }

    /// Of the window: the environment, and nobody at a terminal.
    pub fn of_window() -> Self {
        Self::default()
    }

    /// Asks on the terminal; None where nobody sits there.
    fn ask(&self, code: &str, place: &str) -> Result<Option<Secret>, Error> {
        let there = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        if !self.terminal || !there {
            return Ok(None);
        }
        let prompt = words::line(code, &[("path", place.to_owned())]);
        let typed = rpassword::prompt_password(format!("{prompt} "))
            .map_err(Error::io(Path::new("terminal")))?;
        Ok(Some(Secret::new(typed)))
    }

    /// The passphrase that is to be set: from a file, the environment, or the terminal, twice there.
    ///
    /// # Errors
    /// When the file cannot be read, or the two differ.
    pub fn new_one(&self, file: Option<&Path>) -> Result<Option<Secret>, Error> {
        if let Some(file) = file {
            return read(file).map(Some);
        }
        if let Some(given) = variable(NEW_VARIABLE) {
            return Ok(Some(given));
        }
        self.twice("passphrase_new_ask", "")
    }

    fn twice(&self, code: &str, place: &str) -> Result<Option<Secret>, Error> {
        let Some(first) = self.ask(code, place)? else {
            return Ok(None);
        };
        let again = self.ask("passphrase_again_ask", place)?;
        if again.is_some_and(|again| again.text() == first.text()) {
            Ok(Some(first))
        } else {
            Err(KeyError::PassphrasesDiffer.into())
        }
    }

    fn keep(&self, typed: Option<&Secret>) {
        *self.typed.lock().unwrap_or_else(PoisonError::into_inner) = typed.cloned();
    }
}

impl Ask for Surroundings {
    fn given(&self) -> Result<Option<Secret>, Error> {
        let typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(typed) = &*typed {
            return Ok(Some(typed.clone()));
        }
        match &self.file {
            Some(file) => read(file).map(Some),
            None => Ok(variable(VARIABLE)),
        }
    }

    fn given_for_file(&self) -> Result<Option<Secret>, Error> {
        let file = self.of_file.lock().unwrap_or_else(PoisonError::into_inner);
        match &*file {
            Some(file) => read(file).map(Some),
            None => Ok(variable(FILE_VARIABLE)),
        }
    }

    fn passphrase(&self, dir: &Path) -> Result<Option<Secret>, Error> {
        let typed = self.ask("passphrase_ask", &dir.display().to_string())?;
        self.keep(typed.as_ref());
        Ok(typed)
    }

    fn new_passphrase(&self, dir: &Path) -> Result<Option<Secret>, Error> {
        self.twice("passphrase_new_store_ask", &dir.display().to_string())
    }

    fn wrong(&self, error: &KeyError) {
        self.keep(None);
        let message = Message {
            code: error.code().to_owned(),
            params: error.params(),
        };
        crate::cli::say_message(&message);
    }
}

/// The first line of a file, in UTF-8 or, as `>` of PowerShell writes it, in UTF-16 with its mark.
fn read(file: &Path) -> Result<Secret, Error> {
    use std::io::Read as _;
    let mut bytes = Zeroizing::new(Vec::new());
    std::fs::File::open(file)
        .and_then(|handle| handle.take(MAX_FILE_BYTES).read_to_end(&mut bytes))
        .map_err(Error::io(file))?;
    let wide = |one: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks();
        let pairs = pairs.iter().map(|pair| one(*pair));
        String::from_utf16(&Zeroizing::new(pairs.collect::<Vec<u16>>())).ok()
    };
    let text = match bytes.as_slice() {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        narrow => std::str::from_utf8(narrow).ok().map(str::to_owned),
    };
    let text = Zeroizing::new(text.ok_or_else(|| {
        let name = file.file_name().unwrap_or(file.as_os_str());
        Error::NotPlainText {
            file: name.to_string_lossy().into_owned(),
            content: "encoding".to_owned(),
        }
    })?);
    // Editors on Windows begin a text file with a mark.
    let line = text.trim_start_matches('\u{feff}').lines().next();
    Ok(Secret::new(line.unwrap_or_default().to_owned()))
}

/// A variable that is set and not empty.
fn variable(name: &str) -> Option<Secret> {
    let value = std::env::var_os(name)?.into_string().ok()?;
    (!value.is_empty()).then(|| Secret::new(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `"word" > file` of PowerShell writes UTF-16; what is no text at all is said to be none, with no advice
    /// about the disk.
    #[test]
    fn the_first_line_is_read_as_windows_writes_it_too() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("word.txt");
        let wide = |word: &str, one: fn(u16) -> [u8; 2]| -> Vec<u8> {
            word.encode_utf16().flat_map(one).collect()
        };
        let text = "\u{feff}门 open\r\nnext";
        for bytes in [
            wide(text, u16::to_le_bytes),
            wide(text, u16::to_be_bytes),
            text.as_bytes().to_vec(),
        ] {
            std::fs::write(&file, bytes).unwrap();
            assert_eq!(read(&file).unwrap().text(), "门 open");
        }
        std::fs::write(&file, [0xc3, 0x28, 0x0a]).unwrap();
        let said = read(&file).err().unwrap();
        assert_eq!(said.code(), "not_plain_text");
    }
}
