//! Names of exported files that every system can store, Windows included.

/// Longest name in characters, without its extension: leaves room for a folder under Windows' 260.
pub const MAX_NAME_CHARS: usize = 100;
/// Longest name in bytes: file systems of Linux hold 255, the extension included.
const MAX_NAME_BYTES: usize = 240;

/// Joins the non-empty parts with ` - ` to a legal file name without extension.
///
/// Characters that Windows refuses become `_`, white space one blank; no dot or blank at either
/// end; device names such as `CON` get a `_` in front; at most [`MAX_NAME_CHARS`] characters.
/// Nothing usable left gives `report`.
pub fn file_name<S: AsRef<str>>(parts: &[S]) -> String {
    let joined = parts
        .iter()
        .map(|part| clean(part.as_ref()))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" - ");
    let name = shortened(&joined);
    match name.as_str() {
        "" => "report".to_owned(),
        _ if is_device(&name) => format!("_{name}"),
        _ => name,
    }
}

fn clean(part: &str) -> String {
    let legal: String = part
        .chars()
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => '_',
            c if c.is_whitespace() => ' ',
            // Controls, and marks that turn the reading direction and so hide an extension.
            c if c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') => '_',
            c => c,
        })
        .collect();
    trimmed(&legal.split_whitespace().collect::<Vec<_>>().join(" ")).to_owned()
}

fn shortened(name: &str) -> String {
    let mut bytes = 0;
    let kept: String = name
        .chars()
        .take(MAX_NAME_CHARS)
        .take_while(|c| {
            bytes += c.len_utf8();
            bytes <= MAX_NAME_BYTES
        })
        .collect();
    trimmed(&kept).to_owned()
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c == '.' || c == ' ')
}

/// `CON`, `nul.txt`, `COM1`: devices on Windows, whatever follows the first dot.
fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" => true,
        _ => ["COM", "LPT"].iter().any(|port| {
            stem.strip_prefix(port).is_some_and(|n| {
                matches!(
                    n,
                    "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
                )
            })
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names() {
        let check = |parts: &[&str], expected: &str| assert_eq!(file_name(parts), expected);
        check(&["业绩看板", "2017"], "业绩看板 - 2017");
        check(&["2018-01/W05", "a<b>:\"|?*\\"], "2018-01_W05 - a_b_______");
        check(&["  Sales.. ", "", "Q2."], "Sales - Q2");
        check(&["con"], "_con");
        check(&["NUL.txt"], "_NUL.txt");
        check(&["LPT9"], "_LPT9");
        check(&["Console"], "Console");
        check(&["..", " "], "report");
        check(&["a\nb\tc\u{0}d\u{202e}e"], "a b c_d_e");
    }

    proptest! {
        #[test]
        fn legal_everywhere(parts in prop::collection::vec("\\PC{0,80}|[ .a-z/:\\x00-\\x1f]{0,80}|[一-龥]{0,120}|(?i:con|nul|com1)", 0..4)) {
            let name = file_name(&parts);
            prop_assert!(!name.is_empty() && name.len() <= MAX_NAME_BYTES + 1);
            prop_assert!(!name.contains(|c: char| c.is_control() || "<>:\"/\\|?*".contains(c)), "{}", name);
            prop_assert!(!name.ends_with(['.', ' ']) && !name.starts_with([' ', '.']), "{}", name);
            prop_assert!(!is_device(&name), "{}", name);
        }
    }
}
