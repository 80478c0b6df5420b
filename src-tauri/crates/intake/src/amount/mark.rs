//! Currencies as cells and headers name them: codes, signs and words.

use yeji_core::Currency;

use super::peel::strip_unit_start;
use crate::fold::plain;

/// A currency as a cell names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A code, or a sign that only one currency has.
    Code(Currency),
    /// `¥`: yuan or yen.
    Yuan,
    /// `$`: any dollar.
    Dollar,
}

/// Words and signs with the code that they mean, in simplified characters; `¥` and `$` stand for
/// themselves. A word before those that it begins or ends with: `US$` before `$`, `港元` before `元`.
const WORDS: [(&str, &str); 35] = [
    ("人民币", "CNY"),
    ("新台币", "TWD"),
    ("台币", "TWD"),
    ("港币", "HKD"),
    ("港元", "HKD"),
    ("港圆", "HKD"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("日圆", "JPY"),
    ("日币", "JPY"),
    ("韩元", "KRW"),
    ("韩圆", "KRW"),
    ("新加坡元", "SGD"),
    ("新加坡币", "SGD"),
    ("澳元", "AUD"),
    ("加元", "CAD"),
    ("泰铢", "THB"),
    ("RMB", "CNY"),
    ("CN¥", "CNY"),
    ("US$", "USD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("元", "CNY"),
    ("圆", "CNY"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₩", "KRW"),
    ("₹", "INR"),
    ("฿", "THB"),
    ("¥", "¥"),
    ("￥", "¥"),
    ("$", "$"),
];
/// Whose amounts may have a plain `$`.
const DOLLARS: [&str; 7] = ["USD", "HKD", "TWD", "SGD", "AUD", "CAD", "NZD"];

/// The currency that a whole word names (`USD`, `人民币`, `€`); none for a sign of several.
pub(crate) fn currency_word(word: &str) -> Option<Currency> {
    let word: String = word.chars().map(plain).collect();
    let word = word.to_ascii_uppercase();
    let known = WORDS.iter().find(|(known, _)| *known == word);
    match Mark::of(known.map_or(word.as_str(), |(_, meaning)| meaning))? {
        Mark::Code(currency) => Some(currency),
        Mark::Yuan | Mark::Dollar => None,
    }
}

/// The currency that a header names: `Amount (USD)`, `金额（元）`, `金额（万元）`.
pub(crate) fn mark_of_header(header: &str) -> Option<Mark> {
    let text: String = header.chars().map(plain).collect();
    let inside = &text[text.find(['(', '[', '/'])? + 1..];
    let inside = inside.trim_end_matches([')', ']', ' ']).trim();
    let inside = strip_unit_start(inside);
    let (mark, _) = strip_mark_start(inside.rsplit(' ').next()?)?;
    Some(mark)
}

impl Mark {
    /// What a word or sign of [`WORDS`], or an ISO code, means.
    fn of(meaning: &str) -> Option<Self> {
        match meaning {
            "¥" => Some(Self::Yuan),
            "$" => Some(Self::Dollar),
            // Three capital letters that are no currency are a word: `Value (ACV)`.
            code => {
                let currency: Currency = code.parse().ok()?;
                currency.is_known().then_some(Self::Code(currency))
            }
        }
    }

    /// Whether amounts so marked can be of a currency.
    pub(super) fn allows(self, currency: Currency) -> bool {
        match self {
            Self::Code(code) => code == currency,
            Self::Yuan => matches!(currency.code(), "CNY" | "JPY"),
            Self::Dollar => DOLLARS.contains(&currency.code()),
        }
    }

    /// Both marks of one cell (`¥5元`) together; none where they contradict.
    pub(super) fn with(self, other: Self) -> Option<Self> {
        match (self, other) {
            (a, b) if a == b => Some(a),
            (Self::Code(code), sign) | (sign, Self::Code(code)) if sign.allows(code) => {
                Some(Self::Code(code))
            }
            _ => None,
        }
    }

    /// The currency that it means where nothing else is known; `$` alone means none for sure.
    pub(crate) fn likely(self) -> Option<Currency> {
        match self {
            Self::Code(code) => Some(code),
            Self::Yuan => Some(Currency::CNY),
            Self::Dollar => None,
        }
    }
}

/// Takes a currency off the start: a word, a sign, or three capital letters.
pub(super) fn strip_mark_start(text: &str) -> Option<(Mark, &str)> {
    let strip =
        |(word, meaning): (&str, &str)| Some((Mark::of(meaning)?, text.strip_prefix(word)?));
    WORDS.into_iter().find_map(strip).or_else(|| {
        let (code, rest) = text.split_at_checked(3)?;
        // Nor is the start of a longer word one: `Value (ALLOCATED)`.
        if rest.starts_with(|next: char| next.is_ascii_alphabetic()) {
            return None;
        }
        Some((Mark::of(code)?, rest))
    })
}

/// Takes a currency off the end, as [`strip_mark_start`] does.
pub(super) fn strip_mark_end(text: &str) -> Option<(Mark, &str)> {
    let strip =
        |(word, meaning): (&str, &str)| Some((Mark::of(meaning)?, text.strip_suffix(word)?));
    WORDS.into_iter().find_map(strip).or_else(|| {
        let (rest, code) = text.split_at_checked(text.len().checked_sub(3)?)?;
        Some((Mark::of(code)?, rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a column of currencies may say, a header and a cell may say too: otherwise its amounts would be
    /// taken for the company's currency in silence.
    #[test]
    fn a_currency_is_one_wherever_it_is_named() {
        for (word, meaning) in WORDS {
            let mark = Mark::of(meaning);
            assert!(mark.is_some(), "{word}");
            assert_eq!(strip_mark_start(word), mark.map(|mark| (mark, "")));
            assert_eq!(strip_mark_end(word), mark.map(|mark| (mark, "")));
            for header in [format!("金额（{word}）"), format!("金额（万{word}）")] {
                assert_eq!(mark_of_header(&header), mark, "{header}");
            }
            let code = mark.and_then(|mark| match mark {
                Mark::Code(code) => Some(code),
                Mark::Yuan | Mark::Dollar => None,
            });
            assert_eq!(currency_word(word), code, "{word}");
        }
        let traditional = [
            ("新臺幣", "TWD"),
            ("臺幣", "TWD"),
            ("港圓", "HKD"),
            ("日圓", "JPY"),
            ("韓圓", "KRW"),
            ("英鎊", "GBP"),
        ];
        for (word, code) in traditional {
            assert_eq!(currency_word(word).unwrap().code(), code);
            let mark = mark_of_header(&format!("金額（{word}）")).unwrap();
            assert_eq!(mark, Mark::Code(code.parse().unwrap()), "{word}");
        }
        for none in ["¥", "$", "XXX", "", "元元"] {
            assert_eq!(currency_word(none), None, "{none}");
        }
    }
}
