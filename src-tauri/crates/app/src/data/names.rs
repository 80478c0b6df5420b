//! From names in files to ids: exact, by an alias that a person confirmed, or not yet decided.

mod before_merges;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use uuid::Uuid;
use yeji_core::{Currency, Money};
use yeji_intake::alias::AliasIndex;
use yeji_store::AliasKind;

use crate::api::data::AliasProposal;
use before_merges::BeforeMerges;

/// At most this many names are offered for a choice by hand.
const MAX_CHOICES: usize = 200;
/// At most this many texts that are like nothing known are listed; those of most rows.
const MAX_UNKNOWN: usize = 200;

/// What a name turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resolved {
    /// One record.
    Known(Uuid),
    /// Several records have this name.
    Ambiguous,
    /// Nearly known; a person has to say.
    Undecided,
    /// Nothing like it, or a person said that it is another.
    New,
}

/// The names of one kind, with what was decided on unknown ones.
#[derive(Debug)]
pub(crate) struct Names {
    kind: AliasKind,
    /// Numbers; each names exactly one record.
    numbers: HashMap<String, Uuid>,
    /// Exact names. Several ids: ambiguous.
    known: HashMap<String, Vec<Uuid>>,
    /// Known names that may be proposed, in order.
    proposable: Vec<String>,
    before_merges: BeforeMerges,
    /// Index of `proposable`, made when first asked.
    near: Option<AliasIndex>,
    /// Remembered and decided texts.
    decided: HashMap<String, Decision>,
    /// Texts of which a person said in this import that they are new.
    said_new: HashSet<String>,
    /// Texts met that are not known, with what hangs on them.
    asked: BTreeMap<String, Asked>,
    take_proposals: bool,
}

/// What a text was decided to mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    Is(Uuid),
    Another,
    /// A name that several records have.
    Ambiguous,
}

#[derive(Debug, Default)]
struct Asked {
    proposal: Option<String>,
    /// What could be meant as well, where nothing is proposed.
    near: Vec<String>,
    rows: u64,
    won_minor: i64,
    decided: bool,
    /// Said to be new, it becomes a person.
    may_become: bool,
}

/// The code of a kind in keys of decisions.
pub(crate) fn kind_code(kind: AliasKind) -> &'static str {
    match kind {
        AliasKind::Person => "person",
        AliasKind::Unit => "unit",
        AliasKind::Customer => "customer",
        AliasKind::Product => "product",
    }
}

impl Names {
    pub(crate) fn new(kind: AliasKind, take_proposals: bool) -> Self {
        Self {
            kind,
            numbers: HashMap::new(),
            known: HashMap::new(),
            proposable: Vec::new(),
            before_merges: BeforeMerges::default(),
            near: None,
            decided: HashMap::new(),
            said_new: HashSet::new(),
            asked: BTreeMap::new(),
            take_proposals,
        }
    }

    /// What merged records are: what names or numbers them means those.
    pub(crate) fn with_merged(mut self, merged: HashMap<Uuid, Uuid>) -> Self {
        self.before_merges = BeforeMerges::new(merged);
        self
    }

    /// A record's name; may be proposed for texts that are near.
    pub(crate) fn add_name(&mut self, name: &str, id: Uuid) {
        let ids = self.known.entry(name.to_owned()).or_default();
        self.before_merges.add_name(name, id, ids);
        let id = self.before_merges.meant(id);
        if !ids.contains(&id) {
            if ids.is_empty() {
                self.proposable.push(name.to_owned());
                self.near = None;
            }
            ids.push(id);
        }
    }

    /// A number that names exactly one record.
    pub(crate) fn add_number(&mut self, number: &str, id: Uuid) {
        self.before_merges.add_number(number, id);
        let id = self.before_merges.meant(id);
        self.numbers.insert(number.to_owned(), id);
    }

    /// The records that have exactly this name.
    pub(crate) fn named(&self, name: &str) -> &[Uuid] {
        self.known.get(name).map_or(&[], Vec::as_slice)
    }

    /// What the records of some ids are called; of several names the last one met.
    pub(crate) fn called<'a>(
        &'a self,
        ids: &'a BTreeSet<Uuid>,
    ) -> impl Iterator<Item = (Uuid, &'a str)> {
        self.known.iter().flat_map(move |(name, of)| {
            let wanted = of.iter().filter(|id| ids.contains(id));
            wanted.map(move |id| (*id, name.as_str()))
        })
    }

    /// An alias remembered from an earlier import.
    pub(crate) fn remember(&mut self, text: &str, id: Uuid) {
        self.before_merges.decide(text, id);
        let id = self.before_merges.meant(id);
        self.decided.insert(text.to_owned(), Decision::Is(id));
    }

    /// A person's decision on a text: the name that it means, or None for "another one". A name that
    /// is not known is left undecided.
    pub(crate) fn decide(&mut self, text: &str, name: Option<&str>) {
        let decision = match name.map(|name| self.named(name)) {
            None => Decision::Another,
            Some([]) => return,
            Some([id]) => Decision::Is(*id),
            Some(_) => Decision::Ambiguous,
        };
        if let (Decision::Is(id), Some(name)) = (decision, name) {
            let named = self.before_merges.by_name(name, id);
            self.before_merges.decide(text, named.unwrap_or(id));
        }
        if decision == Decision::Another {
            self.said_new.insert(text.to_owned());
        }
        self.decided.insert(text.to_owned(), decision);
    }

    /// A text that means nothing known, though nobody has said so.
    pub(crate) fn presume_new(&mut self, text: &str) {
        self.decided.insert(text.to_owned(), Decision::Another);
    }

    /// Whether a person said in this import that a text is new.
    pub(crate) fn is_said_new(&self, text: &str) -> bool {
        self.said_new.contains(text)
    }

    /// What a text means; `won_minor` is what hangs on it if it is not known yet.
    pub(crate) fn resolve(&mut self, text: &str, won_minor: i64) -> Resolved {
        if let Some(id) = self.numbers.get(text) {
            return Resolved::Known(*id);
        }
        match self.named(text) {
            [] => {}
            [id] => {
                let id = *id;
                if !self.asked.is_empty() {
                    self.count_more(text, won_minor);
                }
                return Resolved::Known(id);
            }
            _ => return Resolved::Ambiguous,
        }
        if !self.asked.contains_key(text) {
            let near = self
                .near
                .get_or_insert_with(|| AliasIndex::new(&self.proposable));
            let proposal = near.propose(text).map(|proposal| proposal.to);
            let near = if proposal.is_none() && !self.decided.contains_key(text) {
                near.near(text)
            } else {
                Vec::new()
            };
            if self.take_proposals
                && !self.decided.contains_key(text)
                && let Some(name) = &proposal
            {
                self.decide(text, Some(name));
            }
            self.asked.insert(
                text.to_owned(),
                Asked {
                    proposal,
                    near,
                    ..Asked::default()
                },
            );
        }
        let decided = self.decided.get(text).copied();
        let Some(asked) = self.asked.get_mut(text) else {
            return Resolved::New;
        };
        asked.rows += 1;
        asked.won_minor = asked.won_minor.saturating_add(won_minor);
        asked.decided = decided.is_some();
        match decided {
            Some(Decision::Is(id)) => Resolved::Known(id),
            Some(Decision::Ambiguous) => Resolved::Ambiguous,
            None if asked.proposal.is_some() => Resolved::Undecided,
            Some(Decision::Another) | None => Resolved::New,
        }
    }

    /// Notes of a person's name that is not known that it becomes one where somebody says that it is new.
    pub(crate) fn may_become(&mut self, text: &str) {
        if let Some(asked) = self.asked.get_mut(text) {
            asked.may_become = true;
        }
    }

    /// What hangs on a text that is listed although an earlier row has made what it names.
    fn count_more(&mut self, text: &str, won_minor: i64) {
        if let Some(asked) = self.asked.get_mut(text) {
            asked.rows += 1;
            asked.won_minor = asked.won_minor.saturating_add(won_minor);
        }
    }

    /// The one record that a text means without asking anybody.
    pub(crate) fn meaning(&self, text: &str) -> Option<Uuid> {
        if let Some(id) = self.numbers.get(text) {
            return Some(*id);
        }
        match self.named(text) {
            [] => self.id_decided(text),
            [id] => Some(*id),
            _ => None,
        }
    }

    /// The one record that a text names, merged or not; none where several that are one now have the name.
    pub(crate) fn named_by(&self, text: &str) -> Option<Uuid> {
        if let Some(id) = self.numbers.get(text) {
            return Some(self.before_merges.by_number(text, *id));
        }
        match self.named(text) {
            [] => {
                let id = self.id_decided(text)?;
                Some(self.before_merges.by_decision(text, id))
            }
            [id] => self.before_merges.by_name(text, *id),
            _ => None,
        }
    }

    /// A text that now stands for a record made for it; it is no question any more, but stays among the
    /// answers where somebody gave one, and is listed where something known is near.
    pub(crate) fn settle_new(&mut self, text: &str, id: Uuid) {
        self.known.insert(text.to_owned(), vec![id]);
        if self
            .asked
            .get(text)
            .is_some_and(|asked| asked.proposal.is_none() && asked.near.is_empty())
            && !self.is_said_new(text)
        {
            self.asked.remove(text);
        }
    }

    /// Texts decided to mean a known record in this import, to be remembered; a merged one for itself, in
    /// case it is another again.
    pub(crate) fn confirmed(&self) -> impl Iterator<Item = (&str, Uuid)> {
        self.asked.keys().filter_map(|text| {
            let id = self.id_decided(text)?;
            Some((text.as_str(), self.before_merges.by_decision(text, id)))
        })
    }

    fn id_decided(&self, text: &str) -> Option<Uuid> {
        match self.decided.get(text)? {
            Decision::Is(id) => Some(*id),
            Decision::Another | Decision::Ambiguous => None,
        }
    }

    /// Texts that a person said mean something else in this import, whatever was remembered.
    pub(crate) fn refused(&self, text: &str) -> bool {
        self.asked.contains_key(text) && self.decided.get(text) == Some(&Decision::Another)
    }

    /// The questions, for a person. Texts of facts that are like nothing known are among them: only a
    /// person can say what they mean. (What a deal names becomes a new record and is no question.)
    pub(crate) fn proposals(&self, currency: Currency) -> Vec<AliasProposal> {
        let is_unknown = |asked: &Asked| asked.proposal.is_none() && !asked.decided;
        let mut unknown: Vec<(&String, &Asked)> = self
            .asked
            .iter()
            .filter(|(_, one)| is_unknown(one))
            .collect();
        unknown.sort_by_key(|(text, asked)| (Reverse(asked.rows), text.as_str()));
        let listed = if self.kind == AliasKind::Person {
            unknown.len()
        } else {
            MAX_UNKNOWN
        };
        let listed: HashSet<&String> = unknown.iter().take(listed).map(|(text, _)| *text).collect();
        self.asked
            .iter()
            .filter(|(text, asked)| !is_unknown(asked) || listed.contains(text))
            .map(|(text, asked)| AliasProposal {
                key: format!("{}:{text}", kind_code(self.kind)),
                kind: kind_code(self.kind).to_owned(),
                text: text.clone(),
                proposal: asked.proposal.clone().or_else(|| self.name_decided(text)),
                near: asked.near.clone(),
                target: asked.decided.then(|| self.name_decided(text)).flatten(),
                choices: self.choices(text),
                rows: asked.rows,
                won_amount: Money::new(asked.won_minor, currency),
                decided: asked.decided,
                becomes_person: asked.may_become,
            })
            .collect()
    }

    /// Names to choose from: all of few, of many those that have most letters of the text.
    fn choices(&self, text: &str) -> Vec<String> {
        if self.proposable.len() <= MAX_CHOICES {
            return self.proposable.clone();
        }
        let letters: HashSet<char> = text.chars().filter(|one| one.is_alphanumeric()).collect();
        let mut ranked: Vec<(usize, &String)> = self
            .proposable
            .iter()
            .map(|name| {
                (
                    letters.iter().filter(|one| name.contains(**one)).count(),
                    name,
                )
            })
            .collect();
        ranked.sort_by_key(|(shared, _)| Reverse(*shared));
        let best = ranked.into_iter().take(MAX_CHOICES);
        best.map(|(_, name)| name.clone()).collect()
    }

    fn name_decided(&self, text: &str) -> Option<String> {
        let id = self.id_decided(text)?;
        self.proposable
            .iter()
            .find(|name| self.known[*name].contains(&id))
            .cloned()
    }
}

#[cfg(test)]
mod tests;
