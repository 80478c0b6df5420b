//! The numbers that are published and confirmed, as a document and as a hash that names exactly these.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::ids::PersonId;
use yeji_core::metric::GoalMetric;
use yeji_core::{Currency, Money};

use crate::error::Result;
use crate::goals::book::Book;
use crate::text::hex;

/// What an owner confirms: the year and its months. The unit is no part of it, nor is the version: who keeps
/// the numbers need not confirm again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Figures {
    pub metric: GoalMetric,
    pub year: i32,
    pub person: PersonId,
    pub currency: String,
    pub amount: String,
    pub months: Vec<(Period, String)>,
}

impl Figures {
    /// Of a person of a plan.
    pub fn of(book: &Book, at: usize, person: PersonId) -> Result<Self> {
        let currency = book.plan.amount.currency;
        let year = book.year()?;
        let major = |minor: i64| Money::new(minor, currency).to_major();
        let mut months = Vec::with_capacity(12);
        for month in year.parts(PeriodKind::Month) {
            months.push((month, major(book.sum(at, month)?)));
        }
        Ok(Self {
            metric: book.plan.metric,
            year: book.plan.year,
            person,
            currency: currency.code().to_owned(),
            amount: major(book.sum(at, year)?),
            months,
        })
    }

    /// The document; the order of its fields is fixed, so equal numbers are equal texts.
    pub fn text(&self) -> Result<String> {
        Ok(serde_json::to_string(self).map_err(yeji_store::Error::from)?)
    }

    /// Whether the months sum to the year.
    fn closes(&self) -> bool {
        let Ok(currency) = self.currency.parse::<Currency>() else {
            return false;
        };
        let minor = |text: &str| Money::parse_major(text, currency).map(|money| money.minor);
        let months = self.months.iter().try_fold(0_i64, |sum, (_, amount)| {
            sum.checked_add(minor(amount).ok()?)
        });
        months.is_some() && months == minor(&self.amount).ok()
    }
}

/// The hash of a document.
pub(super) fn hash_of(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Whether a text from a laptop is what somebody can have confirmed: own numbers of a goal that close, named by
/// their hash.
pub(crate) fn is_document(
    text: &str,
    hash: &str,
    person: PersonId,
    (metric, year): (GoalMetric, i32),
) -> bool {
    let Ok(figures) = serde_json::from_str::<Figures>(text) else {
        return false;
    };
    // Only the very text that this program makes of the numbers: anything else would never equal them.
    let same = figures.text().is_ok_and(|own| own == text);
    same && hash_of(text) == hash
        && (figures.person, figures.metric, figures.year) == (person, metric, year)
        && figures.closes()
}

/// The hash of all numbers of a plan.
pub(super) fn plan_hash(book: &Book) -> String {
    let matrix = &book.matrix;
    let mut leaves: Vec<usize> = (0..matrix.leaves.len()).collect();
    leaves.sort_by_key(|leaf| matrix.leaves[*leaf]);
    let mut hash = Sha256::new();
    hash.update(book.plan.metric.code().as_bytes());
    hash.update(book.plan.year.to_le_bytes());
    hash.update(book.plan.amount.currency.code().as_bytes());
    for (start, end) in &matrix.periods {
        hash.update(format!("{start}{end}").as_bytes());
    }
    for leaf in leaves {
        let (unit, person) = matrix.leaves[leaf];
        hash.update(unit.0.as_bytes());
        hash.update(person.map_or([0; 16], |person| *person.0.as_bytes()));
        for minor in matrix.row(leaf) {
            hash.update(minor.to_le_bytes());
        }
    }
    hex(&hash.finalize())
}
