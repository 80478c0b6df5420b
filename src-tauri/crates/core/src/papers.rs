//! What follows a deal on paper (contracts, invoices, shared credit), and what the market did.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use crate::facts::{Credit, Origin};
use crate::ids::{
    ContractId, CreditListId, CustomerId, ExchangeRateId, InvoiceId, MarketIndexId, OpportunityId,
};
use crate::rate::Rate;
use crate::{Currency, Error, Money, Ratio, Result};

/// A signed contract. Its number is its identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Stable id.
    pub id: ContractId,
    /// Source.
    pub origin: Origin,
    /// With whom.
    pub customer: CustomerId,
    /// The deal that it closed.
    pub opportunity: Option<OpportunityId>,
    /// Agreed amount.
    pub amount: Money,
    /// When it was signed.
    pub signed_on: NaiveDate,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Day after the last.
    pub to: Option<NaiveDate>,
}

/// An invoice; a credit note is negative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Stable id.
    pub id: InvoiceId,
    /// Source.
    pub origin: Origin,
    /// To whom.
    pub customer: CustomerId,
    /// For which deal.
    pub opportunity: Option<OpportunityId>,
    /// Under which contract.
    pub contract: Option<ContractId>,
    /// Amount, without tax where the import says that the file's amounts include it.
    pub amount: Money,
    /// When.
    pub invoiced_on: NaiveDate,
}

/// Who is credited with a deal, each once, in all exactly the whole. One value: it is replaced as a
/// whole and never merged part by part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Credits(Vec<Credit>);

impl Credits {
    /// Most people of one list.
    pub const MAX_PEOPLE: usize = 50;

    /// The list in order of people, so that equal lists are equal.
    ///
    /// # Errors
    /// [`Error::Credits`]: nobody, somebody twice, a share that is not above zero, or a sum that is
    /// not the whole.
    pub fn new(mut credits: Vec<Credit>) -> Result<Self> {
        let mut sum = Ratio::ZERO;
        for credit in &credits {
            sum = sum.checked_add(credit.share)?;
        }
        credits.sort_by_key(|credit| credit.person);
        let twice = credits.windows(2).any(|two| two[0].person == two[1].person);
        let above_zero = credits.iter().all(|credit| credit.share > Ratio::ZERO);
        if twice || !above_zero || sum != Ratio::ONE || credits.len() > Self::MAX_PEOPLE {
            return Err(Error::Credits(sum));
        }
        Ok(Self(credits))
    }

    /// The parts.
    pub fn parts(&self) -> &[Credit] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Credits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Self::new(Vec::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// The credit of one deal. A deal without one is its owner's whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditList {
    /// Stable id.
    pub id: CreditListId,
    /// Source.
    pub origin: Origin,
    /// Of which deal.
    pub opportunity: OpportunityId,
    /// Who, with which share.
    pub credits: Credits,
}

/// What the market did: the value of a series in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketIndex {
    /// Stable id.
    pub id: MarketIndexId,
    /// Source.
    pub origin: Origin,
    /// Name of the series.
    pub series: String,
    /// Region, if the series has one.
    pub region: Option<String>,
    /// First day of the month.
    pub month: NaiveDate,
    /// Value, exact.
    pub value: Rate,
}

/// What one unit of a currency was worth in another on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRate {
    /// Stable id.
    pub id: ExchangeRateId,
    /// Source.
    pub origin: Origin,
    /// One unit of this ...
    pub from: Currency,
    /// ... was worth `rate` units of this.
    pub to: Currency,
    /// When.
    pub on: NaiveDate,
    /// How much, exact.
    pub rate: Rate,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::PersonId;

    #[test]
    fn credits_are_the_whole_and_name_everybody_once() {
        let check = |parts: &[(u128, &str)], valid: bool| {
            let credits = parts.iter().map(|(person, share)| Credit {
                person: PersonId(Uuid::from_u128(*person)),
                share: share.parse().unwrap(),
            });
            assert_eq!(Credits::new(credits.collect()).is_ok(), valid, "{parts:?}");
        };
        check(&[(1, "1")], true);
        check(&[(2, "1/3"), (1, "1/3"), (3, "1/3")], true);
        check(&[(1, "0.6"), (2, "0.4")], true);
        check(&[], false);
        check(&[(1, "0.6"), (2, "0.3")], false);
        check(&[(1, "0.5"), (1, "0.5")], false);
        check(&[(1, "1.5"), (2, "-0.5")], false);
        check(&[(1, "1"), (2, "0")], false);
    }

    #[test]
    fn a_list_is_the_same_in_any_order_and_reads_back() {
        let part = |person: u128, share: &str| Credit {
            person: PersonId(Uuid::from_u128(person)),
            share: share.parse().unwrap(),
        };
        let one = Credits::new(vec![part(1, "0.6"), part(2, "0.4")]).unwrap();
        let other = Credits::new(vec![part(2, "0.4"), part(1, "0.6")]).unwrap();
        assert_eq!(one, other);
        let text = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<Credits>(&text).unwrap(), one);
        let broken = text.replace("3/5", "1/5");
        assert!(serde_json::from_str::<Credits>(&broken).is_err(), "{text}");
    }
}
