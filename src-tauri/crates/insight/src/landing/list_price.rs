//! What deals bring by the list price of their product: how many are bought at once, with what else, and with
//! which discount. Learned for each product from its won deals, drawn towards all products together.
//!
//! `(won / list + LEAN x company) / (deals + LEAN)`, where `company` is the ratio of all won amounts to all their
//! list prices: a ratio of sums, so that a sum is expected without bias. Exact fractions until an amount is rounded.
//! One ratio for all products is right for a sum only while the mix of products stays, and values single deals
//! several times too high or too low where products sell differently (decision 0017).

use std::collections::BTreeMap;

use yeji_core::{Ratio, Rounding};

/// Won deals of the company's ratio that a product leans on.
pub const LEAN: i64 = 5;

/// Learned ratios; `P` names a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPrices<P> {
    company: Option<Ratio>,
    products: BTreeMap<P, Won>,
}

/// Won deals of a product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Won {
    minor: i128,
    deals: u32,
}

/// How many list prices a deal of a product brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// Exact; 1 where nothing was won yet.
    pub ratio: Ratio,
    /// Won deals of the product that it was learned from.
    pub deals: u32,
}

impl Times {
    /// A list price times the ratio, the one rounding; the list price itself if that is beyond 64 bits.
    pub fn of(self, list: i64) -> i64 {
        let product = Ratio::from_int(list).checked_mul(self.ratio);
        let rounded = product.and_then(|product| product.round(Rounding::HalfUp));
        rounded.unwrap_or(list)
    }
}

impl<P: Ord> ListPrices<P> {
    /// From won deals: product, amount, list price of the product.
    pub fn learn(won: impl IntoIterator<Item = (P, i64, i64)>) -> Self {
        let (mut brought, mut listed) = (0_i128, 0_i128);
        let mut products: BTreeMap<P, Won> = BTreeMap::new();
        for (product, minor, list) in won.into_iter().filter(|(_, _, list)| *list > 0) {
            brought += i128::from(minor);
            listed += i128::from(list);
            let of_product = products.entry(product).or_default();
            of_product.minor += i128::from(minor);
            of_product.deals = of_product.deals.saturating_add(1);
        }
        let ratio = Ratio::new(brought, listed).ok();
        Self {
            company: ratio.filter(|_| brought > 0),
            products,
        }
    }

    /// All products together; none where nothing was won yet.
    pub fn company(&self) -> Option<Ratio> {
        self.company
    }

    /// For a product with a list price. Where its deals brought less than nothing (goods sent back), and where the
    /// fraction is beyond 128 bits, all products together say it.
    pub fn times(&self, product: &P, list: i64) -> Times {
        let Some(company) = self.company else {
            return Times {
                ratio: Ratio::ONE,
                deals: 0,
            };
        };
        let won = self.products.get(product).copied().unwrap_or_default();
        let own = drawn(won, list, company).filter(|own| *own > Ratio::ZERO);
        Times {
            ratio: own.unwrap_or(company),
            deals: if own.is_some() { won.deals } else { 0 },
        }
    }
}

fn drawn(won: Won, list: i64, company: Ratio) -> Option<Ratio> {
    let lists = Ratio::new(won.minor, list.into()).ok()?;
    let lean = company.checked_mul(Ratio::from_int(LEAN)).ok()?;
    let all = lists.checked_add(lean).ok()?;
    let deals = Ratio::from_int(i64::from(won.deals) + LEAN);
    all.checked_div(deals).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Licences sell at a tenth of their list price, machines by the three: one ratio of both is right for neither.
    #[test]
    fn each_product_has_its_own_ratio_drawn_towards_all() {
        let licences = (0..45).map(|_| ("licence", 1_000, 10_000));
        let machines = (0..45).map(|_| ("machine", 30_000, 10_000));
        let prices = ListPrices::learn(licences.chain(machines).chain([("new", 5_000, 10_000)]));
        // (45 x 0.1 + 45 x 3 + 0.5) / 91
        assert_eq!(prices.company(), Ratio::new(1_400, 910).ok());
        let of = |product| prices.times(&product, 10_000).of(10_000);
        // (4.5 + 5 x 1.5385) / 50, (135 + 7.6923) / 50, (0.5 + 7.6923) / 6, and the company's.
        assert_eq!(
            ["licence", "machine", "new", "never won"].map(of),
            [2_438, 28_538, 13_654, 15_385]
        );
        assert_eq!(prices.times(&"licence", 10_000).deals, 45);
        assert_eq!(prices.times(&"never won", 10_000).deals, 0);
    }

    #[test]
    fn before_anything_was_won_a_deal_counts_with_its_list_price() {
        let prices = ListPrices::<u8>::learn([]);
        assert_eq!(prices.company(), None);
        assert_eq!(prices.times(&1, 700).of(700), 700);
        // Nothing but returns is no ratio either.
        let returned = ListPrices::learn([(1, -500, 700)]);
        assert_eq!(returned.times(&1, 700).of(700), 700);
    }

    proptest! {
        /// Between the product's own ratio and the company's; never below nothing, whatever was sent back.
        #[test]
        fn a_ratio_lies_between_its_own_and_all(
            won in prop::collection::vec((0..4_usize, -1_000..1_000_000_i64), 1..60),
            lists in prop::array::uniform4(1..1_000_000_i64),
        ) {
            let prices = ListPrices::learn(won.iter().map(|(at, minor)| (*at, *minor, lists[*at])));
            for (product, list) in lists.into_iter().enumerate() {
                let times = prices.times(&product, list);
                prop_assert!(times.ratio > Ratio::ZERO);
                let own = won.iter().filter(|(at, _)| *at == product);
                let (sum, deals) = own.fold((0, 0_i128), |sum, (_, minor)| (sum.0 + i128::from(*minor), sum.1 + 1));
                let Some((company, own)) = prices.company().zip(Ratio::new(sum, deals * i128::from(list)).ok()) else {
                    continue;
                };
                prop_assert!(times.ratio <= own.max(company), "{:?}", times);
                prop_assert!(times.ratio >= own.min(company), "{:?}", times);
            }
        }

        /// More of one product's own deals bring it nearer to what they brought.
        #[test]
        fn the_more_is_known_the_less_it_leans(few in 0..50_u32, more in 1..50_u32) {
            let off = |deals: u32| {
                let own = (0..deals).map(|_| (0, 4_000, 1_000));
                let others = (0..1_000).map(|_| (1, 1_000, 1_000));
                let ratio = ListPrices::learn(own.chain(others)).times(&0, 1_000).ratio;
                Ratio::from_int(4).checked_sub(ratio).unwrap()
            };
            prop_assert!(off(few + more) < off(few));
        }
    }
}
