//! What the rest of the product counts on, over many small companies.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use yeji_core::facts::Stage;
use yeji_core::org::{MemberRole, Membership, OPEN_END, Organisation, UnitKind};

use crate::season::plus;
use crate::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn invariants(
        people in MIN_PEOPLE..70,
        deals in 1_u32..400,
        years in 1_u32..=5,
        seed: u64,
        day in 0_i64..=5_844,
    ) {
        let until = plus(NaiveDate::from_ymd_opt(2019, 12, 31).unwrap(), day);
        let spec = DemoSpec { people, deals, years, seed, until };
        let company = generate(&spec).unwrap();
        organisation(&company, &spec)?;
        opportunities(&company, &spec)?;
        money(&company, until)?;
        traces(&company, until)?;
        papers(&company, until)?;
        identities(&company)?;
    }
}

type Checked = std::result::Result<(), TestCaseError>;

fn organisation(company: &DemoCompany, spec: &DemoSpec) -> Checked {
    prop_assert_eq!(company.people.len(), spec.people as usize);
    let tree = Organisation::new(
        company.units.clone(),
        company.people.clone(),
        company.memberships.clone(),
    );
    let tree = tree.expect("every unit has a path to the company");
    prop_assert_eq!(&tree.company().unwrap().name, &company.company);
    for unit in company
        .units
        .iter()
        .filter(|unit| unit.kind == UnitKind::Team)
    {
        let here = |role| {
            company
                .memberships
                .iter()
                .filter(move |m| m.unit == unit.id && m.role == role)
        };
        prop_assert_eq!(
            here(MemberRole::Manager).count(),
            1,
            "a manager for each team"
        );
        prop_assert!(
            here(MemberRole::Sales).next().is_some(),
            "somebody sells in each team"
        );
    }
    for person in &company.people {
        let stays: Vec<&Membership> = tree.stays(person.id).collect();
        prop_assert!(!stays.is_empty());
        prop_assert_eq!(Some(stays[0].from), person.hired_on);
        prop_assert_eq!(
            stays[stays.len() - 1].to,
            person.left_on.unwrap_or(OPEN_END)
        );
        prop_assert!(
            stays
                .iter()
                .all(|stay| stay.from < stay.to && stay.from <= spec.until)
        );
        prop_assert!(
            stays
                .windows(2)
                .all(|pair| pair[0].to == pair[1].from && pair[0].unit != pair[1].unit)
        );
        prop_assert!(person.left_on.is_none_or(|day| day <= spec.until));
    }
    for bonus in &company.target_bonuses {
        let person = tree.person(bonus.person).unwrap();
        prop_assert!(bonus.per_quarter.minor > 0 && bonus.from < bonus.to);
        prop_assert!(
            person.hired_on.unwrap() <= bonus.from
                && bonus.to <= person.left_on.unwrap_or(OPEN_END)
        );
    }
    let years: Vec<i32> = company.goals.iter().map(|(year, _)| *year).collect();
    let covered: Vec<i32> = (spec.first_day().unwrap().year()..=spec.until.year()).collect();
    prop_assert_eq!(years, covered);
    prop_assert!(company.goals.iter().all(|(_, goal)| goal.minor > 0));
    Ok(())
}

fn opportunities(company: &DemoCompany, spec: &DemoSpec) -> Checked {
    prop_assert_eq!(company.opportunities.len(), spec.deals as usize);
    let tree =
        Organisation::new(vec![], company.people.clone(), company.memberships.clone()).unwrap();
    let customers: HashSet<_> = company
        .customers
        .iter()
        .map(|customer| customer.id)
        .collect();
    let products: HashSet<_> = company.products.iter().map(|product| product.id).collect();
    let mut before = NaiveDate::MIN;
    for deal in &company.opportunities {
        let opened = deal.opened_on.unwrap();
        prop_assert!(
            before <= opened && opened <= spec.until,
            "in order of opening, none in the future"
        );
        before = opened;
        prop_assert_eq!(deal.stage.is_open(), deal.closed_on.is_none());
        prop_assert_eq!(
            deal.stage.is_open(),
            deal.amount.is_none(),
            "unknown is not zero"
        );
        if let Some(closed) = deal.closed_on {
            let cycle = closed.signed_duration_since(opened).num_days();
            prop_assert!(
                (MIN_CYCLE_DAYS..=MAX_CYCLE_DAYS).contains(&cycle),
                "{} days",
                cycle
            );
            prop_assert!(spec.first_day().unwrap() <= closed && closed <= spec.until);
            prop_assert_eq!(deal.stage == Stage::Won, deal.amount.unwrap().minor > 0);
        }
        for day in [opened, deal.closed_on.unwrap_or(spec.until)] {
            let stay = tree.membership_on(deal.owner, day);
            prop_assert!(
                stay.is_some_and(|stay| stay.role == MemberRole::Sales),
                "{} on {}",
                deal.owner,
                day
            );
        }
        prop_assert!(products.contains(&deal.product.unwrap()));
        let known = deal.customer.is_some_and(|id| customers.contains(&id));
        let early = deal.customer.is_none() && deal.stage == Stage::Prospecting;
        prop_assert!(
            known || early,
            "a customer is unknown only while the deal is early"
        );
    }
    Ok(())
}

fn money(company: &DemoCompany, until: NaiveDate) -> Checked {
    let mut lines: HashMap<_, i64> = HashMap::new();
    let mut ordered_on = HashMap::new();
    for line in &company.order_lines {
        prop_assert!(line.quantity > 0 && line.amount.minor > 0);
        prop_assert_eq!(line.amount.currency, company.currency);
        *lines.entry(line.opportunity).or_default() += line.amount.minor;
        ordered_on.insert(line.opportunity, line.ordered_on);
    }
    let won: BTreeMap<_, _> = company
        .opportunities
        .iter()
        .filter(|deal| deal.stage == Stage::Won)
        .map(|deal| (deal.id, deal))
        .collect();
    prop_assert_eq!(lines.len(), won.len(), "orders for won deals only");
    for (id, deal) in &won {
        prop_assert_eq!(
            lines.get(id).copied(),
            deal.amount.map(|amount| amount.minor),
            "lines sum to the deal"
        );
        prop_assert_eq!(ordered_on.get(id).copied(), deal.closed_on);
    }
    let mut received: HashMap<_, i64> = HashMap::new();
    let by_id: HashMap<_, _> = company
        .receipts
        .iter()
        .map(|receipt| (receipt.id, receipt))
        .collect();
    for receipt in &company.receipts {
        prop_assert!(
            receipt.received_on <= until
                && won[&receipt.opportunity].closed_on.unwrap() < receipt.received_on
        );
        match receipt.refunds {
            None => {
                prop_assert!(receipt.amount.minor > 0);
                *received.entry(receipt.opportunity).or_default() += receipt.amount.minor;
            }
            Some(id) => {
                let paid = by_id[&id];
                prop_assert_eq!(paid.opportunity, receipt.opportunity);
                prop_assert!(
                    receipt.amount.minor < 0 && -receipt.amount.minor <= paid.amount.minor
                );
                prop_assert!(paid.received_on < receipt.received_on);
            }
        }
    }
    for (id, sum) in received {
        prop_assert!(
            sum <= won[&id].amount.unwrap().minor,
            "nobody pays more than the deal"
        );
    }
    Ok(())
}

fn traces(company: &DemoCompany, until: NaiveDate) -> Checked {
    let deals: HashMap<_, _> = company
        .opportunities
        .iter()
        .map(|deal| (deal.id, deal))
        .collect();
    let mut events: HashMap<_, Vec<(NaiveDate, Stage)>> = HashMap::new();
    for event in &company.stage_events {
        prop_assert!(event.on <= until);
        events
            .entry(event.opportunity)
            .or_default()
            .push((event.on, event.stage));
    }
    for deal in deals.values() {
        let events = &events[&deal.id];
        prop_assert!(events.is_sorted(), "stages follow each other: {:?}", events);
        prop_assert_eq!(events[0], (deal.opened_on.unwrap(), Stage::Prospecting));
        let last = events[events.len() - 1];
        prop_assert_eq!(last.1, deal.stage);
        prop_assert!(deal.closed_on.is_none_or(|closed| closed == last.0));
    }
    let people: HashSet<_> = company.people.iter().map(|person| person.id).collect();
    let customers: HashSet<_> = company
        .customers
        .iter()
        .map(|customer| customer.id)
        .collect();
    for touch in &company.interactions {
        prop_assert!(
            touch.on <= until
                && people.contains(&touch.person)
                && customers.contains(&touch.customer)
        );
        prop_assert!(["visit", "call", "message", "meeting"].contains(&touch.kind.as_str()));
    }
    for score in &company.satisfaction_scores {
        prop_assert!(
            score.on <= until
                && (1..=10).contains(&score.score)
                && customers.contains(&score.customer)
        );
    }
    for ticket in &company.delivery_tickets {
        let won_on = deals[&ticket.opportunity].closed_on.unwrap();
        prop_assert!(
            won_on < ticket.due_on
                && ticket
                    .delivered_on
                    .is_none_or(|day| won_on < day && day <= until)
        );
    }
    for lead in &company.leads {
        prop_assert!(
            lead.created_on <= until && lead.owner.is_some_and(|owner| people.contains(&owner))
        );
        if let Some(id) = lead.opportunity {
            prop_assert!(lead.created_on < deals[&id].opened_on.unwrap());
        }
    }
    prop_assert!(
        company
            .contacts
            .iter()
            .all(|contact| customers.contains(&contact.customer))
    );
    Ok(())
}

fn papers(company: &DemoCompany, until: NaiveDate) -> Checked {
    let won: HashMap<_, _> = company
        .opportunities
        .iter()
        .filter(|deal| deal.stage == Stage::Won)
        .map(|deal| (deal.id, deal))
        .collect();
    let mut invoiced: HashMap<_, i64> = HashMap::new();
    for invoice in &company.invoices {
        prop_assert!(invoice.invoiced_on <= until);
        *invoiced.entry(invoice.contract.unwrap()).or_default() += invoice.amount.minor;
    }
    for contract in &company.contracts {
        let deal = won[&contract.opportunity.unwrap()];
        prop_assert_eq!(
            (Some(contract.amount), Some(contract.customer)),
            (deal.amount, deal.customer)
        );
        let sum = invoiced.get(&contract.id).copied().unwrap_or(0);
        prop_assert!(
            sum <= contract.amount.minor,
            "nobody is billed more than agreed"
        );
    }
    for list in &company.credit_lists {
        let owner = won[&list.opportunity].owner;
        prop_assert!(list.credits.parts().iter().any(|part| part.person == owner));
    }
    prop_assert_eq!(company.market_indexes.len(), company.exchange_rates.len());
    prop_assert!(
        company
            .market_indexes
            .iter()
            .all(|one| one.month.day() == 1 && one.month <= until)
    );
    Ok(())
}

fn identities(company: &DemoCompany) -> Checked {
    let mut ids = BTreeSet::new();
    let mut origins = BTreeSet::new();
    let mut rows = 0;
    macro_rules! collect {
        ($($list:ident),*) => {$(
            for row in &company.$list {
                prop_assert!(ids.insert(row.id.0), "id {} twice", row.id);
                prop_assert_eq!(row.id.0.get_version_num(), 7);
                prop_assert_eq!(&row.origin.source, "demo");
                prop_assert_eq!(row.origin.batch, Some(company.batch.id));
                prop_assert!(origins.insert((stringify!($list), row.origin.external_id.clone())));
                rows += 1;
            }
        )*};
    }
    collect!(
        customers,
        contacts,
        products,
        leads,
        opportunities,
        stage_events,
        order_lines,
        receipts,
        interactions,
        satisfaction_scores,
        delivery_tickets,
        contracts,
        invoices,
        credit_lists,
        market_indexes,
        exchange_rates
    );
    for (id, batch) in company
        .units
        .iter()
        .map(|unit| (unit.id.0, unit.batch))
        .chain(
            company
                .people
                .iter()
                .map(|person| (person.id.0, person.batch)),
        )
        .chain(
            company
                .memberships
                .iter()
                .map(|stay| (stay.id.0, stay.batch)),
        )
    {
        prop_assert!(ids.insert(id), "id {} twice", id);
        prop_assert_eq!(batch, Some(company.batch.id));
        rows += 1;
    }
    prop_assert!(
        company
            .target_bonuses
            .iter()
            .all(|bonus| ids.insert(bonus.id.0))
    );
    prop_assert!(ids.insert(company.batch.id.0));
    let numbers: BTreeSet<_> = company
        .people
        .iter()
        .map(|person| &person.external_id)
        .collect();
    prop_assert_eq!(numbers.len(), company.people.len());
    let names: BTreeSet<_> = company
        .customers
        .iter()
        .map(|customer| &customer.name)
        .collect();
    prop_assert_eq!(
        names.len(),
        company.customers.len(),
        "two customers with one name"
    );
    prop_assert_eq!(company.batch.new_rows, rows);
    Ok(())
}
