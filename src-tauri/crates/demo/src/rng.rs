//! Random numbers and ids that are the same everywhere.
//!
//! `SplitMix64`: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators",
//! OOPSLA 2014; constants as in S. Vigna's public-domain `splitmix64.c`.

use chrono::NaiveDate;
use uuid::Uuid;
use yeji_core::ids::uuid_v7;

const GOLDEN_GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// One stream of random numbers.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// A stream of its own for each subject, so that one more draw in one leaves the others alone.
    pub fn stream(seed: u64, subject: u64) -> Self {
        Self(mix(seed.wrapping_add(GOLDEN_GAMMA)) ^ mix(!subject))
    }

    /// The next 64 bits. Within 2^64 draws no value comes twice: `mix` is a bijection.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN_GAMMA);
        mix(self.0)
    }

    /// Evenly from `0..n` (0 for `n == 0`), by the high half of a product (Lemire 2019, without the
    /// rejection: its bias is below n / 2^64).
    pub fn below(&mut self, n: u64) -> u64 {
        let product = u128::from(self.bits()) * u128::from(n);
        u64::try_from(product >> 64).expect("a u128 shifted by 64 bits fits u64")
    }

    /// Evenly from `low..=high`; `low` if the range is empty.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high.saturating_sub(low).saturating_add(1)).unwrap_or(1);
        low.saturating_add_unsigned(self.below(width))
    }

    /// An index into something of `len` entries.
    pub fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).expect("below a usize")
    }

    /// One of a table that is not empty.
    pub fn pick<'a, T>(&mut self, table: &'a [T]) -> &'a T {
        &table[self.index(table.len())]
    }

    /// True in `permille` of a thousand cases.
    pub fn chance(&mut self, permille: u64) -> bool {
        self.below(1000) < permille
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Index of the entry that holds `at` in a list of running sums (`at` is below the last).
pub fn locate(running_sums: &[u64], at: u64) -> usize {
    running_sums.partition_point(|sum| *sum <= at)
}

/// What an id is for: part of the id, so that ids of two kinds never meet.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Batch = 1,
    Unit,
    Person,
    Membership,
    TargetBonus,
    Customer,
    Contact,
    Product,
    Opportunity,
    StageEvent,
    OrderLine,
    Receipt,
    Lead,
    Interaction,
    Score,
    Delivery,
    Contract,
    Invoice,
    CreditList,
    MarketIndex,
    ExchangeRate,
}

/// Ids of one kind. Unique by construction: the stream does not repeat, and the kind is in them.
#[derive(Debug)]
pub struct Ids {
    rng: Rng,
    kind: u64,
}

impl Ids {
    /// Ids of that kind of that company.
    pub fn new(seed: u64, kind: Kind) -> Self {
        let kind = kind as u64;
        Self {
            rng: Rng::stream(seed, 1_000 + kind),
            kind,
        }
    }

    /// The next one, dated midnight of the fact's day.
    pub fn next(&mut self, day: NaiveDate) -> Uuid {
        let days = day.signed_duration_since(NaiveDate::default()).num_days();
        // The history starts after 1970, which `NaiveDate::default()` is.
        let ms = u64::try_from(days).unwrap_or(0) * 86_400_000;
        uuid_v7(
            ms,
            (u128::from(self.kind) << 64) | u128::from(self.rng.bits()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_splitmix64() {
        let mut rng = Rng(1_234_567);
        // First outputs of Vigna's splitmix64.c for this seed.
        let expected = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423_u64,
        ];
        assert_eq!([rng.bits(), rng.bits(), rng.bits()], expected);
    }

    #[test]
    fn draws_stay_in_range() {
        let mut rng = Rng::stream(1, 1);
        let mut seen = [0_u32; 5];
        for _ in 0..5_000 {
            let at = rng.between(-2, 2);
            seen[usize::try_from(at + 2).unwrap()] += 1;
        }
        assert!(
            seen.iter().all(|n| (800..1200).contains(n)),
            "about even: {seen:?}"
        );
        assert_eq!((rng.below(0), rng.between(3, 2)), (0, 3));
    }
}
