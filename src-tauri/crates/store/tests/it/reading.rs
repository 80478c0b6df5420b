//! Pages of deals, sums, spans.

use std::collections::BTreeSet;

use yeji_core::facts::{Opportunity, Stage};
use yeji_core::goal::{GoalCell, GoalPlan, GoalPlanState};
use yeji_core::ids::GoalPlanId;
use yeji_core::metric::GoalMetric;
use yeji_store::{
    ChangeKind, DealDate, DealQuery, DealRow, DealSort, Entity, Error, GoalSumQuery, GoalSumSplit,
    MeasureOnly, MeasureQuery, MeasureSplit, Record, Store,
};

use crate::fixture::*;

/// Deals 0 to 29: won, lost and open; three owners, customers (the third without a type) and
/// products (one of them none).
fn deals() -> Vec<Opportunity> {
    (0..30)
        .map(|n| {
            let mut deal = won(
                n,
                &format!("2017-{:02}-{:02}", 3 + n % 4, 1 + n % 9),
                i64::from(n % 7) * 100,
            );
            deal.owner = person_id(n % 3);
            deal.customer = (n % 4 < 3).then(|| customer_id(n % 4));
            deal.product = (n % 3 < 2).then(|| product_id(n % 3));
            deal.stage = [
                Stage::Won,
                Stage::Won,
                Stage::Lost,
                Stage::Engaging,
                Stage::Won,
            ][n as usize % 5];
            if deal.stage.is_open() {
                deal.closed_on = None;
                deal.amount = None;
            }
            if deal.stage == Stage::Lost {
                deal.amount = None;
            }
            deal
        })
        .collect()
}

async fn store_with_deals() -> (tempfile::TempDir, Store) {
    let (dir, store) = store_with_company().await;
    let put: Vec<Record> = deals().into_iter().map(Record::from).collect();
    store.apply(import(1, put)).await.unwrap();
    (dir, store)
}

async fn all_pages(store: &Store, query: DealQuery) -> (Vec<DealRow>, i64, i64) {
    let mut query = DealQuery { limit: 4, ..query };
    let mut rows = Vec::new();
    loop {
        let page = store.deals(&query).await.unwrap();
        assert!(page.rows.len() <= 4);
        rows.extend(page.rows);
        match page.next {
            Some(next) => query.after = Some(next),
            None => return (rows, page.total, page.sum_minor),
        }
    }
}

#[tokio::test]
async fn pages_hold_every_deal_once_in_order_with_count_and_sum() {
    let (_dir, store) = store_with_deals().await;
    let year = (Some(day("2017-01-01")), Some(day("2018-01-01")));
    let won_in = |query: DealQuery| DealQuery {
        from: year.0,
        to: year.1,
        stages: Some(vec![Stage::Won]),
        ..query
    };
    let check = |name: &'static str, query: DealQuery, matches: fn(&Opportunity) -> bool| {
        let store = &store;
        async move {
            for sort in [DealSort::DateDesc, DealSort::AmountDesc] {
                let (rows, total, sum) = all_pages(
                    store,
                    DealQuery {
                        sort,
                        ..query.clone()
                    },
                )
                .await;
                let mut expected: Vec<Opportunity> = deals().into_iter().filter(matches).collect();
                expected.sort_by_key(|deal| {
                    let date = match query.date {
                        DealDate::Closed => deal.closed_on,
                        DealDate::Opened => deal.opened_on,
                    };
                    let amount = deal.amount.map(|amount| amount.minor);
                    match sort {
                        DealSort::DateDesc => (date.map(|day| day.to_string()), None, deal.id),
                        DealSort::AmountDesc => (None, amount, deal.id),
                    }
                });
                expected.reverse();
                assert!(
                    !expected.is_empty(),
                    "{name}: the test must look at something"
                );
                let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
                assert_eq!(
                    ids,
                    expected.iter().map(|deal| deal.id).collect::<Vec<_>>(),
                    "{name} {sort:?}"
                );
                assert_eq!(total, i64::try_from(expected.len()).unwrap(), "{name}");
                let minor: i64 = expected
                    .iter()
                    .filter_map(|deal| deal.amount)
                    .map(|amount| amount.minor)
                    .sum();
                assert_eq!(sum, minor, "{name}");
            }
        }
    };
    check("all", DealQuery::all(), |_| true).await;
    check("won", won_in(DealQuery::all()), |deal| {
        deal.stage == Stage::Won
    })
    .await;
    check(
        "open",
        DealQuery {
            stages: Some(vec![Stage::Engaging]),
            ..DealQuery::all()
        },
        |deal| deal.stage.is_open(),
    )
    .await;
    check(
        "person",
        won_in(DealQuery {
            person: Some(person_id(1)),
            ..DealQuery::all()
        }),
        |deal| deal.stage == Stage::Won && deal.owner == person_id(1),
    )
    .await;
    check(
        "unit",
        won_in(DealQuery {
            units: Some(vec![unit_id(2)]),
            ..DealQuery::all()
        }),
        |deal| deal.stage == Stage::Won && deal.owner == person_id(1),
    )
    .await;
    check(
        "type",
        won_in(DealQuery {
            customer_types: Some(vec!["retail".to_owned()]),
            ..DealQuery::all()
        }),
        |deal| deal.stage == Stage::Won && deal.customer == Some(customer_id(1)),
    )
    .await;
    check(
        "no type",
        won_in(DealQuery {
            customer_types: Some(vec![String::new()]),
            ..DealQuery::all()
        }),
        |deal| deal.stage == Stage::Won && deal.customer.is_none_or(|id| id == customer_id(2)),
    )
    .await;
    check(
        "no product",
        won_in(DealQuery {
            product: Some(None),
            ..DealQuery::all()
        }),
        |deal| deal.stage == Stage::Won && deal.product.is_none(),
    )
    .await;
    check(
        "product and customer of any stage",
        DealQuery {
            product: Some(Some(product_id(1))),
            customer: Some(customer_id(0)),
            ..DealQuery::all()
        },
        |deal| deal.product == Some(product_id(1)) && deal.customer == Some(customer_id(0)),
    )
    .await;
    check(
        "opened",
        DealQuery {
            from: year.0,
            date: DealDate::Opened,
            ..DealQuery::all()
        },
        |_| true,
    )
    .await;
}

#[tokio::test]
async fn rows_carry_names_and_bad_pages_are_refused() {
    let (_dir, store) = store_with_deals().await;
    let page = store
        .deals(&DealQuery {
            person: Some(person_id(0)),
            limit: 100,
            ..DealQuery::all()
        })
        .await
        .unwrap();
    let row = page.rows.iter().find(|row| row.id == deal_id(0)).unwrap();
    assert_eq!(
        (
            row.owner_name.as_str(),
            row.unit_name.as_deref(),
            row.customer_name.as_deref(),
            row.product_name.as_deref()
        ),
        (
            "王伟 0",
            Some("unit 1"),
            Some("customer 0"),
            Some("product 0")
        )
    );
    for limit in [0, 1_001] {
        let refused = store
            .deals(&DealQuery {
                limit,
                ..DealQuery::all()
            })
            .await;
        assert!(matches!(refused, Err(Error::BadQuery(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn spans_months_and_pipeline() {
    let (_dir, store) = store_with_deals().await;
    let span = store.data_span().await.unwrap();
    assert_eq!(
        (span.first_closed, span.first_opened),
        (Some(day("2017-03-01")), Some(day("2017-01-02")))
    );
    assert_eq!(
        store.months_with_data().await.unwrap(),
        ["2017-03-01", "2017-04-01", "2017-05-01", "2017-06-01"].map(day)
    );
    let open: Vec<_> = deals()
        .into_iter()
        .filter(|deal| deal.stage.is_open())
        .collect();
    let price = |deal: &Opportunity| {
        deal.product
            .map(|id| if id == product_id(0) { 1_000 } else { 2_000 })
    };
    let count = |wanted: &dyn Fn(&Opportunity) -> bool| {
        i64::try_from(open.iter().filter(|deal| wanted(deal)).count()).unwrap()
    };
    let pipeline = store.open_pipeline(None, None).await.unwrap();
    assert_eq!(pipeline.count, i64::try_from(open.len()).unwrap());
    assert_eq!(
        pipeline.list_minor,
        open.iter().filter_map(price).sum::<i64>()
    );
    assert_eq!(pipeline.without_price, count(&|deal| price(deal).is_none()));
    let one = store
        .open_pipeline(Some(&[unit_id(1)]), Some(person_id(0)))
        .await
        .unwrap();
    assert_eq!(one.count, count(&|deal| deal.owner == person_id(0)));
    let won = store
        .won_opportunities(day("2017-04-01"), day("2017-05-01"))
        .await
        .unwrap();
    let expected = deals()
        .iter()
        .filter(|deal| {
            deal.stage == Stage::Won
                && deal
                    .closed_on
                    .is_some_and(|on| on.to_string().starts_with("2017-04"))
        })
        .count();
    assert_eq!(won.len(), expected);
}

#[tokio::test]
async fn goal_sums_by_interval_unit_person_week() {
    let (_dir, store) = store_with_company().await;
    let plan = GoalPlan {
        id: GoalPlanId(id(20, 1)),
        metric: GoalMetric::WonAmount,
        year: 2018,
        calendar: None,
        version: 1,
        state: GoalPlanState::Published,
        amount: cny(60),
        rule: None,
        created_at: at(1),
    };
    let cell = |who: Option<u32>, team: u32, start: &str, end: &str, minor: i64| GoalCell {
        plan: plan.id,
        unit: unit_id(team),
        person: who.map(person_id),
        start: day(start),
        end: day(end),
        minor,
    };
    let put: Vec<Record> = vec![
        plan.clone().into(),
        cell(Some(0), 1, "2018-01-29", "2018-02-01", 1).into(),
        cell(Some(0), 1, "2018-02-01", "2018-02-05", 2).into(),
        cell(Some(1), 2, "2018-01-29", "2018-02-01", 4).into(),
        cell(None, 3, "2018-02-01", "2018-02-05", 8).into(),
    ];
    store
        .apply(change(1, ChangeKind::SplitGoal, put))
        .await
        .unwrap();
    let query = GoalSumQuery {
        plan: plan.id,
        from: day("2018-01-01"),
        to: day("2019-01-01"),
        units: None,
        person: None,
        split: GoalSumSplit::None,
    };
    let sums = async |query: GoalSumQuery| -> Vec<i64> {
        store
            .goal_sums(&query)
            .await
            .unwrap()
            .iter()
            .map(|row| row.minor)
            .collect()
    };
    assert_eq!(sums(query.clone()).await, [15]);
    assert_eq!(
        sums(GoalSumQuery {
            to: day("2018-02-01"),
            ..query.clone()
        })
        .await,
        [5]
    );
    assert_eq!(
        sums(GoalSumQuery {
            split: GoalSumSplit::Person,
            ..query.clone()
        })
        .await,
        [8, 3, 4]
    );
    assert_eq!(
        sums(GoalSumQuery {
            split: GoalSumSplit::Unit,
            ..query.clone()
        })
        .await,
        [3, 4, 8]
    );
    assert_eq!(
        sums(GoalSumQuery {
            split: GoalSumSplit::Week,
            ..query.clone()
        })
        .await,
        [5, 10]
    );
    assert_eq!(
        sums(GoalSumQuery {
            units: Some(vec![unit_id(2)]),
            ..query.clone()
        })
        .await,
        [4]
    );
    assert_eq!(
        sums(GoalSumQuery {
            person: Some(person_id(0)),
            ..query.clone()
        })
        .await,
        [3]
    );
    // Sums that were asked for are kept, but not beyond a change.
    let changed = cell(Some(1), 2, "2018-01-29", "2018-02-01", 1_000);
    store
        .apply(change(2, ChangeKind::SplitGoal, vec![changed.into()]))
        .await
        .unwrap();
    let by_person = GoalSumQuery {
        split: GoalSumSplit::Person,
        ..query.clone()
    };
    assert_eq!(sums(by_person).await, [8, 3, 1_000]);
    assert_eq!(sums(query).await, [1_011]);
}

/// Sums of some people are those of everybody, without the others; also of rows that are in no rollup.
#[tokio::test]
async fn sums_of_some_parts_are_those_of_all() {
    let (_dir, store) = store_with_deals().await;
    let query = MeasureQuery {
        measures: [
            "won_amount",
            "won_count",
            "lost_count",
            "opened_count",
            "cycle_days",
        ]
        .map(str::to_owned)
        .to_vec(),
        periods: vec![
            (day("2017-03-01"), day("2017-04-03")),
            (day("2017-04-03"), day("2017-07-01")),
        ],
        units: None,
        person: None,
        split: MeasureSplit::Person,
        only: MeasureOnly::default(),
        among: None,
        as_of: day("2017-12-31"),
    };
    for split in [
        MeasureSplit::Person,
        MeasureSplit::CustomerType,
        MeasureSplit::Product,
    ] {
        let query = MeasureQuery {
            split,
            ..query.clone()
        };
        let all = store.measure_sums(&query).await.unwrap();
        let keys: BTreeSet<_> = all.keys().map(|(key, _)| key.clone()).collect();
        assert!(keys.len() > 2, "{split:?}");
        let some: BTreeSet<_> = keys.into_iter().skip(1).take(1).collect();
        let of_some = MeasureQuery {
            among: Some(some.clone()),
            ..query
        };
        let found = store.measure_sums(&of_some).await.unwrap();
        let expected = all.into_iter().filter(|((key, _), _)| some.contains(key));
        assert_eq!(found, expected.collect(), "{split:?}");
        assert!(!found.is_empty());
    }
}

/// What an import would empty is only looked for in columns that hold something: one wrong "no" would hide
/// a loss.
#[tokio::test]
async fn a_column_has_values_where_any_row_has_one() {
    let (_folder, store) = new_store().await;
    let kinds = async || {
        store
            .has_values(Entity::Customer, "customer_type")
            .await
            .unwrap()
    };
    assert!(!kinds().await, "no rows");
    let without = [customer(1, None), customer(2, Some(""))];
    let put = without.map(Record::from).to_vec();
    store.apply(change(1, ChangeKind::Edit, put)).await.unwrap();
    assert!(!kinds().await, "an empty text is none");
    let with = Record::from(customer(3, Some("retail")));
    store
        .apply(change(2, ChangeKind::Edit, vec![with]))
        .await
        .unwrap();
    assert!(kinds().await);
    let unknown = store.has_values(Entity::Customer, "no_such").await;
    assert!(matches!(unknown, Err(Error::BadQuery(_))), "{unknown:?}");
}
