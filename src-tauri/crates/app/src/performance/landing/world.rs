//! A company's deals as they were on a day: what was won, what was open with which chance and amount.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use yeji_core::calendar::WorkingDays;
use yeji_core::facts::Stage;
use yeji_core::ids::{PersonId, ProductId, UnitId};
use yeji_core::org::Organisation;
use yeji_insight::landing::odds::{days_between, place};
use yeji_insight::landing::{Case, Chance, Clock, ListPrices, Odds, Open, Rest, Times};
use yeji_store::{LandingDeal, ReachedStage};

/// Days of a year that is under way, all of which may be left.
const LONGEST_REST: Days = Days::new(400);

/// Where the amount of an open deal is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AmountFrom {
    Amount,
    ListPrice,
    /// Of the deals won so far.
    Median,
    /// Nothing is known: it counts with nothing.
    Nothing,
}

impl AmountFrom {
    pub fn code(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::ListPrice => "list_price",
            Self::Median | Self::Nothing => "median",
        }
    }
}

/// An open deal on a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenDeal {
    /// Its place among the deals.
    pub deal: usize,
    /// Its owner's unit on the day.
    pub unit: Option<UnitId>,
    /// Its stage as it was known on the day; none where that was not recorded.
    pub stage: Option<Stage>,
    pub age: Option<usize>,
    pub chance: Chance,
    pub minor: i64,
    pub from: AmountFrom,
    /// Of an amount from the list price: what that was multiplied with.
    pub times: Option<Times>,
}

impl OpenDeal {
    pub fn open(self) -> Open {
        Open {
            minor: self.minor,
            millionths: self.chance.millionths,
        }
    }
}

/// All that landings are made of.
pub(super) struct World {
    pub deals: Vec<LandingDeal>,
    pub cases: Vec<Case>,
    pub owners: Vec<PersonId>,
    /// The days on which deals are closed.
    pub clock: Clock,
    /// Deals that say they were closed on a day that has not come. They are no knowledge of the past, and not open.
    pub set_aside: usize,
    /// Deals that are not won mostly have amounts; else an amount shows that a deal was won, and earlier
    /// days must not know it.
    amounts_are_early: bool,
}

impl World {
    pub fn of(
        mut deals: Vec<LandingDeal>,
        stages: &[ReachedStage],
        working: &WorkingDays,
        today: NaiveDate,
    ) -> Self {
        let all = deals.len();
        deals.retain(|deal| {
            let is_over = matches!(deal.stage, Stage::Won | Stage::Lost);
            !is_over || deal.closed_on.is_none_or(|day| day <= today)
        });
        let set_aside = all - deals.len();
        let owners: BTreeSet<PersonId> = deals.iter().map(|deal| deal.owner).collect();
        let owners: Vec<PersonId> = owners.into_iter().collect();
        let places: BTreeMap<_, usize> = deals
            .iter()
            .enumerate()
            .map(|(at, deal)| (deal.id, at))
            .collect();
        let mut cases: Vec<Case> = deals
            .iter()
            .map(|deal| Case {
                owner: owners.binary_search(&deal.owner).unwrap_or(0),
                opened: deal.opened_on,
                closed: match deal.stage {
                    Stage::Won | Stage::Lost => {
                        deal.closed_on.map(|day| (day, deal.stage == Stage::Won))
                    }
                    _ => None,
                },
                reached: [None; 4],
            })
            .collect();
        for reached in stages {
            if let (Some(at), Some(stage)) = (places.get(&reached.deal), place(reached.stage)) {
                cases[*at].reached[stage] = Some(reached.on);
            }
        }
        let not_won = || deals.iter().filter(|deal| deal.stage != Stage::Won);
        let with_amount = not_won().filter(|deal| deal.amount_minor.is_some_and(|one| one != 0));
        let amounts_are_early = with_amount.count() * 2 >= not_won().count();
        let until = today.checked_add_days(LONGEST_REST).unwrap_or(today);
        Self {
            clock: Clock::learn(&cases, working, until),
            deals,
            cases,
            owners,
            set_aside,
            amounts_are_early,
        }
    }

    /// What was won in `[from, to)`: places of the deals, and amounts.
    pub fn won(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = (&LandingDeal, i64)> {
        let won = self.deals.iter().filter(move |deal| {
            deal.stage == Stage::Won && deal.closed_on.is_some_and(|day| from <= day && day < to)
        });
        won.map(|deal| (deal, deal.amount_minor.unwrap_or(0)))
    }

    /// What is open at the beginning of a rest, with its chance to be won in it. `now`: the day before it is the
    /// last that is known, so that stages and amounts are those of the deals. `points`: the rests of earlier
    /// periods from the same point on.
    pub fn open_on(
        &self,
        rest: Rest,
        now: bool,
        points: &[Rest],
        organisation: &Organisation,
    ) -> (Odds, Vec<OpenDeal>) {
        let as_of = rest.as_of;
        let is_over = self.clock.between(as_of, rest.last) == 0;
        let odds = Odds::learn(&self.cases, self.owners.len(), &self.clock, rest, points);
        let median = self.median_won(as_of);
        let prices = self.list_prices(as_of);
        let units: Vec<Option<UnitId>> = self
            .owners
            .iter()
            .map(|owner| organisation.team_on(*owner, as_of))
            .collect();
        let mut open = Vec::new();
        for (at, (deal, case)) in self.deals.iter().zip(&self.cases).enumerate() {
            let is_open = match (case.opened, case.closed) {
                (Some(opened), closed) => {
                    opened <= as_of && closed.is_none_or(|(day, _)| day > as_of)
                }
                // When it began nobody knows: it may be known to be open only now.
                (None, None) => now,
                (None, Some(_)) => false,
            };
            let is_closed_without_day =
                case.closed.is_none() && matches!(deal.stage, Stage::Won | Stage::Lost);
            if !is_open || is_closed_without_day {
                continue;
            }
            let age = case.opened.map(|opened| days_between(opened, as_of));
            let is_open_still = case.closed.is_none();
            let stage = if now && is_open_still {
                Some(deal.stage)
            } else {
                case.stage_on(as_of)
            };
            let mut chance = odds.chance(case.owner, age, stage);
            if is_over {
                chance.millionths = 0;
            }
            let (minor, from) = self.amount(deal, now && is_open_still, median);
            let times = match (from, deal.list_minor) {
                (AmountFrom::ListPrice, Some(list)) => Some(prices.times(&deal.product_id, list)),
                _ => None,
            };
            open.push(OpenDeal {
                deal: at,
                unit: units[case.owner],
                stage,
                age,
                chance,
                minor: times.map_or(minor, |times| times.of(minor)),
                from,
                times,
            });
        }
        (odds, open)
    }

    /// What is known of an amount and where from; of a list price the bare one.
    fn amount(&self, deal: &LandingDeal, now: bool, median: Option<i64>) -> (i64, AmountFrom) {
        let own = deal.amount_minor.filter(|one| *one != 0);
        let known = own.filter(|_| now || self.amounts_are_early);
        match (known, deal.list_minor, median) {
            (Some(minor), _, _) => (minor, AmountFrom::Amount),
            (None, Some(list), _) => (list, AmountFrom::ListPrice),
            (None, None, Some(minor)) => (minor, AmountFrom::Median),
            (None, None, None) => (0, AmountFrom::Nothing),
        }
    }

    /// What the deals won by a day brought, by the list prices of their products.
    pub fn list_prices(&self, as_of: NaiveDate) -> ListPrices<Option<ProductId>> {
        let won = self.deals.iter().filter(|deal| {
            deal.stage == Stage::Won && deal.closed_on.is_some_and(|day| day <= as_of)
        });
        ListPrices::learn(won.filter_map(|deal| {
            let (minor, list) = deal.amount_minor.zip(deal.list_minor)?;
            Some((deal.product_id, minor, list))
        }))
    }

    fn median_won(&self, as_of: NaiveDate) -> Option<i64> {
        let won = self.deals.iter().filter(|deal| {
            deal.stage == Stage::Won && deal.closed_on.is_some_and(|day| day <= as_of)
        });
        let mut amounts: Vec<i64> = won.filter_map(|deal| deal.amount_minor).collect();
        amounts.sort_unstable();
        let middle = amounts.len() / 2;
        amounts.get(middle).copied()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// A list price names its product.
    fn deal(stage: Stage, amount_minor: Option<i64>, list_minor: i64) -> LandingDeal {
        let product = u128::from(list_minor.unsigned_abs());
        let is_won = stage == Stage::Won;
        LandingDeal {
            id: yeji_core::ids::OpportunityId(Uuid::now_v7()),
            external_id: String::new(),
            owner: PersonId(Uuid::nil()),
            team: None,
            stage,
            opened_on: NaiveDate::from_ymd_opt(2026, 1, 1),
            closed_on: NaiveDate::from_ymd_opt(2026, 2, 1).filter(|_| is_won),
            amount_minor,
            product_id: Some(ProductId(Uuid::from_u128(product))),
            list_minor: Some(list_minor),
            customer: None,
            product: None,
        }
    }

    fn world(deals: Vec<LandingDeal>) -> World {
        let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        World::of(deals, &[], &WorkingDays::default(), today)
    }

    /// In the middle of a month.
    fn open_on(world: &World, month: u32) -> Vec<OpenDeal> {
        let as_of = NaiveDate::from_ymd_opt(2026, month, 15).unwrap();
        let last = as_of + Days::new(30);
        let rest = Rest { as_of, last };
        world.open_on(rest, true, &[], &Organisation::default()).1
    }

    /// Customers buy several at once: an open deal at the list price of one would land far too low.
    #[test]
    fn an_open_deal_brings_as_many_list_prices_as_won_ones_did() {
        let deals = vec![
            deal(Stage::Won, Some(30_000), 10_000),
            deal(Stage::Won, Some(50_001), 10_000),
            deal(Stage::Engaging, None, 20_000),
        ];
        let world = world(deals);
        let open = |month| open_on(&world, month);
        let [open_later] = open(3)[..] else {
            panic!("one deal is open");
        };
        assert_eq!(
            (open_later.minor, open_later.from),
            (80_001, AmountFrom::ListPrice)
        );
        // Before anything was won nothing else is known.
        let before = open(1).into_iter().map(|one| one.minor);
        assert!(
            before
                .clone()
                .all(|minor| minor == 10_000 || minor == 20_000),
            "{before:?}"
        );
    }

    /// Licences sell at a fraction of their list price, machines by the dozen: one ratio of both would value the
    /// one seven times too high. Deals won later are not known yet.
    #[test]
    fn an_open_deal_is_valued_by_what_deals_of_its_product_brought() {
        let won = |list: i64, brought: i64| deal(Stage::Won, Some(brought), list);
        let mut deals: Vec<LandingDeal> = (0..45).map(|_| won(10_000, 1_000)).collect();
        deals.extend((0..45).map(|_| won(20_000, 200_000)));
        deals.push(deal(Stage::Engaging, None, 10_000));
        let mut later = won(10_000, 900_000);
        later.closed_on = NaiveDate::from_ymd_opt(2026, 4, 1);
        deals.push(later);
        let world = world(deals);
        let open = open_on(&world, 3);
        let licence = open
            .iter()
            .find(|one| world.deals[one.deal].stage != Stage::Won);
        let licence = licence.expect("one deal is open");
        // All: (45 x 1,000 + 45 x 200,000) / (45 x 30,000) = 6.7; licences (45 x 0.1 + 5 x 6.7) / 50 = 0.76.
        assert_eq!(licence.minor, 7_600);
        assert_eq!(licence.times.unwrap().deals, 45);
    }
}
