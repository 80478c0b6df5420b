//! Customers by their won deals: who is new, comes again, stays or is lost.
//!
//! Who bought within [`ACTIVE_DAYS`] is a customer. Retention is that of a period's start: of those who
//! were customers then, who still are at its end (Reichheld and Sasser, Zero Defections, HBR 1990).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use yeji_core::ids::CustomerId;

/// For so many days after a deal somebody is a customer.
pub const ACTIVE_DAYS: u64 = 365;

/// A won deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase<K> {
    /// Who bought.
    pub customer: CustomerId,
    /// When.
    pub day: NaiveDate,
    /// For how much, in minor units.
    pub minor: i64,
    /// What it counts under; none: nothing, but it tells that the customer bought.
    pub key: Option<K>,
}

/// Customers of a key in a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Who bought.
    pub buying: i64,
    /// Of these, who had bought before.
    pub repeat: i64,
    /// Who bought for the first time.
    pub new: i64,
    /// Who did not buy for [`ACTIVE_DAYS`], on the day that it became so.
    pub lost: i64,
    /// Customers at the start.
    pub at_start: i64,
    /// Of these, customers at the end.
    pub kept: i64,
    /// All that was ever bought, up to the end.
    pub value_minor: i128,
    /// Who ever bought, up to the end.
    pub to_date: i64,
}

/// Counts by key and period (its place). Purchases are in order of customer, then day; periods half-open.
/// What happened after `known_until` nobody knows: nobody is lost after it.
pub fn count<K: Ord + Clone>(
    purchases: &[Purchase<K>],
    periods: &[(NaiveDate, NaiveDate)],
    known_until: NaiveDate,
) -> BTreeMap<(K, usize), Counts> {
    let mut counts = BTreeMap::new();
    for deals in purchases.chunk_by(|a, b| a.customer == b.customer) {
        for (at, period) in periods.iter().enumerate() {
            count_customer(deals, at, *period, known_until, &mut counts);
        }
    }
    counts
}

fn count_customer<K: Ord + Clone>(
    deals: &[Purchase<K>],
    at: usize,
    (from, to): (NaiveDate, NaiveDate),
    known_until: NaiveDate,
    counts: &mut BTreeMap<(K, usize), Counts>,
) {
    let mut of = |key: &K, change: &dyn Fn(&mut Counts)| {
        change(counts.entry((key.clone(), at)).or_default());
    };
    let is_in = |day: NaiveDate| from <= day && day < to;
    let (mut buying, mut repeat, mut ever) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (place, deal) in deals.iter().enumerate().take_while(|(_, one)| one.day < to) {
        let Some(key) = &deal.key else { continue };
        ever.insert(key);
        of(key, &|sums| sums.value_minor += i128::from(deal.minor));
        if is_in(deal.day) {
            buying.insert(key);
            if place == 0 {
                of(key, &|sums| sums.new += 1);
            } else {
                repeat.insert(key);
            }
        }
        let next = deals.get(place + 1).map(|next| next.day);
        if let Some(lost_on) = end_of_custom(deal.day).filter(|day| is_in(*day))
            && lost_on <= known_until
            && next.is_none_or(|next| next > lost_on)
        {
            of(key, &|sums| sums.lost += 1);
        }
    }
    for key in buying {
        of(key, &|sums| sums.buying += 1);
    }
    for key in repeat {
        of(key, &|sums| sums.repeat += 1);
    }
    for key in ever {
        of(key, &|sums| sums.to_date += 1);
    }
    // A period under way ends, as far as anybody knows, on the day after the last known.
    let end = known_until.succ_opt().map_or(to, |day| day.min(to));
    if let (Some(last), Some(latest)) = (before(deals, from), before(deals, end))
        && is_customer(last, from)
        && let Some(key) = &last.key
    {
        of(key, &|sums| sums.at_start += 1);
        if is_customer(latest, end) {
            of(key, &|sums| sums.kept += 1);
        }
    }
}

/// The day on which it is [`ACTIVE_DAYS`] since a deal.
fn end_of_custom(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(ACTIVE_DAYS))
}

/// The last deal before a day.
fn before<K>(deals: &[Purchase<K>], day: NaiveDate) -> Option<&Purchase<K>> {
    deals[..deals.partition_point(|deal| deal.day < day)].last()
}

/// Whether the last deal makes somebody a customer on the morning of a day.
fn is_customer<K>(last: &Purchase<K>, day: NaiveDate) -> bool {
    end_of_custom(last.day).is_none_or(|end| day <= end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Purchases of customers 1, 2 ... each as days with a key.
    fn purchases(customers: &[&[(&str, char)]]) -> Vec<Purchase<char>> {
        let all = customers.iter().enumerate();
        all.flat_map(|(n, deals)| {
            deals.iter().map(move |(on, key)| Purchase {
                customer: format!("00000000-0000-0000-0000-{n:012}").parse().unwrap(),
                day: day(on),
                minor: 100,
                key: Some(*key).filter(|key| *key != '?'),
            })
        })
        .collect()
    }

    fn counted(customers: &[&[(&str, char)]], until: &str) -> BTreeMap<(char, usize), Counts> {
        let periods = [
            (day("2025-01-01"), day("2026-01-01")),
            (day("2026-01-01"), day("2027-01-01")),
        ];
        count(&purchases(customers), &periods, day(until))
    }

    #[test]
    fn a_customer_is_new_once_and_comes_again() {
        let sums = counted(&[&[("2025-02-01", 'a'), ("2026-01-31", 'a')]], "2026-06-30");
        let first = sums[&('a', 0)];
        assert_eq!((first.new, first.buying, first.repeat), (1, 1, 0));
        let second = sums[&('a', 1)];
        assert_eq!((second.new, second.buying, second.repeat), (0, 1, 1));
        assert_eq!((second.at_start, second.kept), (1, 1));
        assert_eq!((second.value_minor, second.to_date), (200, 1));
        assert_eq!(second.lost, 0, "what follows the last known day is unknown");
    }

    /// The day on which it is 365 days: the last on which buying keeps somebody, and the day of the loss.
    #[test]
    fn who_does_not_buy_for_a_year_is_lost_on_that_day() {
        let lost = |deals: &[(&str, char)], until: &str| {
            counted(&[deals], until)
                .get(&('a', 1))
                .map_or(0, |sums| sums.lost)
        };
        assert_eq!(lost(&[("2025-03-01", 'a')], "2026-03-01"), 1);
        assert_eq!(lost(&[("2025-03-01", 'a')], "2026-02-28"), 0);
        let in_time = [("2025-03-01", 'a'), ("2026-03-01", 'b')];
        assert_eq!(lost(&in_time, "2026-12-31"), 0);
        let late = [("2025-03-01", 'a'), ("2026-03-02", 'b')];
        assert_eq!(lost(&late, "2026-12-31"), 1, "and is a customer again");
    }

    /// Two teams, one customer: each has a customer, the first alone the new one.
    #[test]
    fn what_others_sold_is_known_but_not_counted() {
        let sums = counted(&[&[("2025-02-01", '?'), ("2025-03-01", 'b')]], "2026-06-30");
        let own = sums[&('b', 0)];
        assert_eq!((own.new, own.buying, own.repeat), (0, 1, 1));
        assert!(sums.keys().all(|(key, _)| *key == 'b'));
    }

    /// Kept ones are a part of those at the start, whatever happened.
    #[test]
    fn retention_is_between_none_and_all() {
        let sums = counted(
            &[
                &[("2024-06-01", 'a'), ("2025-06-01", 'a')],
                &[("2024-06-01", 'a')],
                &[("2023-06-01", 'a'), ("2025-06-01", 'a')],
            ],
            "2026-12-31",
        );
        let first = sums[&('a', 0)];
        assert_eq!((first.at_start, first.kept), (2, 1));
    }
}
