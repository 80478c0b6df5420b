//! Decisions on names: given as `--alias`, or asked for on a terminal.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use yeji_app::api::data::{AliasProposal, ImportPreview};

use super::explain;
use crate::cli::refusal;
use crate::words;

/// Names decided: `kind:text` -> the known name, or None for "it is new".
pub(super) type Decisions = BTreeMap<String, Option<String>>;

/// As many names as a question lists at most (see `AliasProposal::choices`).
const MAX_CHOICES: usize = 200;
/// Kinds that a decision may be on.
const KINDS: [&str; 3] = ["person", "customer", "product"];

/// Reads `kind:name in the file=known name`.
pub(super) fn given(texts: &[String]) -> anyhow::Result<Decisions> {
    let mut decisions = Decisions::new();
    for text in texts {
        let parts = text.split_once('=').and_then(|(key, name)| {
            let (kind, in_file) = key.split_once(':')?;
            let in_file = in_file.trim();
            let known = KINDS.contains(&kind.trim()) && !in_file.is_empty();
            known.then(|| (format!("{}:{in_file}", kind.trim()), name.trim()))
        });
        let Some((key, name)) = parts else {
            return Err(refusal("alias_format", &[("value", text.clone())]));
        };
        decisions.insert(key, (!name.is_empty()).then(|| name.to_owned()));
    }
    Ok(decisions)
}

/// Refuses a decision that decides nothing: a name that no file has, or one that is not known.
pub(super) fn require_effect(given: &Decisions, preview: &ImportPreview) -> anyhow::Result<()> {
    for (key, name) in given {
        let (kind, text) = key.split_once(':').unwrap_or_default();
        let params = [
            ("kind", kind.to_owned()),
            ("text", text.to_owned()),
            ("name", name.clone().unwrap_or_default()),
        ];
        match preview.aliases.iter().find(|alias| alias.key == *key) {
            None => return Err(refusal("alias_not_asked", &params)),
            Some(alias) if !alias.decided || is_unknown(alias, name.as_deref()) => {
                return Err(refusal("alias_unknown_name", &params));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Whether the list of known names is complete and has not this one. (An unknown name in place of one that
/// was remembered leaves that one.)
fn is_unknown(alias: &AliasProposal, name: Option<&str>) -> bool {
    let complete = alias.choices.len() < MAX_CHOICES;
    name.is_some_and(|name| complete && !alias.choices.iter().any(|known| known == name))
}

/// Names with a proposal, or with known ones that could be meant as well, that nobody has decided on.
pub(super) fn undecided(preview: &ImportPreview) -> Vec<&AliasProposal> {
    let open = |alias: &&AliasProposal| !alias.decided && likely(alias).is_some();
    preview.aliases.iter().filter(open).collect()
}

/// The known name that is asked about first.
fn likely(alias: &AliasProposal) -> Option<&String> {
    alias.proposal.as_ref().or_else(|| alias.near.first())
}

/// What a person said to the names that were asked.
#[derive(Debug, PartialEq)]
pub(super) struct Said {
    /// On each of them.
    pub(super) decisions: Decisions,
    /// Whether all that were not asked yet are new, in the rounds to come as well.
    pub(super) others_new: bool,
}

/// All of the names as new ones.
pub(super) fn all_new(names: &[&AliasProposal]) -> Decisions {
    names
        .iter()
        .map(|alias| (alias.key.clone(), None))
        .collect()
}

/// Asks for each of the names. None: the person wants to stop.
pub(super) fn names(
    asked: &[&AliasProposal],
    answers: &mut impl BufRead,
    screen: &mut impl Write,
) -> std::io::Result<Option<Said>> {
    let mut decisions = Decisions::new();
    for (at, alias) in asked.iter().enumerate() {
        match name(alias, answers, screen)? {
            Answer::Known(name) => decisions.insert(alias.key.clone(), Some(name)),
            Answer::New => decisions.insert(alias.key.clone(), None),
            Answer::OthersNew => {
                decisions.extend(all_new(&asked[at..]));
                return Ok(Some(Said {
                    decisions,
                    others_new: true,
                }));
            }
            Answer::Stop => return Ok(None),
        };
    }
    Ok(Some(Said {
        decisions,
        others_new: false,
    }))
}

/// What a person says to a name.
enum Answer {
    Known(String),
    New,
    /// It is new, and so are all that come.
    OthersNew,
    Stop,
}

/// What the name is. The end of the answers stops.
fn name(
    alias: &AliasProposal,
    answers: &mut impl BufRead,
    screen: &mut impl Write,
) -> std::io::Result<Answer> {
    let asked = AliasProposal {
        proposal: likely(alias).cloned(),
        ..alias.clone()
    };
    let question = words::line("alias_ask", &explain::values(&asked));
    writeln!(screen, "{question}")?;
    loop {
        let mut answer = String::new();
        if answers.read_line(&mut answer)? == 0 {
            return Ok(Answer::Stop);
        }
        match answer.trim() {
            "y" | "Y" | "是" => {
                return Ok(asked.proposal.map_or(Answer::New, Answer::Known));
            }
            "n" | "N" | "否" => return Ok(Answer::New),
            "a" | "A" | "全" => return Ok(Answer::OthersNew),
            "s" | "S" => return Ok(Answer::Stop),
            "?" | "？" => {
                for (at, name) in alias.choices.iter().enumerate() {
                    let number = format!("{:>4}", at + 1);
                    let params = [("number", number), ("name", name.clone())];
                    writeln!(screen, "{}", words::line("alias_choice", &params))?;
                }
            }
            other => {
                let number = other.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                if let Some(chosen) = number.and_then(|at| alias.choices.get(at)) {
                    return Ok(Answer::Known(chosen.clone()));
                }
                writeln!(screen, "{}", words::line("alias_ask_again", &[]))?;
            }
        }
    }
}

/// Whether the person says yes; the end of the answers says no.
pub(super) fn agreed(answers: &mut impl BufRead, screen: &mut impl Write) -> std::io::Result<bool> {
    writeln!(screen, "{}", words::line("confirm_import", &[]))?;
    let mut answer = String::new();
    answers.read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes" | "是"))
}

#[cfg(test)]
mod tests {
    use yeji_core::{Currency, Money};

    use super::*;

    fn alias(text: &str, proposal: &str) -> AliasProposal {
        AliasProposal {
            key: format!("customer:{text}"),
            kind: "customer".to_owned(),
            text: text.to_owned(),
            proposal: Some(proposal.to_owned()),
            near: Vec::new(),
            target: None,
            choices: vec!["Acme".to_owned(), "Globex".to_owned()],
            rows: 3,
            won_amount: Money::new(100, Currency::CNY),
            decided: false,
            becomes_person: false,
        }
    }

    #[test]
    fn each_name_is_asked_until_there_is_an_answer() {
        let (one, other) = (alias("Acm", "Acme"), alias("Globx", "Globex"));
        let ask = |answers: &str| {
            let mut screen = Vec::new();
            let decided = names(&[&one, &other], &mut answers.as_bytes(), &mut screen).unwrap();
            let decided = decided.map(|said| (said.decisions, said.others_new));
            (decided, String::from_utf8(screen).unwrap())
        };
        let both = |first: Option<&str>, second: Option<&str>| {
            let own = |name: Option<&str>| name.map(str::to_owned);
            let decisions = Decisions::from([
                ("customer:Acm".to_owned(), own(first)),
                ("customer:Globx".to_owned(), own(second)),
            ]);
            Some((decisions, false))
        };
        let (decided, screen) = ask("y\nn\n");
        assert_eq!(decided, both(Some("Acme"), None));
        assert!(
            screen.contains("Acm") && screen.contains("Globex"),
            "{screen}"
        );
        assert_eq!(
            ask("2\nperhaps\n0\n9\ny\n").0,
            both(Some("Globex"), Some("Globex"))
        );
        let (decided, screen) = ask("?\n1\ny\n");
        assert_eq!(decided, both(Some("Acme"), Some("Globex")));
        assert!(
            screen.contains("   2  Globex"),
            "the names are listed: {screen}"
        );
        // Hundreds of new names that are nearly called as others are not asked one by one.
        let others = |first| both(first, None).map(|(decisions, _)| (decisions, true));
        assert_eq!(ask("a\n").0, others(None));
        assert_eq!(ask("y\na\n").0, others(Some("Acme")));
        assert_eq!(ask("y\ns\n").0, None, "stopped");
        assert_eq!(ask("y\n").0, None, "the end of the answers decides nothing");
    }

    #[test]
    fn decisions_are_read() {
        let read = |text: &str| given(&[text.to_owned()]);
        let one = |key: &str, name: Option<&str>| {
            Decisions::from([(key.to_owned(), name.map(str::to_owned))])
        };
        let ok = |text: &str| read(text).unwrap();
        assert_eq!(
            ok("product:GTXPro=GTX Pro"),
            one("product:GTXPro", Some("GTX Pro"))
        );
        assert_eq!(
            ok("customer: 甲 = 甲公司 "),
            one("customer:甲", Some("甲公司"))
        );
        assert_eq!(ok("person:Li Na="), one("person:Li Na", None));
        for bad in [
            "GTXPro=GTX Pro",
            "product:GTXPro",
            "team:a=b",
            "product:=b",
            "",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
