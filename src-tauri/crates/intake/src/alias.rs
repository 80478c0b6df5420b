//! Spellings that probably mean a known name: proposed here, confirmed by a person, remembered by the app.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use self::deletions::Deletions;
use self::letters::{allowed_distance, digits, distance, has_chinese, one_apart, same_digits};
use crate::fold::fold_key;

mod deletions;
mod letters;

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
    /// In Latin letters what the other is in pinyin: `Wang Wei` and 王伟.
    SameSound,
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
    /// In the order of their letters.
    keys: Vec<Key>,
    /// Where each folded name is among the keys.
    places: HashMap<String, usize>,
    /// Keys that may be one character apart.
    apart: Deletions,
    /// Known names by their sound; several under one: no proposal.
    by_sound: BTreeMap<String, BTreeSet<String>>,
    /// Known names by what they are without their legal form.
    by_company: BTreeMap<String, BTreeSet<String>>,
}

/// A folded name.
#[derive(Debug, Clone)]
struct Key {
    letters: Vec<char>,
    digits: String,
    /// Known names that are folded to it.
    names: BTreeSet<String>,
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
        let places = by_key.keys().cloned().zip(0..).collect();
        let keys: Vec<Key> = by_key
            .into_iter()
            .map(|(key, names)| {
                let letters: Vec<char> = key.chars().collect();
                let digits = digits(&letters);
                Key {
                    letters,
                    digits,
                    names,
                }
            })
            .collect();
        let apart = Deletions::of(
            keys.iter().map(|key| key.letters.as_slice()),
            MIN_NEAR_CHARS,
        );
        let mut by_sound: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for name in known {
            for sound in sound_of(name).iter().flat_map(|sound| typed(sound)) {
                by_sound.entry(sound).or_default().insert(name.clone());
            }
        }
        let mut by_company: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for name in known {
            let company = by_company.entry(same_company(name)).or_default();
            company.insert(name.clone());
        }
        Self {
            keys,
            places,
            apart,
            by_sound,
            by_company,
        }
    }

    /// Known names that a spelling for which nothing is proposed could mean as well: too uncertain to be
    /// taken for it without a person, worth to be looked at by one. Another legal form, a Chinese name of
    /// the same sound, one character that differs in a longer Chinese name.
    pub fn near(&self, from: &str) -> Vec<String> {
        let key = fold_key(from);
        let mut found: Vec<String> = Vec::new();
        let companies = self.by_company.get(&same_company(from));
        let sound = sound_of(from).map(|sound| sound.replace('ü', "v"));
        let sounds = sound.and_then(|sound| self.by_sound.get(&sound));
        found.extend(companies.into_iter().chain(sounds).flatten().cloned());
        let letters: Vec<char> = key.chars().collect();
        if letters.len() >= MIN_NEAR_CHARS && has_chinese(&letters) {
            let digits = digits(&letters);
            let near = self
                .maybe_apart(&letters)
                .filter(|key| one_apart(&letters, &key.letters) && key.digits == digits);
            found.extend(near.flat_map(|key| &key.names).cloned());
        }
        let mut seen = HashSet::from([from.to_owned()]);
        found.retain(|name| seen.insert(name.clone()));
        found.truncate(MAX_NEAR);
        found
    }

    /// All keys of [`MIN_NEAR_CHARS`] and more that are one character apart, and some that are not.
    fn maybe_apart(&self, letters: &[char]) -> impl Iterator<Item = &Key> {
        let places = self.apart.candidates(letters).into_iter();
        places.filter_map(|at| self.keys.get(at))
    }

    /// The one known name that a spelling probably means; none for a known name, and where two
    /// known names are equally near.
    pub fn propose(&self, from: &str) -> Option<AliasProposal> {
        let key = fold_key(from);
        if key.is_empty() {
            return None;
        }
        let known = self.places.get(&key).and_then(|at| self.keys.get(*at));
        match known.map(|key| &key.names) {
            Some(names) if names.contains(from) => None,
            Some(names) => same_letters(from, names),
            None => self
                .misspelt(from, &key)
                .filter(|found| !are_homophones(from, &found.to))
                .or_else(|| self.latin_sound(from)),
        }
    }

    /// A name in Latin letters against the pinyin of known ones, in either order of its words.
    fn latin_sound(&self, from: &str) -> Option<AliasProposal> {
        if sound_of(from).is_some() {
            return None;
        }
        let found: BTreeSet<&String> = latin_sounds(from)
            .iter()
            .filter_map(|sound| self.by_sound.get(sound))
            .flatten()
            .collect();
        let mut found = found.into_iter();
        let (Some(to), None) = (found.next(), found.next()) else {
            return None;
        };
        Some(AliasProposal {
            from: from.to_owned(),
            to: to.clone(),
            score: SAME_SOUND_SCORE,
            reason: AliasReason::SameSound,
        })
    }

    fn misspelt<'a>(&'a self, from: &str, key: &str) -> Option<AliasProposal> {
        let letters: Vec<char> = key.chars().collect();
        let digits = digits(&letters);
        let allowed = allowed_distance(&letters);
        let mut best: Option<(usize, &BTreeSet<String>)> = None;
        let mut tie = false;
        let mut weigh = |key: &'a Key| {
            let Some(distance) = key.mistakes(&letters, &digits, allowed) else {
                return;
            };
            match best {
                Some((least, _)) if distance > least => {}
                Some((least, _)) if distance == least => tie = true,
                _ => {
                    best = Some((distance, &key.names));
                    tie = false;
                }
            }
        };
        match allowed {
            0 => {}
            // No name of fewer characters allows a mistake.
            1 => self.maybe_apart(&letters).for_each(&mut weigh),
            _ => self.keys.iter().for_each(&mut weigh),
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

impl Key {
    /// How far it is from other letters with those digits, if no further than so many mistakes. A short known
    /// name allows fewer mistakes than a long unknown one.
    fn mistakes(&self, letters: &[char], digits: &str, allowed: usize) -> Option<usize> {
        let allowed = allowed.min(allowed_distance(&self.letters));
        let maybe = allowed > 0
            && letters.len().abs_diff(self.letters.len()) <= allowed
            && self.digits == digits;
        if !maybe {
            return None;
        }
        Some(distance(letters, &self.letters)).filter(|distance| *distance <= allowed)
    }
}

const SAME_SOUND_SCORE: u8 = 80;
/// In shorter Chinese names one other character is another name: 王伟 is not 王芳.
const MIN_NEAR_CHARS: usize = 4;
/// Names that a person looks at.
const MAX_NEAR: usize = 3;

/// The pinyin of a name with Chinese characters, without tones and spaces; none for other names.
fn sound_of(name: &str) -> Option<String> {
    use pinyin::ToPinyin as _;
    let mut chinese = false;
    let mut sound = String::new();
    for (letter, syllable) in name.chars().zip(name.to_pinyin()) {
        match syllable {
            Some(syllable) => {
                chinese = true;
                sound.push_str(syllable.plain());
            }
            None => sound.push_str(&fold_key(&letter.to_string())),
        }
    }
    chinese.then_some(sound)
}

/// Two names with Chinese characters that sound the same are two names: 王伟 is not 王炜, 华唯 not 华为.
fn are_homophones(one: &str, other: &str) -> bool {
    sound_of(one).is_some_and(|sound| sound_of(other) == Some(sound))
}

/// How a sound is typed: `plain` writes ü, for which people write v or u.
fn typed(sound: &str) -> BTreeSet<String> {
    BTreeSet::from(["v", "u"].map(|letter| sound.replace('ü', letter)))
}

/// `Wang Wei` may be 王伟 or, family name last, 伟王's reading: both are looked up.
fn latin_sounds(name: &str) -> Vec<String> {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| fold_key(word).replace('ü', "v"))
        .filter(|word| !word.is_empty())
        .collect();
    let mut sounds = vec![words.concat()];
    if let [first, rest @ ..] = words.as_slice()
        && !rest.is_empty()
    {
        sounds.push(format!("{}{first}", rest.concat()));
    }
    sounds
}

/// Legal forms as the last word or words of a Latin name. A form is a word of its own: Cisco is no company
/// called Cis.
const LATIN_FORMS: [&str; 21] = [
    "incorporated",
    "corporation",
    "company",
    "limited",
    "coltd",
    "gmbh",
    "sarl",
    "corp",
    "ltd",
    "inc",
    "llc",
    "llp",
    "plc",
    "pte",
    "pty",
    "srl",
    "ag",
    "bv",
    "co",
    "kg",
    "nv",
];

/// What a company is called without its legal forms, folded: two names with the same are one company.
pub fn same_company(name: &str) -> String {
    const CHINESE: [&str; 4] = ["有限责任公司", "股份有限公司", "有限公司", "公司"];
    let name = without_umlauts(name);
    let key = fold_key(&name);
    if let Some(rest) = CHINESE.iter().find_map(|form| key.strip_suffix(form)) {
        return if rest.is_empty() {
            key
        } else {
            rest.to_owned()
        };
    }
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(fold_key)
        .collect();
    let forms = words.iter().skip(1).rev();
    let forms: usize = forms
        .take_while(|word| LATIN_FORMS.contains(&word.as_str()))
        .map(String::len)
        .sum();
    key.get(..key.len().saturating_sub(forms))
        .map_or(key.clone(), str::to_owned)
}

/// As a keyboard without them writes a German name: Müller is Mueller.
fn without_umlauts(name: &str) -> String {
    let letters = name.chars().map(|letter| match letter {
        'ä' | 'Ä' => "ae".to_owned(),
        'ö' | 'Ö' => "oe".to_owned(),
        'ü' | 'Ü' => "ue".to_owned(),
        'ß' => "ss".to_owned(),
        other => other.to_string(),
    });
    letters.collect()
}

/// The pinyin of a name with Chinese characters, without tones; none for other names.
pub fn sounds_like(name: &str) -> Option<String> {
    sound_of(name)
}

/// A name as its letters are compared with those of many others.
#[derive(Debug, Clone)]
pub struct Spelling(Vec<char>);

impl Spelling {
    /// Of a name.
    pub fn of(name: &str) -> Self {
        Self(fold_key(name).chars().collect())
    }

    /// Whether one is the other with a mistake or two in it; not where they are the same.
    pub fn is_near(&self, other: &Self) -> bool {
        let allowed = allowed_distance(&self.0).min(allowed_distance(&other.0));
        allowed > 0
            && self.0 != other.0
            && self.0.len().abs_diff(other.0.len()) <= allowed
            && same_digits(&self.0, &other.0)
            && distance(&self.0, &other.0) <= allowed
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

#[cfg(test)]
mod tests;
