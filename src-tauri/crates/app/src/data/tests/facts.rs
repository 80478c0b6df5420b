//! Every kind of records through the use cases. The example rows of the templates are one small company,
//! so that importing all templates in order needs nothing else.

use std::collections::BTreeMap;

use proptest::test_runner::{Config as ProptestConfig, RngSeed};
use yeji_core::ids::BatchId;
use yeji_intake::Kind;
use yeji_report::chart::Lang;
use yeji_store::Entity;

use super::*;
use crate::api::NoArgs;
use crate::api::data::{
    BatchArgs, ImportDecisions, ImportPreview, ImportRequest, LaterImports, UndoBatch,
};
use crate::context::App;
use crate::error::Error;
use crate::host::no_progress;
use crate::testing;

const TODAY: &str = "2026-07-01";

pub(super) struct World {
    pub(super) app: App,
    pub(super) folder: tempfile::TempDir,
}

/// The later imports that are asked about.
pub(super) async fn shown(app: &App, batch: BatchId) -> Vec<BatchId> {
    let later = app.list_later_imports(BatchArgs { batch }).await.unwrap();
    later.into_iter().map(|one| one.import.id).collect()
}

/// Takes an import back, whatever later ones have repeated of it.
pub(super) async fn alone(app: &App, batch: BatchId) -> UndoBatch {
    let imports = shown(app, batch).await;
    let later = LaterImports::Leave { imports };
    UndoBatch { batch, later }
}

impl World {
    pub(super) async fn new() -> Self {
        let folder = yeji_testkit::temp_folder();
        let app = testing::app(&folder.path().join("store"), TODAY).await;
        Self { app, folder }
    }

    /// A store with the example rows of all templates before a kind.
    pub(super) async fn before(kind: Kind) -> Self {
        let world = Self::new().await;
        for earlier in Kind::ALL.iter().take_while(|one| **one != kind) {
            world.template(*earlier).await;
        }
        world
    }

    pub(super) async fn template(&self, kind: Kind) -> ImportPreview {
        let name = format!("{kind}.xlsx");
        let bytes = template(kind.code(), Lang::ZhCn).unwrap();
        self.file(&name, &bytes, None).await.unwrap()
    }

    pub(super) async fn csv(&self, kind: Kind, text: &str) -> ImportPreview {
        let name = format!("{kind}.csv");
        self.file(&name, text.as_bytes(), Some(kind)).await.unwrap()
    }

    async fn file(
        &self,
        name: &str,
        bytes: &[u8],
        kind: Option<Kind>,
    ) -> Result<ImportPreview, Error> {
        self.file_with(name, bytes, kind, ImportDecisions::default())
            .await
    }

    pub(super) async fn file_with(
        &self,
        name: &str,
        bytes: &[u8],
        kind: Option<Kind>,
        decisions: ImportDecisions,
    ) -> Result<ImportPreview, Error> {
        let session = self.open(name, bytes, kind).await?;
        let request = ImportRequest { session, decisions };
        self.app.commit_import(request, &no_progress).await
    }

    /// Opens an import of a file.
    pub(super) async fn open(
        &self,
        name: &str,
        bytes: &[u8],
        kind: Option<Kind>,
    ) -> Result<String, Error> {
        Ok(self.draft(name, bytes, kind).await?.session)
    }

    pub(super) async fn draft(
        &self,
        name: &str,
        bytes: &[u8],
        kind: Option<Kind>,
    ) -> Result<ImportDraft, Error> {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let open = OpenImport {
            paths: vec![path],
            kind: kind.map(|kind| kind.code().to_owned()),
            ..OpenImport::default()
        };
        self.app.open_import(open).await
    }

    /// Rows of every table, without the settings.
    async fn counts(&self) -> BTreeMap<&'static str, i64> {
        let store = self.app.store().unwrap();
        let mut counts = BTreeMap::new();
        for entity in Entity::ALL.iter().filter(|one| **one != Entity::Setting) {
            counts.insert(entity.code(), store.count_of(*entity).await.unwrap());
        }
        counts
    }
}

/// New, changed, unchanged, rejected.
pub(super) fn effects(preview: &ImportPreview) -> [u64; 4] {
    let file = &preview.files[0];
    [
        file.new_rows,
        file.changed_rows,
        file.unchanged_rows,
        file.rejected_rows,
    ]
}

#[tokio::test]
async fn every_template_imports_without_a_rejected_row_and_twice_changes_nothing() {
    let world = World::new().await;
    for kind in Kind::ALL {
        let first = world.template(*kind).await;
        assert_eq!(reasons(&first), [], "{kind}");
        let [_, _, _, rejected] = effects(&first);
        assert_eq!(rejected, 0, "{kind}");
        let before = world.counts().await;
        let again = world.template(*kind).await;
        assert!(
            again.nothing_to_do && again.batch.is_none(),
            "{kind}: {again:?}"
        );
        assert_eq!(effects(&again), [0, 0, 1, 0], "{kind}: the same row");
        assert_eq!(world.counts().await, before, "{kind}");
    }
    let report = world.app.store().unwrap().verify().await.unwrap();
    assert!(report.findings.is_empty(), "{report:?}");
}

#[tokio::test]
async fn a_batch_of_every_kind_is_taken_back_as_a_whole() {
    for kind in Kind::ALL {
        let world = World::before(*kind).await;
        let before = world.counts().await;
        let Some(batch) = world.template(*kind).await.batch else {
            // The stay of the example is already known from the person's row.
            assert_eq!(*kind, Kind::Memberships);
            continue;
        };
        assert_ne!(world.counts().await, before, "{kind} writes something");
        let undone = world.app.undo_batch(batch.into()).await.unwrap();
        assert_eq!(undone.kept_count, 0, "{kind}: {undone:?}");
        assert_eq!(world.counts().await, before, "{kind}: nothing is left");
        let report = world.app.store().unwrap().verify().await.unwrap();
        assert!(report.findings.is_empty(), "{kind}: {report:?}");
    }
}

#[tokio::test]
async fn what_refers_to_nothing_known_is_listed_and_not_dropped() {
    let world = World::before(Kind::Credits).await;
    let check = async |kind: Kind, text: &str, expected: &[(u32, &str)]| {
        let preview = world.csv(kind, text).await;
        assert_eq!(reasons(&preview), expected, "{kind}");
        assert!(
            preview.batch.is_some(),
            "{kind}: the rejected rows are kept"
        );
    };
    check(
        Kind::Receipts,
        "receipt_id,opportunity,amount,received_on\nR1,OP-9,5,2026-01-01\n",
        &[(2, "reference_unknown")],
    )
    .await;
    check(
        Kind::Interactions,
        "customer,person,kind,date\nNobody,10001,visit,2026-01-01\nC-1001,X9,visit,2026-01-01\n",
        &[(2, "reference_unknown"), (3, "reference_unknown")],
    )
    .await;
    check(
        Kind::Satisfaction,
        "customer,score,date\nC-1001,11,2026-01-01\nC-1001,x,2026-01-02\n",
        &[(2, "number_out_of_range"), (3, "integer_unreadable")],
    )
    .await;
    check(
        Kind::Credits,
        "opportunity,credits\nOP-0001,10001 60%\n",
        &[(2, "shares_not_whole")],
    )
    .await;
    check(
        Kind::ExchangeRates,
        "from,to,date,rate\nUSD,USD,2026-01-01,1\nUSD,CNY,2026-01-02,0\n",
        &[(2, "rate_of_one_currency"), (3, "rate_unreadable")],
    )
    .await;
    check(
        Kind::Contracts,
        "contract_no,customer,amount,sign_date,start,end\nH1,C-1001,5,2026-01-01,2026-02-01,2026-02-01\n",
        &[(2, "ends_before_start")],
    )
    .await;
}

#[tokio::test]
async fn a_refund_is_negative_and_names_what_it_pays_back_even_if_that_comes_later() {
    let world = World::before(Kind::Receipts).await;
    let rows = "receipt_id,opportunity,amount,received_on,refunds\n\
                R2,OP-0001,(40.00),2026-02-02,R1\n\
                R1,OP-0001,100.00,2026-02-01,\n\
                R3,OP-0001,-5.00,2026-02-03,\n\
                R4,OP-0001,5.00,2026-02-03,R1\n\
                R5,OP-0001,-5.00,2026-02-03,R9\n";
    let preview = world.csv(Kind::Receipts, rows).await;
    assert_eq!(effects(&preview)[0], 2);
    let mut found = reasons(&preview);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            (4, "refund_names_no_receipt"),
            (5, "refund_not_negative"),
            (6, "reference_unknown")
        ]
    );
}

#[tokio::test]
async fn goals_by_month_close_on_the_year_and_keep_what_the_file_says_nothing_of() {
    let world = World::before(Kind::Goals).await;
    let rows = "person,month,goal\n10001,2026-01,100.01\n10001,2026年2月,200\n";
    world.csv(Kind::Goals, rows).await;
    world
        .csv(Kind::Goals, "person,month,goal\n10001,202602,250\n")
        .await;
    let store = world.app.store().unwrap();
    let plans = store.goal_plans().await.unwrap();
    let newest = plans.iter().max_by_key(|plan| plan.version).unwrap();
    assert_eq!((newest.version, newest.amount.minor), (2, 35_001));
    let cells = store.goal_cells(newest.id).await.unwrap();
    let sum = |month: u32| -> i64 {
        use chrono::Datelike as _;
        let of_month = cells.iter().filter(|cell| cell.start.month() == month);
        of_month.map(|cell| cell.minor).sum()
    };
    assert_eq!(
        (sum(1), sum(2)),
        (10_001, 25_000),
        "to the cent over the weeks"
    );
    // The page of goals reads it like any other split.
    let goal = crate::api::goals::GetGoal {
        metric: yeji_core::metric::GoalMetric::WonAmount,
        year: 2026,
    };
    let tree = world.app.get_goal(goal).await.unwrap();
    assert_eq!(tree.nodes[0].amount, "350.01");
}

#[tokio::test]
async fn a_locked_month_is_not_imported_over_and_stays_locked() {
    use crate::api::goal_grid::{EditGoal, GoalEdit};
    let world = World::before(Kind::Goals).await;
    let rows = "person,month,goal\n10001,2026-01,100.01\n10001,2026-02,200\n";
    world.csv(Kind::Goals, rows).await;
    let store = world.app.store().unwrap();
    let plan = store.goal_plans().await.unwrap()[0].id;
    let person = store.goal_cells(plan).await.unwrap()[0].person.unwrap();
    let lock = EditGoal {
        plan,
        edits: vec![GoalEdit::Lock {
            unit: person.to_string(),
            period: "2026-01".parse().unwrap(),
        }],
        frozen_before: None,
        reason: None,
        preview: false,
    };
    world.app.edit_goal(lock).await.unwrap();
    let rows = "person,month,goal\n10001,2026-01,7\n10001,2026-02,300\n";
    let preview = world.csv(Kind::Goals, rows).await;
    assert_eq!(reasons(&preview), [(2, "goal_month_locked")]);
    let plans = store.goal_plans().await.unwrap();
    let newest = plans.iter().max_by_key(|plan| plan.version).unwrap();
    assert_eq!((newest.version, newest.amount.minor), (2, 40_001));
    let locks = store.goal_locks(newest.id).await.unwrap();
    assert_eq!(locks.len(), 1, "the lock is on the new version too");
}

#[tokio::test]
async fn goals_by_month_go_into_the_companys_year() {
    use crate::api::calendar::{BuiltInHolidays, SetCalendar};
    use yeji_core::calendar::{CalendarRule, Months};
    let world = World::before(Kind::Goals).await;
    let set = |rule| SetCalendar {
        rule,
        holidays: BuiltInHolidays::None,
    };
    let april = CalendarRule {
        first_month: 4,
        ..CalendarRule::default()
    };
    world.app.set_calendar(set(april)).await.unwrap();
    let rows = "person,month,goal\n10001,2026-04,100\n10001,2027-03,200\n";
    world.csv(Kind::Goals, rows).await;
    let store = world.app.store().unwrap();
    let plans = store.goal_plans().await.unwrap();
    assert_eq!(plans.len(), 1, "both months are of one year");
    assert_eq!((plans[0].year, plans[0].amount.minor), (2026, 30_000));
    assert_eq!(plans[0].period().unwrap().to_string(), "FY2026@04");
    let weeks = CalendarRule {
        months: Months::W445,
        ..CalendarRule::default()
    };
    world.app.set_calendar(set(weeks)).await.unwrap();
    let preview = world
        .csv(Kind::Goals, "person,month,goal\n10001,2028-06,5\n")
        .await;
    assert_eq!(reasons(&preview), [(2, "goal_month_of_weeks")]);
}

#[tokio::test]
async fn a_dated_stay_makes_room_among_the_others() {
    let world = World::before(Kind::Memberships).await;
    world.csv(Kind::Units, "unit,kind\n华东二组,team\n").await;
    let rows =
        "person,unit,from,to\n10001,华东一组,2024-03-01,2025-01-01\n10001,华东二组,2025-01-01,\n";
    let preview = world.csv(Kind::Memberships, rows).await;
    assert_eq!(reasons(&preview), []);
    let organisation = world.app.store().unwrap().organisation().await.unwrap();
    let person = organisation.people().next().unwrap().id;
    let unit_on = |day: &str| {
        let stay = organisation.membership_on(person, day.parse().unwrap())?;
        organisation.unit(stay.unit).map(|unit| unit.name.as_str())
    };
    assert_eq!(unit_on("2024-12-31"), Some("华东一组"));
    assert_eq!(unit_on("2025-01-01"), Some("华东二组"));
    assert_eq!(unit_on("2026-06-01"), Some("华东二组"));
    let again = world.csv(Kind::Memberships, rows).await;
    assert!(again.nothing_to_do, "{again:?}");
    let both =
        "person,unit,from,to\n10001,华东一组,2024-03-01,2025-02-01\n10001,华东二组,2025-01-01,\n";
    let refused = world.csv(Kind::Memberships, both).await;
    assert_eq!(reasons(&refused), [(3, "stays_overlap")]);
}

#[tokio::test]
async fn a_batch_keeps_the_totals_of_its_files() {
    let world = World::before(Kind::Receipts).await;
    let rows = "receipt_id,opportunity,amount,received_on\n\
                R1,OP-0001,100.00,2026-02-01\nR2,OP-0009,7.00,2026-02-02\nR3,OP-0001,1.00,2026-03-01\n";
    world.csv(Kind::Receipts, rows).await;
    let batches = world.app.store().unwrap().batches().await.unwrap();
    let controls: Vec<(String, i64, String)> = batches[0]
        .detail
        .controls
        .iter()
        .map(|sum| {
            let amount = sum.amount.map(yeji_core::Money::to_major);
            (sum.period.clone(), sum.rows, amount.unwrap_or_default())
        })
        .collect();
    // The row of an unknown deal counts: it is in the file, so that its absence from the store shows.
    assert_eq!(
        controls,
        [
            ("2026-02".to_owned(), 2, "107.00".to_owned()),
            ("2026-03".to_owned(), 1, "1.00".to_owned())
        ]
    );
    let listed = world.app.list_batches(NoArgs {}).await.unwrap();
    assert_eq!(listed[0].rejected_rows, 1);
}

/// A list of who joined which team when, as HR keeps it, has no column of ends.
#[tokio::test]
async fn a_list_of_joinings_without_ends_takes_no_later_stay_away() {
    let world = World::before(Kind::Memberships).await;
    world
        .csv(
            Kind::Units,
            "unit,unit_kind\n华东一组,团队\n华东二组,团队\n",
        )
        .await;
    let header = "person,unit,from";
    let joined = format!("{header}\n10001,华东一组,2024-03-01\n10001,华东二组,2025-01-01\n");
    let first = world.csv(Kind::Memberships, &joined).await;
    assert_eq!(reasons(&first), []);
    let stays = async || {
        let organisation = world.app.store().unwrap().organisation().await.unwrap();
        let person = organisation
            .people()
            .find(|one| one.staff_number.as_deref() == Some("10001"));
        let mut stays: Vec<_> = organisation
            .stays(person.unwrap().id)
            .map(|stay| {
                (
                    organisation.unit(stay.unit).unwrap().name.clone(),
                    stay.from,
                    stay.to,
                )
            })
            .filter(|(unit, ..)| unit.starts_with("华东"))
            .collect();
        stays.sort_by_key(|(_, from, _)| *from);
        stays
    };
    let both = stays().await;
    assert_eq!(both.len(), 2, "{both:?}");
    assert_eq!(
        both[0].2, both[1].1,
        "the first ends where the second begins"
    );
    // The first line alone, later: what it does not speak of stays.
    let again = world
        .csv(
            Kind::Memberships,
            &format!("{header}\n10001,华东一组,2024-03-01\n"),
        )
        .await;
    assert!(again.nothing_to_do, "{again:?}");
    assert_eq!(stays().await, both);
    // Two teams from the same day on contradict each other.
    let torn = format!("{header}\n10001,华东一组,2026-01-01\n10001,华东二组,2026-01-01\n");
    let refused = world.csv(Kind::Memberships, &torn).await;
    assert_eq!(reasons(&refused), [(3, "stays_overlap")]);
}

/// One person under two spellings: the second row must not overwrite the first in silence.
#[tokio::test]
async fn two_rows_for_one_person_and_month_are_one_too_many() {
    let world = World::before(Kind::TargetBonuses).await;
    let goals = "person,month,amount\n10001,2026-05,100\n王伟,2026-05,200\n";
    let preview = world.csv(Kind::Goals, goals).await;
    assert_eq!(reasons(&preview), [(3, "duplicate_id_in_file")]);
    // A person stands in many rows of goals: only with the month is it the same row.
    let said = &preview.files[0].rejected[0].reason.params;
    assert_eq!(said["fields"], "person, month");
    assert_eq!(said["values"], "王伟, 2026-05-01");
    assert!(!said.contains_key("field"), "{said:?}");
    let bonuses = "person,bonus,from\n10001,100,2026-07-01\n王伟,200,2026-07-01\n";
    let preview = world.csv(Kind::TargetBonuses, bonuses).await;
    assert_eq!(reasons(&preview), [(3, "duplicate_id_in_file")]);
}

/// The other tax on the same receipts makes no other receipts.
#[tokio::test]
async fn the_same_receipts_under_another_tax_are_the_same_receipts() {
    let world = World::before(Kind::Receipts).await;
    let text = "opportunity,received_on,amount\nOP-0001,2026-03-15,113.00\n";
    let first = world.csv(Kind::Receipts, text).await;
    assert_eq!(effects(&first), [1, 0, 0, 0], "{first:?}");
    let taxed = ImportDecisions {
        tax_included: Some("13".to_owned()),
        ..ImportDecisions::default()
    };
    let kind = Some(Kind::Receipts);
    let second = world
        .file_with("r.csv", text.as_bytes(), kind, taxed)
        .await
        .unwrap();
    assert_eq!(effects(&second), [0, 1, 0, 0], "{second:?}");
}

/// The same random histories in every run, as another failing one is a day's work and not a flake; others by
/// `PROPTEST_RNG_SEED`, more by `PROPTEST_CASES`.
pub(super) fn histories(cases: u32) -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(5),
        ..ProptestConfig::with_cases(cases)
    }
}
