//! Which rows each role sees where a question names a part: filters, several parts as one, customers, and what
//! a board hands on.

use yeji_core::Ratio;
use yeji_core::account::Role;
use yeji_report::chart::Lang;

use super::House;
use super::rows::{missing, q2};
use crate::access::Right;
use crate::api::Scope;
use crate::api::boards::{Form, Place, SaveBoard, Shows, ViewQuestion, Widget};
use crate::api::kpi::{GetMetric, ListMetricRecords, MetricBy, MetricDrill, PartFilter, Sizes};
use crate::api::performance::{CustomerValues, Days, Drill, ListCustomerValues};
use crate::api::reports::ExportDashboard;
use crate::host::no_progress;

fn part(by: MetricBy, key: impl std::fmt::Display + Copy) -> PartFilter {
    PartFilter {
        by,
        key: key.to_string(),
    }
}

fn whole(days: Days) -> MetricDrill {
    MetricDrill {
        metric: "won_amount".to_owned(),
        by: None,
        key: String::new(),
        days,
        unit: None,
        keys: Vec::new(),
        filter: None,
        closed_before: None,
        sizes: None,
    }
}

impl House {
    /// What the records of a drill come to.
    async fn opened(&self, drill: MetricDrill, measure: &str) -> Ratio {
        let list = ListMetricRecords {
            drill,
            measure: measure.to_owned(),
            cursor: None,
        };
        let records = self.desk.list_metric_records(list).await.unwrap();
        let value = records.value.as_deref().unwrap_or("0");
        let value: Ratio = value.parse().unwrap();
        assert!(value != Ratio::ZERO || records.rows.is_empty());
        value
    }

    async fn won(&self, filter: Option<PartFilter>) -> Ratio {
        let days = Days::from(q2());
        let ask = GetMetric {
            metric: "won_amount".to_owned(),
            by: None,
            grain: None,
            from: days.from,
            to: days.to,
            unit: None,
            compare: None,
            filter,
        };
        let total = self.desk.get_metric(ask).await.unwrap().total;
        let value = total.value.as_deref().unwrap_or("0");
        value.parse().unwrap()
    }
}

/// A filter narrows what one sees; it opens nothing else.
#[tokio::test]
async fn a_filter_shows_nothing_of_others() {
    let house = House::new().await;
    let others = [
        part(MetricBy::Person, house.stranger),
        part(MetricBy::Team, house.other_team),
    ];
    let mine = part(MetricBy::Person, house.seller);
    house.act_as(Some(Role::Hr));
    let own = house.won(Some(mine.clone())).await;
    let team = house.won(Some(part(MetricBy::Team, house.team))).await;
    assert!(Ratio::ZERO < own && own < team);
    for other in &others {
        assert!(house.won(Some(other.clone())).await > Ratio::ZERO);
    }
    for (role, sees) in [(Role::Sales, own), (Role::Manager, team)] {
        house.act_as(Some(role));
        assert_eq!(house.won(None).await, sees, "{role:?}");
        assert_eq!(house.won(Some(mine.clone())).await, own, "{role:?}");
        for other in &others {
            assert_eq!(
                house.won(Some(other.clone())).await,
                Ratio::ZERO,
                "{role:?}"
            );
            let drill = MetricDrill {
                filter: Some(other.clone()),
                ..whole(q2().into())
            };
            assert_eq!(house.opened(drill, "won_amount").await, Ratio::ZERO);
        }
    }
    house.act_as(Some(Role::Sales));
    let colleague = part(MetricBy::Person, house.colleague);
    assert_eq!(house.won(Some(colleague)).await, Ratio::ZERO);
}

/// "Other", a cell of a cohort and a bin are named by whoever asks: whatever they name, own rows come.
#[tokio::test]
async fn parts_as_one_and_narrowed_records_are_own_ones() {
    let house = House::new().await;
    let people = [house.seller, house.colleague, house.stranger];
    let days = Days::from(q2());
    let keys = people.iter().map(ToString::to_string).collect();
    let together = MetricDrill {
        by: Some(MetricBy::Person),
        keys,
        ..whole(days)
    };
    let sizes = MetricDrill {
        sizes: Some(Sizes {
            from: "0".to_owned(),
            to: i64::MAX.to_string(),
        }),
        ..whole(days)
    };
    let cohort = MetricDrill {
        metric: "cohort_win_rate".to_owned(),
        closed_before: Some(days.to),
        ..whole(Days {
            from: "2025-01-01".parse().unwrap(),
            to: days.to,
        })
    };
    let asked = [
        (together, "won_amount"),
        (sizes, "won_amount"),
        (cohort, "cohort_won_count"),
    ];
    for (drill, measure) in asked {
        house.act_as(Some(Role::Hr));
        let of = async |person: yeji_core::ids::PersonId| {
            let one = MetricDrill {
                by: Some(MetricBy::Person),
                key: person.to_string(),
                keys: Vec::new(),
                ..drill.clone()
            };
            house.opened(one, measure).await
        };
        let own = of(house.seller).await;
        let led = own.checked_add(of(house.colleague).await).unwrap();
        let all = house.opened(drill.clone(), measure).await;
        assert!(Ratio::ZERO < own && own < all, "{measure}");
        house.act_as(Some(Role::Sales));
        assert_eq!(house.opened(drill.clone(), measure).await, own, "{measure}");
        house.act_as(Some(Role::Manager));
        let seen = house.opened(drill.clone(), measure).await;
        assert!(led <= seen && seen < all, "{measure}");
        if !drill.keys.is_empty() {
            assert_eq!(seen, led, "of the three, the two that are led");
        }
    }
}

#[tokio::test]
async fn customers_are_worth_what_one_sees_of_them() {
    let house = House::new().await;
    let values = async |unit| -> CustomerValues {
        let ask = ListCustomerValues {
            unit,
            ..ListCustomerValues::default()
        };
        house.desk.list_customer_values(ask).await.unwrap()
    };
    let sum = |values: &CustomerValues| -> i64 {
        assert!(values.next_cursor.is_none(), "all are on one page");
        values.rows.iter().map(|row| row.won_amount.minor).sum()
    };
    house.act_as(Some(Role::Hr));
    let all = values(None).await;
    let team = sum(&values(Some(house.team)).await);
    let days = all.rows[0].drill.days;
    let person = Drill {
        person: Some(house.seller),
        ..Drill::new("won_amount", None, days)
    };
    let own = house.desk.list_records(person).await.unwrap().sum.minor;
    for (role, sees) in [(Role::Sales, own), (Role::Manager, team)] {
        house.act_as(Some(role));
        let seen = values(None).await;
        assert!(sees > 0 && seen.rows.len() < all.rows.len(), "{role:?}");
        assert_eq!(sum(&seen), sees, "{role:?}");
        for row in &seen.rows {
            let opened = house.desk.list_records(row.drill.clone()).await.unwrap();
            assert_eq!(opened.sum, row.won_amount, "{role:?} {}", row.name);
        }
        // A customer of others is one without deals.
        let is_seen = |id| seen.rows.iter().any(|row| row.customer == id);
        let other = all.rows.iter().find(|row| !is_seen(row.customer)).unwrap();
        let drill = Drill {
            customer: Some(other.customer),
            ..Drill::new("won_amount", None, days)
        };
        let opened = house.desk.list_records(drill.clone()).await.unwrap();
        assert_eq!((opened.sum.minor, opened.rows.len()), (0, 0), "{role:?}");
        let of_others = ListCustomerValues {
            unit: Some(house.other_team),
            ..ListCustomerValues::default()
        };
        let of_others = house.desk.list_customer_values(of_others).await;
        match role {
            Role::Manager => missing(of_others, Right::SeeAllResults),
            _ => missing(of_others, Right::SeeTeamResults),
        }
        let of_other = Drill {
            person: Some(house.stranger),
            ..drill
        };
        let of_other = house.desk.list_records(of_other).await;
        match role {
            Role::Manager => assert!(of_other.unwrap().rows.is_empty()),
            _ => missing(of_other, Right::SeeTeamResults),
        }
    }
}

/// What is handed on is what its reader sees in the window.
#[tokio::test]
async fn an_exported_board_holds_own_rows() {
    let house = House::new().await;
    let question = |form| ViewQuestion {
        form,
        metric: "won_amount".to_owned(),
        by: Some(MetricBy::Person),
        grain: None,
        compare: None,
        filter: None,
        limit: None,
    };
    let forms = [Form::Ranking, Form::Table, Form::HeatMap, Form::Pareto];
    let widgets = (0_u16..).zip(forms).map(|(y, form)| Widget {
        id: format!("w{y}"),
        place: Place {
            x: 0,
            y,
            w: 6,
            h: 1,
        },
        title: None,
        shows: Shows::Chart {
            question: question(form),
        },
    });
    let board = |roles: &[Role]| SaveBoard {
        id: None,
        name: "People".to_owned(),
        roles: roles.to_vec(),
        widgets: widgets.clone().collect(),
        expected: None,
    };
    house.act_as(Some(Role::Hr));
    let organisation = house.desk.get_organisation(crate::api::NoArgs {}).await;
    let people = organisation.unwrap().people;
    let name_of = |id| {
        let person = people.iter().find(|one| one.id == id);
        person.unwrap().name.clone()
    };
    let shared = board(&[Role::Sales, Role::Manager]);
    let shared = house.desk.save_board(shared).await.unwrap();
    let private = house.desk.save_board(board(&[])).await.unwrap();
    let ask = |id: &str| ExportDashboard {
        scope: Scope {
            unit: None,
            period: q2(),
        },
        formats: vec!["svg".to_owned()],
        language: Lang::En,
        board: Some(id.to_owned()),
    };
    let names = async || {
        let app = house.desk.admit(Right::ExportReports).await.unwrap();
        let id = &shared.info.id;
        let shown = app.shown_board(id, &ask(id)).await.unwrap();
        assert_eq!((shown.charts.len(), shown.tables.len()), (3, 1));
        format!("{:?} {:?}", shown.charts, shown.tables)
    };
    let [me, colleague, stranger] = [house.seller, house.colleague, house.stranger].map(name_of);
    let all = names().await;
    assert!(
        [&me, &colleague, &stranger]
            .iter()
            .all(|name| all.contains(*name))
    );
    house.act_as(Some(Role::Manager));
    let led = names().await;
    assert!(led.contains(&me) && led.contains(&colleague) && !led.contains(&stranger));
    house.act_as(Some(Role::Sales));
    let own = names().await;
    assert!(own.contains(&me) && !own.contains(&colleague) && !own.contains(&stranger));

    let folder = house.folder.path();
    let export = async |id: &str| {
        let made = house
            .desk
            .export_dashboard_to(folder, ask(id), &no_progress);
        made.await
    };
    export(&shared.info.id).await.unwrap();
    let refused = export(&private.info.id).await.unwrap_err();
    assert_eq!(refused.code(), "not_found", "nobody else's own board");
    house.act_as(Some(Role::Manager));
    let other_team = ExportDashboard {
        scope: Scope {
            unit: Some(house.other_team),
            period: q2(),
        },
        ..ask(&shared.info.id)
    };
    let refused = house
        .desk
        .export_dashboard_to(folder, other_team, &no_progress);
    assert_eq!(refused.await.unwrap_err().code(), "right_missing");
}
