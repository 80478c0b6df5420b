//! Sentences of the terminal: the very words of the window, from the same files.

use std::collections::HashMap;
use std::sync::LazyLock;

use yeji_app::api::Message;
use yeji_report::Lang;

use crate::outside::system_language;

type Words = HashMap<String, String>;

static CHINESE: LazyLock<Words> = LazyLock::new(|| read(include_str!("../../ui/src/i18n/zh-CN/messages.json")));
static ENGLISH: LazyLock<Words> = LazyLock::new(|| read(include_str!("../../ui/src/i18n/en/messages.json")));

fn read(text: &str) -> Words {
    serde_json::from_str(text).expect("a test reads the same committed file")
}

/// In the system's language.
pub fn say(message: &Message) -> String {
    match system_language() {
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
    let Some(sentence) = words.get(&message.code) else {
        let detail = message.params.get("detail").cloned();
        return detail.unwrap_or_else(|| format!("{} {:?}", message.code, message.params));
    };
    message.params.iter().fold(sentence.clone(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words_in_both_languages() {
        for code in yeji_app::codes::all() {
            assert!(CHINESE.contains_key(code), "`{code}` has no Chinese words");
            assert!(ENGLISH.contains_key(code), "`{code}` has no English words");
        }
    }

    #[test]
    fn values_stand_in_the_sentence() {
        let message = Message::new("no_goal_set", &[("metric", "won_amount".to_owned()), ("year", "2018".to_owned())]);
        assert!(english(&message).contains("2018") && chinese(&message).contains("2018"));
        assert!(!english(&message).contains('{'), "no placeholder is left: {}", english(&message));
    }
}
