//! A text file as a whole, in whatever encoding people's programs save it: mappings, plans, weights.

use std::io::{self, Read};
use std::path::Path;

use crate::decode::{END_MARK, TextReader};
use crate::limits::MAX_TEXT_BYTES;
use crate::{Error, Result, sniff};

/// Reads a text file: UTF-8, UTF-16 or GB18030 (as Excel and Notepad save it in China), and what else
/// [`crate::inspect`] knows. Line ends become `\n`, and the last line has one.
///
/// # Errors
/// An empty file, one that is no text (`not_a_table`, with what it is: `xlsx`, `pdf` ...), one with
/// characters that fit no encoding, or one that is too large.
pub fn read_text(path: &Path) -> Result<String> {
    let io = |source| Error::Io {
        file: path.to_owned(),
        source,
    };
    let head = sniff::read_head(path)?;
    if head.is_empty() {
        return Err(Error::Empty {
            file: path.to_owned(),
        });
    }
    if let Some(what) = sniff::document(path, &head)? {
        return Err(Error::NotATable {
            file: path.to_owned(),
            reason: what.to_owned(),
        });
    }
    if std::fs::metadata(path).map_err(io)?.len() > MAX_TEXT_BYTES {
        return Err(Error::TooLarge {
            file: path.to_owned(),
            what: "file_bytes",
            limit: MAX_TEXT_BYTES,
        });
    }
    let sniff::Detected { encoding, bom, .. } = sniff::encoding_of(path, &head)?;
    let mut reader = TextReader::open(path, encoding, bom)?;
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 64 << 10];
    loop {
        // Its limit is for rows, and a text has none.
        reader.grant();
        match reader.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            Err(error) => return Err(error.downcast::<Error>().unwrap_or_else(io)),
        }
    }
    let text = String::from_utf8(bytes).map_err(|error| io(io::Error::other(error)))?;
    let end = format!("{END_MARK}\n");
    Ok(text.strip_suffix(&end).map(str::to_owned).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, bytes).unwrap();
        read_text(&path)
    }

    #[test]
    fn texts_are_read_as_they_were_saved() {
        let text = "工号,权重\r\n王伟,2\r\n李娜,1.5";
        let utf16: Vec<u8> = std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let gbk = encoding_rs::GBK.encode(text).0.into_owned();
        let marked = format!("\u{feff}{text}").into_bytes();
        for bytes in [text.as_bytes().to_vec(), marked, utf16, gbk] {
            assert_eq!(
                read(&bytes).unwrap(),
                "工号,权重\n王伟,2\n李娜,1.5\n",
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        let code = |bytes: &[u8]| read(bytes).unwrap_err().code();
        assert_eq!(code(b""), "file_empty");
        assert_eq!(code(b"%PDF-1.7"), "not_a_table");
        assert_eq!(code(&[0, 1, 2, 0, 3]), "not_text");
    }
}
