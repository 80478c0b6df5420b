//! Comparing words as people mean them: width, case, spaces and punctuation do not matter.

use crate::traditional::simplified;

/// A full-width or compatibility character as its plain ASCII twin (`Ａ` -> `A`, `，` -> `,`).
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => {
            // The block repeats ASCII 0x21..=0x7e in the same order.
            char::from_u32(c as u32 - 0xff01 + 0x21).unwrap_or(c)
        }
        '\u{2212}' | '\u{2013}' | '\u{2010}' | '\u{2011}' => '-',
        '。' => '.',
        _ => c,
    }
}

/// A character of an amount: narrow, its units in simplified characters (`萬` -> `万`).
pub(crate) fn plain(c: char) -> char {
    simplified(narrow(c))
}

/// The key by which two spellings are the same word: narrow, lower case, letters and digits only.
pub(crate) fn fold_key(text: &str) -> String {
    text.chars()
        .map(narrow)
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// The key by which a text is one of the words that this program knows, in traditional characters too.
pub(crate) fn fold_word(text: &str) -> String {
    fold_key(text).chars().map(simplified).collect()
}

/// Headers that mean something else in simplified characters: 業務 is who sells, 业务 mostly what is sold.
const TRADITIONAL_ONLY: [&str; 1] = ["業務"];

/// A header as it is compared: without what stands in brackets (`金额（万元）`, `Amount (USD)`).
pub(crate) fn fold_header(header: &str) -> String {
    let mut depth = 0_u32;
    let mut outside = String::with_capacity(header.len());
    for c in header.chars().map(narrow) {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let written = fold_key(&outside);
    if TRADITIONAL_ONLY.contains(&written.as_str()) {
        return written;
    }
    let key = fold_word(&outside);
    if key.is_empty() {
        fold_word(header)
    } else {
        key
    }
}

/// A cell shortened for messages.
pub fn shown(text: &str) -> String {
    let mut chars = text.chars();
    let mut short: String = chars
        .by_ref()
        .take(crate::limits::SHOWN_CELL_CHARS)
        .collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        let check = |text: &str, key: &str| assert_eq!(fold_header(text), key, "{text}");
        check("Sales Agent", "salesagent");
        check("sales_agent", "salesagent");
        check(" 金额（万元） ", "金额");
        check("Amount (USD)", "amount");
        check("(全部)", "全部");
        check("Ｎａｍｅ　", "name");
        check("客户【必填】", "客户");
        check("*负责人*", "负责人");
        check("負責人", "负责人");
        check("業務員", "业务员");
        check("業務", "業務");
        assert_eq!(
            shown(&"长".repeat(300)).chars().count(),
            crate::limits::SHOWN_CELL_CHARS + 1
        );
    }
}
