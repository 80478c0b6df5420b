//! Templates: what can be imported, as workbooks to be filled in.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use yeji_intake::{Kind, TemplateLanguage, TextEncoding};
use yeji_report::chart::Lang;

use crate::api::data::TemplateArgs;
use crate::api::reports::ExportResult;
use crate::context::App;
use crate::error::{Error, Result};

/// The template of a kind.
///
/// # Errors
/// No such kind.
pub fn template(kind: &str, language: Lang) -> Result<Vec<u8>> {
    let kind = parse_kind("kind", kind)?;
    let language = match language {
        Lang::ZhCn => TemplateLanguage::Chinese,
        Lang::En => TemplateLanguage::English,
    };
    let written = yeji_intake::template(kind, language);
    Ok(written.map_err(yeji_report::Error::from)?)
}

/// Writes the template of a kind to a file that does not exist yet.
///
/// # Errors
/// No such kind, a file that is there, or what the system says.
pub fn write_template(kind: &str, language: Lang, path: &Path) -> Result<()> {
    let bytes = template(kind, language)?;
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    match file.and_then(|mut file| file.write_all(&bytes)) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(yeji_store::Error::FileExists(path.to_owned()).into())
        }
        Err(error) => Err(Error::io(path)(error)),
    }
}

/// Codes of all kinds, in the order of import.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    Kind::ALL.iter().map(|kind| kind.code())
}

/// Codes of the encodings that text may be read in, the likeliest first.
pub fn encodings() -> impl Iterator<Item = String> {
    TextEncoding::ALL.into_iter().map(TextEncoding::code)
}

pub(super) fn parse_kind(field: &'static str, code: &str) -> Result<Kind> {
    code.parse()
        .map_err(|_| Error::input(field, code, "a kind of records"))
}

impl App {
    /// Saves the template of a kind where a person says.
    pub async fn save_template(&self, args: TemplateArgs) -> Result<ExportResult> {
        let bytes = template(&args.kind, self.language)?;
        let name = yeji_report::file_name(&["template", &args.kind]);
        let Some(path) = self.host.save_file(&format!("{name}.xlsx")).await else {
            return Ok(ExportResult {
                folder: None,
                files: Vec::new(),
                failed: Vec::new(),
            });
        };
        std::fs::write(&path, bytes).map_err(Error::io(&path))?;
        Ok(super::rejected::written(&path))
    }
}
