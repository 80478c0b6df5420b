//! Customers with their contacts, and the products.

use yeji_core::facts::{Contact, Customer, Product};
use yeji_core::ids::{ContactId, CustomerId, ProductId};
use yeji_core::{Currency, Money};

use crate::names::{CUSTOMER_TYPES, CustomerNames, ITEMS, JOBS, REGIONS, SERIES_LEN, outsider};
use crate::rng::{Ids, Kind, Rng};
use crate::staff::Staff;
use crate::{Frame, MAX_CUSTOMERS};

const DEALS_PER_CUSTOMER: u32 = 25;
const MIN_CUSTOMERS: u32 = 12;
/// Deals of a thousand that a seller makes within the own region.
const HOME_PERMILLE: u64 = 870;
/// Deals of a thousand that go to the series that the customer's type buys most.
const FAVOURITE_SERIES_PERMILLE: u64 = 550;

/// Customers and products, and what the deals need to know about them.
#[derive(Debug)]
pub struct Market {
    pub customers: Vec<Customer>,
    pub contacts: Vec<Contact>,
    pub products: Vec<Product>,
    /// Per customer: index of its type, and whether it is of segment A.
    traits: Vec<(usize, bool)>,
    /// Indexes of customers by region, the most important first. None is empty.
    by_region: Vec<Vec<usize>>,
}

impl Market {
    /// A customer for a seller of that region; the first ones of a region far more often.
    pub fn customer(&self, rng: &mut Rng, region: usize) -> usize {
        let region = if rng.chance(HOME_PERMILLE) {
            region
        } else {
            rng.index(self.by_region.len())
        };
        let list = &self.by_region[region];
        let within = rng.index(list.len()) + 1;
        list[rng.index(within)]
    }

    /// A product for that customer.
    pub fn product(&self, rng: &mut Rng, customer: usize) -> usize {
        if rng.chance(FAVOURITE_SERIES_PERMILLE) {
            let series = self.traits[customer].0 % (ITEMS.len() / SERIES_LEN);
            series * SERIES_LEN + rng.index(SERIES_LEN)
        } else {
            rng.index(ITEMS.len())
        }
    }

    /// Whether the customer is of segment A: buys more, and at lower prices.
    pub fn is_large(&self, customer: usize) -> bool {
        self.traits[customer].1
    }
}

/// Draws customers, contacts and products.
pub fn build(frame: &Frame, staff: &Staff) -> Market {
    let mut rng = Rng::stream(frame.spec.seed, 3);
    let mut ids = Ids::new(frame.spec.seed, Kind::Customer);
    let mut names = CustomerNames::default();
    let count =
        (frame.spec.deals / DEALS_PER_CUSTOMER).clamp(MIN_CUSTOMERS, MAX_CUSTOMERS) as usize;
    let mut market = Market {
        customers: Vec::with_capacity(count),
        contacts: Vec::new(),
        products: products(frame),
        traits: Vec::with_capacity(count),
        by_region: vec![Vec::new(); staff.regions],
    };
    for index in 0..count {
        let region = region(&mut rng, index, staff.regions);
        let kind = customer_type(&mut rng);
        let city = *rng.pick(&REGIONS[region].cities);
        let segment = match rng.below(100) {
            0..10 => "A",
            10..40 => "B",
            _ => "C",
        };
        let size = match segment {
            "A" => rng.between(800, 6_000),
            "B" => rng.between(150, 900),
            _ => rng.between(10, 200),
        };
        let revenue_yuan = size * rng.between(300_000, 1_200_000);
        market.customers.push(Customer {
            id: CustomerId(ids.next(frame.first)),
            origin: frame.origin("C", index + 1),
            name: names.draw(&mut rng, city, kind),
            customer_type: Some(CUSTOMER_TYPES[kind].name.to_owned()),
            segment: Some(segment.to_owned()),
            region: Some(REGIONS[region].name.to_owned()),
            parent_name: None,
            employees: Some(size),
            revenue: Some(format!("{} 万元", revenue_yuan / 10_000)),
            founded_year: i32::try_from(rng.between(1985, 2014)).ok(),
        });
        market.traits.push((kind, segment == "A"));
        market.by_region[region].push(index);
    }
    for list in &mut market.by_region {
        let rank = |index: &usize| market.customers[*index].segment.clone();
        list.sort_by_key(|index| (rank(index), *index));
    }
    market.contacts = contacts(frame, &mut rng, &market.customers);
    market
}

/// Each region has customers; the older regions have more.
fn region(rng: &mut Rng, index: usize, regions: usize) -> usize {
    if index < regions {
        return index;
    }
    let limit = rng.index(regions) + 1;
    if rng.chance(400) {
        rng.index(limit)
    } else {
        rng.index(regions)
    }
}

fn customer_type(rng: &mut Rng) -> usize {
    let mut at = rng.below(100);
    for (index, kind) in CUSTOMER_TYPES.iter().enumerate() {
        if at < kind.percent {
            return index;
        }
        at -= kind.percent;
    }
    0 // not reached: the shares sum to 100 (tested)
}

fn products(frame: &Frame) -> Vec<Product> {
    let mut ids = Ids::new(frame.spec.seed, Kind::Product);
    ITEMS
        .iter()
        .enumerate()
        .map(|(index, item)| Product {
            id: ProductId(ids.next(frame.first)),
            origin: frame.origin("P", index + 1),
            name: item.name.to_owned(),
            category: Some(item.series.to_owned()),
            list_price: Some(Money::new(item.price_yuan * 100, Currency::CNY)),
            // Yuan times percent are fen.
            cost: Some(Money::new(
                item.price_yuan * item.cost_percent,
                Currency::CNY,
            )),
        })
        .collect()
}

/// One or two for each customer. The telephone numbers are masked: nobody can be called by them.
fn contacts(frame: &Frame, rng: &mut Rng, customers: &[Customer]) -> Vec<Contact> {
    let mut ids = Ids::new(frame.spec.seed, Kind::Contact);
    let mut all = Vec::with_capacity(customers.len() * 3 / 2);
    for customer in customers {
        for _ in 0..=rng.below(2) {
            all.push(Contact {
                id: ContactId(ids.next(frame.first)),
                origin: frame.origin("CT", all.len() + 1),
                customer: customer.id,
                name: outsider(rng),
                title: Some((*rng.pick(&JOBS)).to_owned()),
                phone: Some(format!(
                    "1{}****{:04}",
                    30 + rng.below(70),
                    rng.below(10_000)
                )),
            });
        }
    }
    all
}
