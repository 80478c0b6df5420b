//! The one font of charts, PDF and window: Noto Sans SC Regular (OFL), embedded once.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb;
use ttf_parser::Face;

/// The font file (10.5 MB), also served to the window by the shell.
///
/// 30,890 characters: all of GBK and of Extension A that names use (䶮, 㛃), but few of Extension B
/// and later: 𠮷 is not there. What is not in it is drawn as a crossed box, never dropped;
/// [`missing_characters`] tells beforehand.
pub static FONT: &[u8] = include_bytes!(concat!(
    env!("YEJI_FONT_DIR"),
    "/400Regular/NotoSansSC_400Regular.ttf"
));

/// The family name under which drawings ask for it.
pub(crate) const FAMILY: &str = "Noto Sans SC";

static FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(FONT, 0).expect("the embedded file is a font: tested"));

/// The characters of `text` that the font has no picture of (each once, in order): they appear as
/// boxes in pictures and PDF. In the window and in Excel the system's fonts may have them.
pub fn missing_characters(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    for c in text.chars().filter(|c| !c.is_control()) {
        if FACE.glyph_index(c).is_none() && !missing.contains(&c) {
            missing.push(c);
        }
    }
    missing
}

/// Width in pixels of one line at a font size in pixels, without kerning (tabular digits anyway).
pub(crate) fn text_width(text: &str, size_px: f64) -> f64 {
    let em = f64::from(FACE.units_per_em());
    let advance = |c: char| {
        let glyph = FACE.glyph_index(c).unwrap_or_default();
        f64::from(FACE.glyph_hor_advance(glyph).unwrap_or_default())
    };
    text.chars().map(advance).sum::<f64>() * size_px / em
}

/// The text, or as much of its start as fits into `max_px` with `…` after it.
pub(crate) fn shorten(text: &str, size_px: f64, max_px: f64) -> String {
    if text_width(text, size_px) <= max_px {
        return text.to_owned();
    }
    let room = max_px - text_width("…", size_px);
    let mut used = 0.0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += text_width(c.encode_utf8(&mut [0; 4]), size_px);
            used <= room
        })
        .collect();
    format!("{}…", kept.trim_end())
}

/// The font as usvg finds it; no system fonts, so that every machine draws the same.
pub(crate) fn database() -> Arc<fontdb::Database> {
    static DATABASE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
        let mut database = fontdb::Database::new();
        database.load_font_source(fontdb::Source::Binary(Arc::new(FONT)));
        Arc::new(database)
    });
    DATABASE.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_characters_of_names() {
        let check = |name: &str, missing: &[char]| {
            assert_eq!(missing_characters(name), missing, "{name}");
        };
        // GBK and Extension A are there: the rare characters that people's names really hold.
        check("王伟 喆堃犇翀淼昇頔赟", &[]);
        check("㛃䶮㐂㑇㙦㴔", &[]);
        // The gap that the documentation states: Extension B and later.
        check("𠮷野家", &['𠮷']);
        check("𪚥\u{31350}𪚥a", &['𪚥', '\u{31350}']);
    }

    #[test]
    fn digits_are_tabular_and_lines_fit() {
        assert!((text_width("1", 100.0) - text_width("8", 100.0)).abs() < 1e-9);
        assert!((text_width("王伟", 10.0) - 20.0).abs() < 1e-9);
        for width in [5.0, 30.0, 64.5, 500.0] {
            let line = shorten("华东区域第一销售团队", 12.0, width);
            assert!(text_width(&line, 12.0) <= width.max(12.0), "{line}");
        }
    }
}
