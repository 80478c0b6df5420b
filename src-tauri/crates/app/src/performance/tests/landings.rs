//! Landings beside goals of a part of the period, and beside earlier periods of which little was known.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, Weekday};
use yeji_core::calendar::days;
use yeji_core::goal::{GoalCell, GoalPlan, GoalPlanState};
use yeji_core::ids::GoalPlanId;
use yeji_core::metric::GoalMetric;
use yeji_core::{Currency, Money};
use yeji_report::chart::Lang;
use yeji_testkit::day;

use super::{Company, World, minor};
use crate::api::forecast::{ForecastBy, GetLanding, LandingView};
use crate::api::kpi::Grain;
use crate::api::performance::{Days, Drill};

async fn year_at(world: &World, as_of: &str, by: Option<ForecastBy>) -> LandingView {
    year_of(world, None, as_of, by).await
}

async fn year_of(
    world: &World,
    unit: Option<usize>,
    as_of: &str,
    by: Option<ForecastBy>,
) -> LandingView {
    let args = GetLanding {
        grain: Grain::Year,
        as_of: Some(day(as_of)),
        unit: unit.map(|at| world.units[at]),
        by,
        language: Lang::En,
    };
    world.app.get_landing(args).await.unwrap()
}

impl Company {
    /// A published goal of 2019: a hundred of each person and week in a unit, from a day until before another.
    fn goals(&mut self, of: &[(usize, usize, [&str; 2])]) {
        let plan: GoalPlanId = self.ids.next();
        self.records.push(
            GoalPlan {
                id: plan,
                metric: GoalMetric::WonAmount,
                year: 2019,
                calendar: None,
                version: 1,
                state: GoalPlanState::Published,
                amount: Money::new(1_000_000, Currency::CNY),
                rule: None,
                created_at: "2019-01-01T00:00:00Z".parse().unwrap(),
            }
            .into(),
        );
        for (person, unit, [from, until]) in of {
            let starts = |day: &NaiveDate| day.day() == 1 || day.weekday() == Weekday::Mon;
            let mut starts: Vec<_> = days(day(from), day(until)).filter(starts).collect();
            starts.push(day(until));
            for week in starts.windows(2) {
                self.records.push(
                    GoalCell {
                        plan,
                        unit: self.units[*unit],
                        person: Some(self.people[*person]),
                        start: week[0],
                        end: week[1],
                        minor: 100,
                    }
                    .into(),
                );
            }
        }
    }
}

/// A year's landing by the goal of half a year would be an attainment twice too high, in the team and in all
/// above it.
#[tokio::test]
async fn a_team_with_goals_of_half_the_year_has_none_beside_the_years_landing() {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let north = company.unit("North", Some(root));
    let south = company.unit("South", Some(root));
    let whole = company.unit("Whole", Some(south));
    let half = company.unit("Half", Some(south));
    let teams = [north, whole, half];
    let people = teams.map(|team| company.person(&format!("of {team}"), Some(team)));
    for month in 1..=5 {
        for person in people {
            company.won(person, &format!("2019-0{month}-05"), 100 + month);
        }
    }
    let [all_year, half_year] = ["2020-01-01", "2019-07-01"].map(|until| ["2019-01-01", until]);
    company.goals(&[
        (people[0], north, all_year),
        (people[1], whole, all_year),
        (people[2], half, half_year),
    ]);
    let world = company.store().await;
    let view = year_at(&world, "2019-05-31", Some(ForecastBy::Team)).await;
    let goal = |name: &str| {
        let row = view.rows.iter().find(|row| row.label == name).unwrap();
        assert_eq!(row.goal.is_some(), row.attainment.is_some(), "{row:?}");
        row.goal.as_deref().map(minor)
    };
    assert_eq!(goal("North"), goal("Whole"));
    assert!(goal("North").is_some_and(|goal| goal > 0));
    assert_eq!(goal("Half"), None);
    assert_eq!(goal("South"), None, "it would be that of two teams");
    // And what an attainment is made of says why there is none.
    let drill = Drill {
        figure: "attainment".to_owned(),
        unit: None,
        directly: false,
        days: Days {
            from: day("2019-01-01"),
            to: day("2020-01-01"),
        },
        person: Some(world.people[people[2]]),
        customer_types: Vec::new(),
        customer: None,
        cursor: None,
    };
    let formula = world.app.list_records(drill).await.unwrap().formula;
    let formula = formula.unwrap();
    assert_eq!(formula.code, "no_value_part_of_days");
    assert_eq!(
        (
            formula.params["days"].as_str(),
            formula.params["of"].as_str()
        ),
        ("181", "365")
    );
}

/// What new deals bring is known today, so it must have been known then: an earlier landing without them was
/// made in another way, and its miss says nothing of today's.
#[tokio::test]
async fn earlier_landings_are_made_as_todays_is() {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let seller = company.person("A", Some(root));
    for month in 0..77_i64 {
        let (year, of_year) = (2013 + month / 12, month % 12 + 1);
        for on in ["05", "25"] {
            let yuan = 1_000 + month * 37 % 23;
            company.won(seller, &format!("{year}-{of_year:02}-{on}"), yuan);
        }
    }
    let world = company.store().await;
    // In January the rest is a year long, and of 2014 too little was known.
    for (as_of, count) in [("2019-05-25", 5), ("2019-01-25", 4)] {
        let view = year_at(&world, as_of, None).await;
        assert!(minor(&view.total.unwrap().new) > 0);
        assert_eq!(view.past.len(), count, "{as_of}: {:?}", view.past);
        for past in &view.past {
            let (landing, actual) = (minor(&past.landing), minor(&past.actual));
            assert!((landing - actual).abs() * 20 < actual, "{as_of}: {past:?}");
        }
    }
}

/// Figures, interval and whether it held are those that one reads who asks for the landing of that day, in every
/// view.
#[tokio::test]
async fn the_record_is_what_the_landing_of_its_day_says() {
    let (world, teams, _) = two_teams().await;
    let mut widened = false;
    for grain in [Grain::Month, Grain::Quarter] {
        for unit in [None, Some(teams[0])] {
            let ask = async |grain: Grain, as_of: &str| {
                let args = GetLanding {
                    grain,
                    as_of: Some(day(as_of)),
                    unit: unit.map(|at: usize| world.units[at]),
                    by: None,
                    language: Lang::En,
                };
                world.app.get_landing(args).await.unwrap()
            };
            let view = ask(grain, "2019-05-15").await;
            assert!(view.past.len() > 4, "{:?}", view.past);
            for past in &view.past {
                let then = ask(grain, &past.as_of.to_string()).await;
                assert_eq!(then.period.to_string(), past.period);
                let total = then.total.unwrap();
                let of_then = (total.landing, total.lower.unwrap(), total.upper.unwrap());
                let said = (past.landing.clone(), past.lower.clone(), past.upper.clone());
                assert_eq!(of_then, said, "{unit:?} {}", past.as_of);
                let [lower, upper, actual] =
                    [&past.lower, &past.upper, &past.actual].map(|text| minor(text));
                assert_eq!(past.held, lower <= actual && actual <= upper);
                let says = |note: &crate::api::Message| note.code == "landing_widened";
                widened |= then.notes.iter().any(says);
            }
        }
    }
    assert!(widened, "else widening is not tried");
}

/// Without amounts a deal counts with what its product brings: the coverage is of the same amount, so that never
/// more is expected than is open, and what the KPI says of the same deals stands beside it.
#[tokio::test]
async fn the_coverage_is_of_the_open_amount_of_the_landing() {
    let (_folder, app) = crate::demo::tests::demo_app().await;
    let args = GetLanding {
        // The quarter ends with the demo: nothing is missing in it any more.
        grain: Grain::Year,
        as_of: None,
        unit: None,
        by: None,
        language: Lang::En,
    };
    let view = app.get_landing(args).await.unwrap();
    let total = view.total.unwrap();
    let warning = view.warnings.iter().find(|one| one.kind == "coverage");
    let warning = &warning.unwrap().message;
    assert_eq!(warning.params["open"], total.open_amount);
    assert!(minor(&total.open) <= minor(&total.open_amount));
    let note = view.notes.iter().find(|one| one.code == "landing_pipeline");
    let params = &note.unwrap().params;
    assert_eq!(params["open"], total.open_amount);
    assert!(minor(&params["pipeline"]) < minor(&params["open"]));
    let next = view.as_of.succ_opt().unwrap().to_string();
    let args = super::metrics::ask("open_amount", &view.as_of.to_string(), &next);
    let kpi = app.get_metric(args).await.unwrap().total.value.unwrap();
    let kpi: yeji_core::Ratio = kpi.parse().unwrap();
    assert_eq!(kpi, params["pipeline"].parse().unwrap());
}

/// Who changes teams carries a goal in each while they sell there, and that is all of it.
#[tokio::test]
async fn who_moved_has_a_goal_in_either_team() {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let north = company.unit("North", Some(root));
    let south = company.unit("South", Some(root));
    let mover = company.person("A", None);
    company.stay(mover, north, ["2018-01-01", "2019-04-01"].into());
    company.stay(mover, south, ["2019-04-01", "9999-12-31"].into());
    for on in ["2019-02-05", "2019-03-05", "2019-04-05", "2019-05-05"] {
        company.won(mover, on, 100);
    }
    company.goals(&[
        (mover, north, ["2019-01-01", "2019-04-01"]),
        (mover, south, ["2019-04-01", "2020-01-01"]),
    ]);
    let world = company.store().await;
    let goal = async |unit| {
        let by = Some(ForecastBy::Person);
        let view = year_of(&world, unit, "2019-05-31", by).await;
        assert_eq!(view.rows.len(), 1, "{unit:?}");
        view.rows[0].goal.as_deref().map(minor)
    };
    let [whole, in_north, in_south] = [
        goal(None).await,
        goal(Some(north)).await,
        goal(Some(south)).await,
    ];
    assert!(
        in_north.is_some() && in_south.is_some(),
        "{in_north:?} {in_south:?}"
    );
    let parts = in_north.into_iter().chain(in_south).sum();
    assert_eq!(whole, Some(parts));
}

/// People of two teams, one of whom has moved and one of whom has left.
async fn two_teams() -> (World, [usize; 2], usize) {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let north = company.unit("North", Some(root));
    let south = company.unit("South", Some(root));
    let mover = company.person("Mover", None);
    company.stay(mover, north, ("0001-01-01", "2019-04-10"));
    company.stay(mover, south, ("2019-04-10", "9999-12-31"));
    let stays = [
        company.person("North 1", Some(north)),
        company.person("North 2", Some(north)),
        company.person("South 1", Some(south)),
        company.person_until("Gone", Some(south), "2019-04-20"),
    ];
    let people = || stays.into_iter().chain([mover]);
    for month in 0..41_i64 {
        let (year, of_year) = (2016 + month / 12, month % 12 + 1);
        for (place, person) in people().enumerate() {
            let place = i64::try_from(place).unwrap();
            let yuan = 1_000 + (month * 37 + place * 211) % 530;
            for on in ["05", "25"] {
                company.won(
                    person,
                    &format!("{year}-{of_year:02}-{on}"),
                    yuan + place * 300,
                );
            }
        }
    }
    (company.store().await, [north, south], mover)
}

/// Of what is expected of a team the people in it have all, and a person has as much as all teams say together.
#[tokio::test]
async fn people_are_the_whole_in_every_view_and_the_same_in_all() {
    let (world, teams, mover) = two_teams().await;
    let by = Some(ForecastBy::Person);
    let add = |rows: &[crate::api::forecast::LandingRow]| {
        let mut of: BTreeMap<String, [i64; 4]> = BTreeMap::new();
        for row in rows {
            let sums = of.entry(row.key.clone()).or_default();
            let parts = [&row.won, &row.open, &row.new, &row.landing];
            for (sum, part) in sums.iter_mut().zip(parts) {
                *sum += minor(part);
            }
        }
        of
    };
    let sums = |view: &LandingView| {
        let total = view.total.as_ref().unwrap();
        let rows = add(&view.rows);
        let sums: Vec<i64> = (0..4)
            .map(|at| rows.values().map(|row| row[at]).sum())
            .collect();
        let whole = [&total.won, &total.open, &total.new, &total.landing];
        assert_eq!(sums, whole.map(|text| minor(text)), "{}", view.unit_name);
        assert!(minor(&total.new) > 0);
    };
    for as_of in ["2019-04-15", "2019-05-25"] {
        let company = year_at(&world, as_of, by).await;
        sums(&company);
        let mut parts = Vec::new();
        for team in teams {
            let view = year_of(&world, Some(team), as_of, by).await;
            sums(&view);
            let elsewhere = |note: &&crate::api::Message| note.code == "landing_elsewhere";
            assert!(
                view.notes.iter().any(|note| elsewhere(&note)),
                "what the mover brings in the other team is not in it: {:?}",
                view.notes
            );
            parts.extend(view.rows);
        }
        assert!(
            company
                .notes
                .iter()
                .all(|note| note.code != "landing_elsewhere")
        );
        assert_eq!(add(&parts), add(&company.rows), "{as_of}");
        // New deals come from where somebody is, not from where they were.
        let mover = world.people[mover].to_string();
        let new: Vec<i64> = parts
            .iter()
            .filter(|row| row.key == mover)
            .map(|row| minor(&row.new))
            .collect();
        assert!(new.len() == 2 && new[0] == 0 && new[1] > 0, "{new:?}");
    }
    // Who has left brings what was won and nothing new.
    let company = year_at(&world, "2019-05-25", by).await;
    let gone = company.rows.iter().find(|row| row.label == "Gone").unwrap();
    assert_eq!(minor(&gone.new), 0);
}

/// Four times as much comes of new deals at the end of a quarter. With little more than a year known no season can be
/// told from chance, and the ends of quarters were expected to bring what any month's end does.
#[tokio::test]
async fn the_end_of_a_quarter_is_learned_from_such_ends() {
    let mut company = Company::default();
    let root = company.unit("Company", None);
    let seller = company.person("A", Some(root));
    for month in 0..17_i64 {
        let (year, of_year) = (2018 + month / 12, month % 12 + 1);
        let yuan = if of_year % 3 == 0 { 40_000 } else { 10_000 };
        let days = [16, 25].map(|day| format!("{year}-{of_year:02}-{day}"));
        company.since(
            seller,
            yeji_core::facts::Stage::Won,
            (&days[0], Some(&days[1])),
            yuan + month * 7 % 5 * 100,
        );
    }
    let world = company.store().await;
    let new = async |as_of: &str| {
        let args = GetLanding {
            grain: Grain::Month,
            as_of: Some(day(as_of)),
            unit: None,
            by: None,
            language: Lang::En,
        };
        let view = world.app.get_landing(args).await.unwrap();
        minor(&view.total.unwrap().new)
    };
    let (end, middle) = (new("2019-03-14").await, new("2019-04-14").await);
    assert!(end > minor("25000") && end < minor("45000"), "{end}");
    assert!(middle < minor("20000"), "{middle}");
}
