//! Steps of a calculation as people read them on paper: percentages instead of ratios, words instead of codes.
//! The window does the same (`ui/src/areas/bonus/statement/formula.ts`); `formula.test.ts` there and the tests
//! here hold both to the same examples.

use yeji_core::{Currency, Ratio, Rounding};
use yeji_report::chart::Lang;
use yeji_report::format::{self, MISSING};

use crate::api::bonus::TraceStep;
use crate::words::pick;

/// Percentages have two decimals, as the sentences of the program have them.
const PERCENT_PLACES: u32 = 2;
/// Beyond these a percentage is longer than the fraction.
const MAX_PLACES: u32 = 12;
/// Decimals that an amount keeps before it is rounded, so that the rounding is seen.
const UNROUNDED_PLACES: u32 = 4;
/// Steps whose sentence says all that their formula does: a condition, an expression, a code.
const SAID: [&str; 2] = ["gate", "modifier"];
const SAID_CODES: [&str; 2] = ["measure_kpi", "measure_earnings"];
/// Measures that are no amounts of money.
const NUMBERS: [&str; 3] = ["measure_count", "measure_quantity", "measure_kpi"];
const SCORES: [&str; 2] = ["scorecard_sum", "objectives_sum"];
const MINUS: &str = "−";

/// The formula of a step; empty where the sentence says all of it.
pub(super) fn formula(step: &TraceStep, lang: Lang) -> String {
    let code = step.explain.code.as_str();
    if SAID.contains(&step.step.as_str()) || SAID_CODES.contains(&code) {
        return String::new();
    }
    friendly(step, lang).unwrap_or_else(|| exact_text(&step.formula, lang))
}

/// The value of a step, in the run's currency.
pub(super) fn value(step: &TraceStep, currency: Currency, lang: Lang) -> String {
    let (text, code) = (step.value.as_str(), step.explain.code.as_str());
    if text.is_empty() {
        return MISSING.to_owned();
    }
    let Some(exact) = read(text) else {
        return text.to_owned();
    };
    match step.step.as_str() {
        "credit" => match lang {
            Lang::ZhCn => format!("{} 笔", format::decimal(text)),
            Lang::En => format!("records: {}", format::decimal(text)),
        },
        "attainment" | "proration" => percent(exact, PERCENT_PLACES),
        "measure" if SCORES.contains(&code) => percent(exact, PERCENT_PLACES),
        "measure" if NUMBERS.contains(&code) => near(text, format::decimal),
        "tier" => match code {
            "tier_above" => pick(lang, "超过最后一档", "Above the last tier").to_owned(),
            "tier_none" => MISSING.to_owned(),
            "tier_below" => pick(lang, "未到第一档", "Below tier 1").to_owned(),
            _ if lang == Lang::ZhCn => format!("第 {text} 档"),
            _ => format!("Tier {text}"),
        },
        _ => near(text, |plain| format::with_symbol(plain, currency)),
    }
}

/// None where the exact text is the friendly one.
fn friendly(step: &TraceStep, lang: Lang) -> Option<String> {
    let (formula, explain) = (step.formula.as_str(), &step.explain);
    match step.step.as_str() {
        "attainment" if formula.contains('?') => {
            let parts = formula.split(" / ").map(|part| match part {
                "?" => pick(lang, "没有", "none").to_owned(),
                _ => decimal_or_text(part),
            });
            Some(parts.collect::<Vec<_>>().join(" ÷ "))
        }
        "measure" if SCORES.contains(&explain.code.as_str()) => Some(weighed(formula)),
        "tier" => {
            let bound = explain.params.get("from").or(explain.params.get("to"));
            // Tiers by amount start and end at amounts; by attainment at percentages.
            let of_amounts = bound.is_some_and(|bound| !bound.ends_with('%'));
            let of_amounts = of_amounts && !formula.contains('%');
            (!of_amounts).then(|| comparison(formula)).flatten()
        }
        "rate" if explain.params.get("of").is_none_or(|of| of != "per_unit") => product(formula),
        "proration" => {
            let share = read(formula.strip_prefix("x ")?)?;
            Some(format!("× {}", factor(share)))
        }
        "rounding" => {
            let inner = formula.split_once('(').and_then(|(name, rest)| {
                let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
                rest.strip_suffix(')')
                    .filter(|_| is_name && !name.is_empty())
            });
            let unrounded = inner.unwrap_or(formula);
            read(unrounded)?;
            let rounded = decimal_or_text(&step.value);
            Some(format!("{} → {rounded}", near(unrounded, format::decimal)))
        }
        _ => None,
    }
}

/// As the program wrote it, with mathematical signs and grouped digits.
fn exact_text(formula: &str, lang: Lang) -> String {
    if let Some(terms) = terms_of(formula) {
        return match lang {
            Lang::ZhCn => format!("{} 项之和", format::decimal(terms)),
            Lang::En => format!("sum of terms: {}", format::decimal(terms)),
        };
    }
    let words = formula.split(' ').map(|word| match word {
        "x" => "×".to_owned(),
        "-" => MINUS.to_owned(),
        "/" => "÷".to_owned(),
        "closed_on" | "day" => pick(lang, "日期", "day").to_owned(),
        _ => grouped_numbers(&word.replace("<=", "≤")),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// `12` of `sum of 12 facts`.
fn terms_of(formula: &str) -> Option<&str> {
    let (number, what) = formula.strip_prefix("sum of ")?.split_once(' ')?;
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    (is_number && ["deals", "facts", "lines"].contains(&what)).then_some(number)
}

/// Long numbers within a word with their thousands apart; days, codes and short numbers as they are.
fn grouped_numbers(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 4);
    let mut rest = word;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let whole = from.bytes().take_while(u8::is_ascii_digit).count();
        let fraction = from[whole..].strip_prefix('.').map_or(0, |part| {
            match part.bytes().take_while(u8::is_ascii_digit).count() {
                0 => 0,
                digits => digits + 1,
            }
        });
        let (number, after) = from.split_at(whole + fraction);
        let is_long = whole > 4 || whole == 4 && fraction > 0;
        let alone = !out.ends_with(['.', '-']) && !after.starts_with('-');
        if is_long && alone {
            out.push_str(&format::decimal(number));
        } else {
            out.push_str(number);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// `1 < 9/5` as `100% < 180%`: in percent, with as many decimals as it takes to stay true.
fn comparison(formula: &str) -> Option<String> {
    let (mut ratios, mut signs, mut side) = (Vec::new(), Vec::new(), Vec::new());
    for word in formula.split(' ') {
        if ["<=", "<", ">"].contains(&word) {
            ratios.push(ratio_of(&side.join(" "))?);
            signs.push(if word == "<=" { "≤" } else { word });
            side.clear();
        } else {
            side.push(word);
        }
    }
    ratios.push(ratio_of(&side.join(" "))?);
    for places in PERCENT_PLACES..=MAX_PLACES {
        let round = |ratio: &Ratio| -> Option<Ratio> {
            let text = ratio.to_decimal(places + 2, Rounding::HalfUp).ok()?;
            Ratio::parse_decimal(&text).ok()
        };
        let rounded = ratios.iter().map(round).collect::<Option<Vec<_>>>()?;
        let order =
            |all: &[Ratio]| -> Vec<_> { all.windows(2).map(|two| two[0].cmp(&two[1])).collect() };
        if order(&rounded) == order(&ratios) {
            let mut out = percent(ratios[0], places);
            for (sign, ratio) in signs.iter().zip(&ratios[1..]) {
                out.extend([" ", sign, " ", &percent(*ratio, places)]);
            }
            return Some(out);
        }
    }
    None
}

/// `80%` as the fraction that it is.
fn ratio_of(text: &str) -> Option<Ratio> {
    match text.strip_suffix('%') {
        Some(number) => read(number)?.checked_div(Ratio::from_int(100)).ok(),
        None => read(text),
    }
}

/// `5000.00 x 2 x (9/5 - 1)` as `5,000.00 × 200% × (180% − 100%)`.
fn product(formula: &str) -> Option<String> {
    let mut factors = formula.split(" x ");
    let (basis, rate) = (factors.next()?, read(factors.next()?)?);
    read(basis)?;
    let start = format!("{} × {}", near(basis, format::decimal), factor(rate));
    let Some(excess) = factors.next() else {
        return Some(start);
    };
    let inner = excess.strip_prefix('(').and_then(|e| e.strip_suffix(')'));
    let (upper, lower) = inner.unwrap_or(excess).split_once(" - ")?;
    let [upper, lower] = [read(upper)?, read(lower)?].map(factor);
    Some(format!("{start} × ({upper} {MINUS} {lower})"))
}

/// `40% x 0.9 (win_rate) + …` as `40% × 90% (win_rate) + …`.
fn weighed(formula: &str) -> String {
    let mut out = Vec::new();
    let mut words = formula.split(' ').peekable();
    while let Some(word) = words.next() {
        if word != "x" {
            out.push(word.to_owned());
            continue;
        }
        out.push("×".to_owned());
        if let Some(reached) = words.next() {
            out.push(read(reached).map_or_else(|| reached.to_owned(), factor));
        }
    }
    out.join(" ")
}

/// What something is multiplied by, so that the product can be checked by hand: `0.333%`; where no percentage
/// is exact the fraction, with what it is about: `29/30 (≈ 96.67%)`.
fn factor(ratio: Ratio) -> String {
    for places in PERCENT_PLACES..=MAX_PLACES {
        let text = percent(ratio, places);
        if ratio_of(&text.replace(',', "")) == Some(ratio) {
            return text;
        }
    }
    let (over, under) = (
        ratio.numerator().to_string(),
        ratio.denominator().to_string(),
    );
    let [over, under] = [over, under].map(|number| format::decimal(&number));
    format!("{over}/{under} (≈ {})", percent(ratio, PERCENT_PLACES))
}

/// `80%` where that is exact, else `180.66%` with all its places.
fn percent(ratio: Ratio, places: u32) -> String {
    let exact = ratio.checked_mul(Ratio::from_int(100));
    let text = exact.and_then(|exact| {
        let text = exact.to_decimal(places, Rounding::HalfUp)?;
        let whole = Ratio::parse_decimal(&text)? == exact;
        Ok(if whole && text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        })
    });
    match text {
        Ok(text) => format!("{}%", format::decimal(&text)),
        // Beyond what can be multiplied: the fraction itself.
        Err(_) => ratio.to_string(),
    }
}

/// An amount of `44,000`; of `30865/7` what is near, `≈ 4,409.2857`.
fn near(text: &str, written: impl Fn(&str) -> String) -> String {
    let places = text.split_once('.').map_or(0, |(_, places)| places.len());
    if !text.contains('/') && places <= UNROUNDED_PLACES as usize {
        return written(text);
    }
    let rounded = read(text).and_then(|r| r.to_decimal(UNROUNDED_PLACES, Rounding::HalfUp).ok());
    rounded.map_or_else(|| text.to_owned(), |text| format!("≈ {}", written(&text)))
}

/// A decimal with its thousands apart; a fraction as it is.
pub(super) fn decimal_or_text(text: &str) -> String {
    if text.contains('/') || read(text).is_none() {
        return text.to_owned();
    }
    format::decimal(text)
}

/// `12`, `-12.50` or `7/8`.
fn read(text: &str) -> Option<Ratio> {
    if text.contains('/') {
        return text.parse().ok();
    }
    Ratio::parse_decimal(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Message;

    fn step(kind: &str, formula: &str, value: &str, code: &str) -> TraceStep {
        TraceStep {
            step: kind.to_owned(),
            fact: None,
            explain: Message {
                code: code.to_owned(),
                params: std::collections::BTreeMap::new(),
            },
            formula: formula.to_owned(),
            value: value.to_owned(),
        }
    }

    /// The examples of `formula.test.ts`: paper and window say the same.
    #[test]
    fn formulas_read_as_in_the_window() {
        let check = |kind: &str, text: &str, code: &str, shown: &str| {
            let one = step(kind, text, "4409.29", code);
            assert_eq!(formula(&one, Lang::En), shown, "{kind} {text}");
        };
        check("tier", "1 < 9/5", "", "100% < 180%");
        check("tier", "1 < 10000001/10000000", "", "100% < 100.00001%");
        check("tier", "79999/100000 < 0.8", "", "79.999% < 80%");
        check("tier", "80% <= 9/10", "", "80% ≤ 90%");
        check(
            "rate",
            "5000.00 x 2 x (9/5 - 1)",
            "",
            "5,000.00 × 200% × (180% − 100%)",
        );
        check(
            "rounding",
            "half_up(30865/7)",
            "",
            "≈ 4,409.2857 → 4,409.29",
        );
        check("proration", "x 29/30", "", "× 29/30 (≈ 96.67%)");
        check("rate", "36000.00 x 0.00333", "", "36,000.00 × 0.333%");
        check(
            "rate",
            "22000.00 x 1.005 x (4/3 - 1)",
            "",
            "22,000.00 × 100.5% × (4/3 (≈ 133.33%) − 100%)",
        );
        check("gate", "customer = 'A12345'", "", "");
        check("measure", "win_rate", "measure_kpi", "");
        check("attainment", "? / 1234.50", "", "none ÷ 1,234.50");
        check("credit", "sum of 1234 facts", "", "sum of terms: 1,234");
        check(
            "attainment",
            "10960000 / 6066761",
            "",
            "10,960,000 ÷ 6,066,761",
        );
        check(
            "credit",
            "2026-01-01 <= day < 2026-04-01",
            "",
            "2026-01-01 ≤ day < 2026-04-01",
        );
        let score = "40% x 0.9 (win_rate) + 60% x 4/3 (margin)";
        let shown = "40% × 90% (win_rate) + 60% × 4/3 (≈ 133.33%) (margin)";
        check("measure", score, "scorecard_sum", shown);
        check("tier", "something else", "", "something else");
    }

    #[test]
    fn values_read_as_in_the_window() {
        let check = |kind: &str, text: &str, code: &str, shown: &str| {
            let one = step(kind, "", text, code);
            assert_eq!(value(&one, Currency::CNY, Lang::En), shown, "{kind} {text}");
        };
        check("measure", "30", "measure_count", "30");
        check("measure", "30.50", "measure_margin", "¥30.50");
        check("proration", "29/30", "proration_days", "96.67%");
        check("tier", "0", "tier_none", "—");
        check("tier", "2", "tier_found", "Tier 2");
        check("tier", "0", "tier_below", "Below tier 1");
        check("tier", "0", "tier_above", "Above the last tier");
        check("attainment", "10960000/6066761", "", "180.66%");
        check("attainment", "0.875", "", "87.5%");
        check("attainment", "", "", "—");
        check("rate", "44000", "", "¥44,000");
        check("rate", "30865/7", "", "≈ ¥4,409.2857");
        check("payout", "-12345.60", "", "−¥12,345.60");
    }
}
