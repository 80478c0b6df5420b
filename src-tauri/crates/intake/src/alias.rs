//! Spellings that probably mean a known name: proposed here, confirmed by a person, remembered by the app.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::fold::fold_key;

/// A proposed alias.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AliasProposal {
    /// The unknown spelling.
    pub from: String,
    /// The known name it probably means.
    pub to: String,
    /// 0 to 100; 100 where only case, spaces, width or punctuation differ.
    pub score: u8,
    /// Why.
    pub reason: AliasReason,
}

/// Why an alias is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AliasReason {
    /// The same but for case, spaces, punctuation and character width.
    SameLetters,
    /// One or two letters differ.
    Misspelt,
}

/// Proposes for each unknown spelling the one known name that it probably means; none where two
/// known names are equally near. Order of `unknown`, each once.
pub fn propose(unknown: &[String], known: &[String]) -> Vec<AliasProposal> {
    let index = AliasIndex::new(known);
    let mut seen = HashSet::new();
    unknown
        .iter()
        .filter(|from| seen.insert(from.as_str()))
        .filter_map(|from| index.propose(from))
        .collect()
}

/// Known names, folded once, to be asked about many unknown ones.
#[derive(Debug, Clone)]
pub struct AliasIndex {
    by_key: BTreeMap<String, BTreeSet<String>>,
    /// The keys' letters, in the order of the keys.
    letters: Vec<Vec<char>>,
}

impl AliasIndex {
    /// The index of the known names.
    pub fn new(known: &[String]) -> Self {
        let mut by_key: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for name in known {
            by_key
                .entry(fold_key(name))
                .or_default()
                .insert(name.clone());
        }
        let letters = by_key.keys().map(|key| key.chars().collect()).collect();
        Self { by_key, letters }
    }

    /// The one known name that a spelling probably means; none for a known name, and where two
    /// known names are equally near.
    pub fn propose(&self, from: &str) -> Option<AliasProposal> {
        let key = fold_key(from);
        if key.is_empty() {
            return None;
        }
        match self.by_key.get(&key) {
            Some(names) if names.contains(from) => None,
            Some(names) => same_letters(from, names),
            None => self.misspelt(from, &key),
        }
    }

    fn misspelt(&self, from: &str, key: &str) -> Option<AliasProposal> {
        let letters: Vec<char> = key.chars().collect();
        let allowed = allowed_distance(&letters);
        let mut best: Option<(usize, &BTreeSet<String>)> = None;
        let mut tie = false;
        for (other, names) in self.letters.iter().zip(self.by_key.values()) {
            if allowed == 0
                || letters.len().abs_diff(other.len()) > allowed
                || !same_digits(&letters, other)
            {
                continue;
            }
            let distance = distance(&letters, other);
            // A short known name allows fewer mistakes than a long unknown one.
            if distance > allowed.min(allowed_distance(other)) {
                continue;
            }
            match best {
                Some((least, _)) if distance > least => {}
                Some((least, _)) if distance == least => tie = true,
                _ => {
                    best = Some((distance, names));
                    tie = false;
                }
            }
        }
        let (distance, names) = best.filter(|(_, names)| !tie && names.len() == 1)?;
        let to = names.first()?.clone();
        let score = u8::try_from(100 - 100 * distance / letters.len()).unwrap_or(0);
        Some(AliasProposal {
            from: from.to_owned(),
            to,
            score,
            reason: AliasReason::Misspelt,
        })
    }
}

fn same_letters(from: &str, names: &BTreeSet<String>) -> Option<AliasProposal> {
    let mut names = names.iter();
    let (Some(to), None) = (names.next(), names.next()) else {
        return None;
    };
    Some(AliasProposal {
        from: from.to_owned(),
        to: to.clone(),
        score: 100,
        reason: AliasReason::SameLetters,
    })
}

/// Mistakes that a spelling may have. One Chinese character is a whole syllable (南京分公司 is not
/// 北京分公司), so that only long Chinese names may differ at all.
fn allowed_distance(letters: &[char]) -> usize {
    let chinese = letters
        .iter()
        .any(|c| ('\u{2e80}'..='\u{9fff}').contains(c) || *c >= '\u{20000}');
    match (chinese, letters.len()) {
        (true, 0..=7) | (false, 0..=3) => 0,
        (true, _) | (false, 4..=7) => 1,
        (false, _) => 2,
    }
}

/// Numbers are not misspelt: GTK 500 is not GTK 600.
fn same_digits(a: &[char], b: &[char]) -> bool {
    let digits = |text: &[char]| {
        text.iter()
            .copied()
            .filter(|c| c.is_numeric())
            .collect::<String>()
    };
    digits(a) == digits(b)
}

/// Optimal string alignment: insert, delete, replace, or swap two neighbours, each once.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replace.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn proposals() {
        let products = [
            "GTX Basic",
            "GTX Pro",
            "MG Special",
            "MG Advanced",
            "GTX Plus Pro",
            "GTX Plus Basic",
            "GTK 500",
        ];
        let check = |from: &str, known: &[&str], to: Option<(&str, AliasReason)>| {
            let found = propose(&strings(&[from]), &strings(known));
            let got = found.first().map(|alias| (alias.to.as_str(), alias.reason));
            assert_eq!(got, to, "{from}");
        };
        check(
            "GTXPro",
            &products,
            Some(("GTX Pro", AliasReason::SameLetters)),
        );
        check(
            "ｇｔｘ　ｐｒｏ",
            &products,
            Some(("GTX Pro", AliasReason::SameLetters)),
        );
        check("GTX Pro", &products, None);
        check("GTK 600", &products, None);
        check(
            "MG Speciel",
            &products,
            Some(("MG Special", AliasReason::Misspelt)),
        );
        check(
            "technolgy",
            &["technology", "retail"],
            Some(("technology", AliasReason::Misspelt)),
        );
        check("technolgy", &["retail"], None);
        check("wang", &["Wang", "WANG"], None);
        check("Markets", &["Marketx", "Marketz"], None);
        check("王伟", &["王炜"], None);
        check("南京分公司", &["北京分公司"], None);
        check(
            "上海浦东软件有限公司",
            &["上海浦东软件有限公司 "],
            Some(("上海浦东软件有限公司 ", AliasReason::SameLetters)),
        );
        check(
            "上海浦东软件有限公可",
            &["上海浦东软件有限公司"],
            Some(("上海浦东软件有限公司", AliasReason::Misspelt)),
        );
        check("--", &["++"], None);
        check("", &[""], None);
    }

    proptest! {
        #[test]
        fn a_proposal_is_a_known_name_other_than_itself(
            unknown in prop::collection::vec("[a-c ]{0,10}", 0..8),
            known in prop::collection::vec("[a-c ]{0,10}", 0..8),
        ) {
            for alias in propose(&unknown, &known) {
                prop_assert!(known.contains(&alias.to));
                prop_assert!(!known.contains(&alias.from), "what is known needs no alias");
            }
        }
    }
}
