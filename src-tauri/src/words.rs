//! Sentences of the terminal: the very words of the window, from the same files and in the same notation
//! (`ui/src/i18n/say.ts`): `{name}` is a value, `{name:how}` a written one, `{name:how[]}` a list of them,
//! and a part in `<>` is said only if none of its values is missing or empty. What only the terminal says
//! (tables, questions, faults of arguments, help) stands in `cli/words/`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;
use yeji_app::api::Message;
use yeji_report::Lang;

use crate::outside::system_language;

/// The words of one language.
struct Words {
    /// Sentences by code.
    sentences: HashMap<String, String>,
    /// Words for values that are codes themselves, by group.
    terms: HashMap<String, HashMap<String, String>>,
    /// Help by the path of a command or argument; empty where the program's own texts are used.
    help: HashMap<String, String>,
    /// Between the items of a list.
    separator: &'static str,
    /// The end of names that the program sends in both languages.
    tag: &'static str,
}

/// A file of `cli/words/`.
#[derive(Deserialize)]
struct Terminal {
    sentences: HashMap<String, String>,
    terms: HashMap<String, HashMap<String, String>>,
    #[serde(default)]
    help: HashMap<String, String>,
}

impl Words {
    fn read(
        sentences: &str,
        terms: &str,
        terminal: &str,
        separator: &'static str,
        tag: &'static str,
    ) -> Self {
        let terminal: Terminal = read(terminal);
        let mut words = Self {
            sentences: read(sentences),
            terms: read(terms),
            help: terminal.help,
            separator,
            tag,
        };
        words.sentences.extend(terminal.sentences);
        words.terms.extend(terminal.terms);
        words
    }

    fn term<'a>(&'a self, group: &str, value: &'a str) -> &'a str {
        self.terms
            .get(group)
            .and_then(|terms| terms.get(value))
            .map_or(value, String::as_str)
    }
}

static CHINESE: LazyLock<Words> = LazyLock::new(|| {
    Words::read(
        include_str!("../../ui/src/i18n/zh-CN/messages.json"),
        include_str!("../../ui/src/i18n/zh-CN/terms.json"),
        include_str!("cli/words/zh-CN.json"),
        "、",
        "zh",
    )
});
static ENGLISH: LazyLock<Words> = LazyLock::new(|| {
    Words::read(
        include_str!("../../ui/src/i18n/en/messages.json"),
        include_str!("../../ui/src/i18n/en/terms.json"),
        include_str!("cli/words/en.json"),
        ", ",
        "en",
    )
});

fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("a test reads the same committed file")
}

fn system() -> &'static Words {
    match system_language() {
        Lang::ZhCn => &CHINESE,
        Lang::En => &ENGLISH,
    }
}

/// Whether the system speaks Chinese.
pub fn is_chinese() -> bool {
    system_language() == Lang::ZhCn
}

/// The system's language.
pub fn language() -> Lang {
    system_language()
}

/// A sentence of the terminal, not yet in words.
pub fn message(code: &str, params: &[(&str, String)]) -> Message {
    let params = params
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    Message {
        code: code.to_owned(),
        params,
    }
}

/// A sentence of the terminal in the system's language.
pub fn line(code: &str, params: &[(&str, String)]) -> String {
    say(&message(code, params))
}

/// The word for a value that is a code; a value without a word stays as it is.
pub fn term(group: &str, value: &str) -> String {
    system().term(group, value).to_owned()
}

/// The Chinese help of a command or argument by its path: `kpi`, `kpi.metric`. (The English one is the
/// comment in the code, which the program prints itself.)
pub fn chinese_help(path: &str) -> Option<&'static str> {
    CHINESE.help.get(path).map(String::as_str)
}

/// The codes of a group that have Chinese words, in order.
#[cfg(test)]
pub(crate) fn chinese_terms(group: &str) -> Vec<&'static str> {
    let mut codes: Vec<&str> = CHINESE.terms[group].keys().map(String::as_str).collect();
    codes.sort_unstable();
    codes
}

/// Every path that has Chinese help.
#[cfg(test)]
pub(crate) fn chinese_help_paths() -> impl Iterator<Item = &'static str> {
    CHINESE.help.keys().map(String::as_str)
}

/// In the system's language.
pub fn say(message: &Message) -> String {
    fill(system(), message)
}

/// In a language.
pub fn say_in(message: &Message, lang: Lang) -> String {
    match lang {
        Lang::ZhCn => chinese(message),
        Lang::En => english(message),
    }
}

/// 中文.
pub fn chinese(message: &Message) -> String {
    fill(&CHINESE, message)
}

/// English.
pub fn english(message: &Message) -> String {
    fill(&ENGLISH, message)
}

/// A sentence with its values; a code without words shows what it has.
fn fill(words: &Words, message: &Message) -> String {
    let Some(sentence) = words.sentences.get(&message.code) else {
        let detail = message.params.get("detail").cloned();
        return detail.unwrap_or_else(|| format!("{} {:?}", message.code, message.params));
    };
    let sentence = complete_parts(sentence, &message.params);
    let mut said = String::with_capacity(sentence.len());
    for (text, place) in places(&sentence) {
        said.push_str(text);
        if let Some((name, how)) = place {
            match message.params.get(name) {
                Some(code) if how == "kpi" => {
                    let called = message.params.get(&format!("{name}_{}", words.tag));
                    said.push_str(&kpi(called.map(String::as_str), code));
                }
                Some(_) if how == "kpi[]" => {
                    said.push_str(&kpis(words, &message.params, name));
                }
                Some(value) => said.push_str(&written(words, value, how)),
                None => said.extend(["[", name, "]"]),
            }
        }
    }
    said
}

/// KPIs by their names, each with its code in brackets: a command asks for it by that. The program sends
/// the names beside the codes, as `name_zh` and `name_en`.
fn kpis(words: &Words, params: &BTreeMap<String, String>, name: &str) -> String {
    let list = |name: &str| params.get(name).map_or("", String::as_str).split(", ");
    let mut names = list(&format!("{name}_{}", words.tag));
    let all = list(name).map(|code| kpi(names.next(), code));
    all.collect::<Vec<_>>().join(words.separator)
}

fn kpi(called: Option<&str>, code: &str) -> String {
    match called {
        Some(called) if !called.is_empty() => format!("{called} ({code})"),
        _ => code.to_owned(),
    }
}

/// Drops the parts in `<>` that lack a value.
fn complete_parts(sentence: &str, params: &BTreeMap<String, String>) -> String {
    let mut pieces = sentence.split('<');
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (part, rest) = piece.split_once('>').unwrap_or((piece, ""));
        let has = |name: &str| params.get(name).is_some_and(|value| !value.is_empty());
        if places(part)
            .iter()
            .all(|(_, place)| place.is_none_or(|(name, _)| has(name)))
        {
            kept.push_str(part);
        }
        kept.push_str(rest);
    }
    kept
}

/// Texts, each with the place after it: name and way of writing. The last text has none.
fn places(sentence: &str) -> Vec<(&str, Option<(&str, &str)>)> {
    let mut all = Vec::new();
    let mut rest = sentence;
    while let Some((text, after)) = rest.split_once('{')
        && let Some((place, next)) = after.split_once('}')
    {
        all.push((text, Some(place.split_once(':').unwrap_or((place, "")))));
        rest = next;
    }
    all.push((rest, None));
    all
}

/// A value as its sentence wants it. Periods, days and percentages stay as the program writes them.
fn written(words: &Words, value: &str, how: &str) -> String {
    if let Some(how) = how.strip_suffix("[]") {
        let items: Vec<String> = value
            .split(", ")
            .map(|item| written(words, item, how))
            .collect();
        return items.join(words.separator);
    }
    match how {
        "number" | "money" => grouped(value),
        "message" => serde_json::from_str(value)
            .map_or_else(|_| value.to_owned(), |inner: Message| fill(words, &inner)),
        _ => words.term(how, value).to_owned(),
    }
}

/// A plain decimal with its thousands apart, also before a currency; anything else as it is.
fn grouped(value: &str) -> String {
    if let Some((amount, currency)) = value.split_once(' ') {
        return format!("{} {currency}", grouped(amount));
    }
    let digits = value.trim_start_matches('-');
    let (whole, fraction) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, f)| (whole, Some(f)));
    if whole.is_empty()
        || !whole
            .bytes()
            .chain(fraction.unwrap_or_default().bytes())
            .all(|b| b.is_ascii_digit())
    {
        return value.to_owned();
    }
    let mut text = value[..value.len() - digits.len()].to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// People read the name; the command that they type next wants the code.
    #[test]
    fn kpis_are_said_by_name_and_code() {
        let params = [
            ("form", "distribution"),
            ("metrics", "average_deal, win_rate"),
            ("metrics_zh", "平均单额, 赢单率"),
            ("metrics_en", "Average deal, Win rate"),
        ];
        let params = params.map(|(name, value)| (name, value.to_owned()));
        let refusal = message("form_needs_metric", &params);
        assert!(english(&refusal).contains("Average deal (average_deal), Win rate (win_rate)"));
        assert!(chinese(&refusal).contains("平均单额 (average_deal)、赢单率 (win_rate)"));
        let unnamed = message("form_needs_metric", &params[..2]);
        assert!(english(&unnamed).contains("average_deal, win_rate"));
    }

    #[test]
    fn every_code_has_words_in_both_languages() {
        for code in yeji_app::codes::all() {
            assert!(
                CHINESE.sentences.contains_key(code),
                "`{code}` has no Chinese words"
            );
            assert!(
                ENGLISH.sentences.contains_key(code),
                "`{code}` has no English words"
            );
        }
    }

    /// Why an undo of several imports stopped is a sentence of its own, in the same language.
    #[test]
    fn a_sentence_holds_another_one_in_its_own_language() {
        let reason = message("disk_full", &[]);
        let inner = serde_json::to_string(&reason).unwrap();
        let values = [
            ("count", "1".to_owned()),
            ("imports", "三月.csv".to_owned()),
            ("reason", inner),
        ];
        let whole = message("taken_back_partly", &values);
        for said in [chinese, english] {
            assert!(said(&whole).contains(&said(&reason)), "{}", said(&whole));
            assert!(!said(&whole).contains('{'), "{}", said(&whole));
        }
    }

    /// Where the terminal's sentences are said, and the file of each language.
    const SOURCES: [&str; 47] = [
        include_str!("cli/account.rs"),
        include_str!("cli/arguments.rs"),
        include_str!("cli/batch.rs"),
        include_str!("cli/board.rs"),
        include_str!("cli/bonus.rs"),
        include_str!("cli/bonus_papers.rs"),
        include_str!("cli/calendar.rs"),
        include_str!("cli/demo.rs"),
        include_str!("cli/duplicates.rs"),
        include_str!("cli/follow_up.rs"),
        include_str!("cli/goal.rs"),
        include_str!("cli/goal/agree.rs"),
        include_str!("cli/goal/change.rs"),
        include_str!("cli/goal/round.rs"),
        include_str!("cli/goal/sheet.rs"),
        include_str!("cli/goal/copy_year.rs"),
        include_str!("cli/goal/show.rs"),
        include_str!("cli/goal/standing.rs"),
        include_str!("cli/goal/versions.rs"),
        include_str!("cli/history.rs"),
        include_str!("cli/import/mod.rs"),
        include_str!("cli/import/ask.rs"),
        include_str!("cli/import/explain.rs"),
        include_str!("cli/import/missing.rs"),
        include_str!("cli/forecast.rs"),
        include_str!("cli/key.rs"),
        include_str!("cli/kpi/goal.rs"),
        include_str!("cli/kpi/mod.rs"),
        include_str!("cli/kpi/scorecard.rs"),
        include_str!("cli/bonus/cycle.rs"),
        include_str!("cli/bonus/adjustment.rs"),
        include_str!("cli/bonus_if.rs"),
        include_str!("cli/bonus_people.rs"),
        include_str!("cli/bonus_objectives.rs"),
        include_str!("cli/mod.rs"),
        include_str!("cli/output.rs"),
        include_str!("cli/personal.rs"),
        include_str!("cli/reconcile.rs"),
        include_str!("cli/report.rs"),
        include_str!("cli/sign_in.rs"),
        include_str!("cli/sources.rs"),
        include_str!("cli/store.rs"),
        include_str!("cli/mapping.rs"),
        include_str!("cli/import/samples.rs"),
        include_str!("cli/template.rs"),
        include_str!("cli/watch.rs"),
        include_str!("passphrase.rs"),
    ];

    fn terminal() -> [Terminal; 2] {
        [
            read(include_str!("cli/words/zh-CN.json")),
            read(include_str!("cli/words/en.json")),
        ]
    }

    #[test]
    fn the_terminal_says_the_same_in_both_languages() {
        let [chinese, english] = terminal();
        for (code, sentence) in &english.sentences {
            let other = chinese.sentences.get(code);
            let other = other.unwrap_or_else(|| panic!("`{code}` has no Chinese words"));
            let values = |sentence| {
                let mut all: Vec<_> = places(sentence)
                    .into_iter()
                    .map(|(_, place)| place)
                    .collect();
                all.sort_unstable();
                all
            };
            assert_eq!(values(other), values(sentence), "{code}");
            let said = SOURCES
                .iter()
                .any(|source| source.contains(&format!("\"{code}\"")));
            assert!(said, "`{code}` is never said");
        }
        assert_eq!(chinese.sentences.len(), english.sentences.len());
        let keys = |terms: &HashMap<String, HashMap<String, String>>| {
            let mut all: Vec<String> = terms
                .iter()
                .flat_map(|(group, terms)| terms.keys().map(move |key| format!("{group}.{key}")))
                .collect();
            all.sort_unstable();
            all
        };
        // The English words for what an engine does stand beside the engine.
        let mut own = chinese.terms.clone();
        own.remove("engine");
        assert_eq!(keys(&own), keys(&english.terms));
    }

    #[test]
    fn every_line_that_is_said_has_words() {
        for source in SOURCES {
            let calls = ["line(\"", "refusal(\"", "refusal(\n", "line(\n"];
            for part in calls.iter().flat_map(|call| source.split(call).skip(1)) {
                let code = part.trim_start().trim_start_matches('"');
                let code = code.split('"').next().unwrap_or_default();
                assert!(
                    ENGLISH.sentences.contains_key(code),
                    "`{code}` has no words"
                );
            }
        }
    }

    #[test]
    fn values_stand_in_the_sentence() {
        let message = Message::new(
            "no_goal_set",
            &[
                ("metric", "won_amount".to_owned()),
                ("year", "2018".to_owned()),
            ],
        );
        assert!(english(&message).contains("2018") && chinese(&message).contains("2018"));
        assert!(
            !english(&message).contains('{'),
            "no placeholder is left: {}",
            english(&message)
        );
    }

    #[test]
    fn values_are_written_as_the_sentence_wants_them() {
        let check = |code: &str, params: &[(&str, &str)], zh: &str, en: &str| {
            let params: Vec<_> = params
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect();
            let message = Message::new(code, &params);
            assert_eq!(chinese(&message), zh);
            assert_eq!(english(&message), en);
        };
        check(
            "formula_attainment",
            &[("sum", "-1234567.50"), ("goal", "999")],
            "赢单金额 -1,234,567.50 ÷ 目标 999",
            "Won amount -1,234,567.50 ÷ goal 999",
        );
        check(
            "missing_required",
            &[("fields", "closed_on, owner")],
            "必填字段还没有对应的列：成交日期、销售人员。请选择。",
            "Required fields without a column: Closing date, Salesperson. Choose them.",
        );
        // A part whose value is empty is not said.
        let not_found = [("what", "company"), ("value", "")];
        check(
            "not_found",
            &not_found,
            "没有找到公司。可能已被删除或改名，请重新选择。",
            "There is no company. It may have been removed or renamed; choose again.",
        );
    }
}
