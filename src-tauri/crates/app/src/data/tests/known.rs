//! The next export of the same list is not read in full, and comes to just what it would if it were.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use yeji_intake::Kind;

use super::facts::{World, alone};
use super::reasons;
use crate::api::NoArgs;
use crate::api::data::{ImportDecisions, ImportPreview, ImportRequest};
use crate::error::Error;
use crate::host::no_progress;

/// The last column is not imported.
const HEADER: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额,更新于";

/// One deal of an export.
#[derive(Debug, Clone)]
struct Line {
    id: u8,
    owner: &'static str,
    customer: &'static str,
    stage: &'static str,
    day: u8,
    amount: u16,
    /// How the amount is written.
    decimals: &'static str,
    /// A column that is not imported.
    seen: u8,
}

impl Line {
    fn written(&self) -> String {
        let Self {
            id,
            owner,
            customer,
            stage,
            day,
            amount,
            decimals,
            seen,
        } = self;
        let (closed, amount) = if *stage == "跟进" {
            (String::new(), String::new())
        } else {
            (
                format!("2026-0{}-1{day}", day % 3 + 1),
                format!("{amount}{decimals}"),
            )
        };
        format!("D{id},{owner},{customer},设备,{stage},2026-01-02,{closed},{amount},v{seen}")
    }
}

fn line() -> impl Strategy<Value = Line> {
    let owner = prop_oneof![Just("王伟"), Just("李娜")];
    let customer = prop_oneof![
        Just("华讯"),
        Just("远景"),
        Just(""),
        Just("\"宏远, 上海\""),
        Just("\"两\n行\"")
    ];
    let stage = prop_oneof![
        4 => Just("赢单"),
        2 => Just("输单"),
        2 => Just("跟进"),
        1 => Just("没有这个阶段"),
    ];
    let decimals = prop_oneof![Just(""), Just(".00"), Just(".50")];
    let amount = (1..4_u16, decimals);
    (0..6_u8, owner, customer, stage, 0..2_u8, amount, 0..3_u8).prop_map(
        |(id, owner, customer, stage, day, (amount, decimals), seen)| Line {
            id,
            owner,
            customer,
            stage,
            day,
            amount,
            decimals,
            seen,
        },
    )
}

/// What happens to a company's list and its store.
#[derive(Debug, Clone)]
enum Step {
    /// Lines put over those with the same number, or added; then the list is exported.
    Export(Vec<Line>),
    /// As before, with the last line twice.
    Twice,
    /// The list with a line more for a deal that is in it: another export beside the first.
    Joined(Line),
    /// The preview of the list, and then nothing.
    Preview,
    /// The import before is taken back.
    Undo,
    /// Another customer gets a name that the list uses.
    Namesake(&'static str),
    /// A seller leaves.
    Leaves(&'static str),
    /// Another source brings a deal of the same number.
    Elsewhere(Line),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => vec(line(), 0..4).prop_map(Step::Export),
        1 => Just(Step::Twice),
        1 => line().prop_map(Step::Joined),
        1 => Just(Step::Preview),
        1 => Just(Step::Undo),
        1 => prop_oneof![Just("华讯"), Just("新客户")].prop_map(Step::Namesake),
        1 => prop_oneof![Just("王伟"), Just("李娜")].prop_map(Step::Leaves),
        1 => line().prop_map(Step::Elsewhere),
    ]
}

/// A store that recognises lines, or one that reads every file in full.
struct Reader {
    world: World,
    in_full: bool,
    known: u64,
}

impl Reader {
    async fn new(in_full: bool) -> Self {
        let world = World::new().await;
        let people = "姓名,工号,团队\n王伟,王伟,一组\n李娜,李娜,二组\n";
        world.csv(Kind::People, people).await;
        Self {
            world,
            in_full,
            known: 0,
        }
    }

    async fn import(&mut self, text: &str) -> Result<ImportPreview, Error> {
        let request = self.open(text).await?;
        self.world.app.commit_import(request, &no_progress).await
    }

    async fn preview(&mut self, text: &str) -> Result<ImportPreview, Error> {
        let request = self.open(text).await?;
        self.world.app.preview_import(request, &no_progress).await
    }

    async fn open(&mut self, text: &str) -> Result<ImportRequest, Error> {
        let draft = self
            .world
            .draft("deals.csv", text.as_bytes(), Some(Kind::Opportunities))
            .await?;
        let said = draft.files[0].evidence.iter();
        let known = said.filter(|one| one.code == "rows_known");
        if !self.in_full {
            self.known += known
                .map(|one| one.params["rows"].parse::<u64>().unwrap())
                .sum::<u64>();
        }
        Ok(ImportRequest {
            session: draft.session,
            decisions: ImportDecisions {
                in_full: self.in_full,
                ..ImportDecisions::default()
            },
        })
    }

    /// Deals, and the totals of the files beside the store's.
    async fn state(&self) -> Vec<String> {
        let store = self.world.app.store().unwrap();
        let mut state = Vec::new();
        for source in ["crm", "erp"] {
            for (identity, deal) in store.opportunities_of(source).await.unwrap() {
                let customers = store.customers().await.unwrap();
                let mut customer = customers.iter();
                let customer = customer.find(|one| Some(one.id) == deal.customer);
                let customer = customer.map(|one| &one.name);
                state.push(format!(
                    "{source} {identity} {:?} {:?} {:?} {customer:?}",
                    deal.stage, deal.closed_on, deal.amount
                ));
            }
        }
        let rows = self.world.app.get_reconciliation(NoArgs {}).await.unwrap();
        state.extend(rows.iter().map(|row| {
            format!(
                "{} {} {} {} {:?} {:?}",
                row.kind,
                row.period,
                row.file_rows,
                row.store_rows,
                row.file_amount,
                row.store_amount
            )
        }));
        state.sort();
        state
    }
}

/// What came of an import: what it says, or why it was refused.
fn outcome_of(done: Result<ImportPreview, Error>) -> String {
    done.map_or_else(|error| error.code().to_owned(), |done| said(&done))
}

/// Everything that an import says but ids and what it asks.
fn said(preview: &ImportPreview) -> String {
    let counts: Vec<_> = preview
        .files
        .iter()
        .map(|file| {
            (
                file.new_rows,
                file.changed_rows,
                file.unchanged_rows,
                file.rejected_rows,
            )
        })
        .collect();
    let notes: Vec<_> = preview
        .notes
        .iter()
        .map(|note| (&note.code, &note.params))
        .collect();
    let controls: Vec<_> = preview
        .controls
        .iter()
        .map(|one| (&one.period, one.in_file, one.in_store))
        .collect();
    format!(
        "{counts:?} {:?} {notes:?} {controls:?} {}",
        reasons(preview),
        preview.nothing_to_do
    )
}

fn export(lines: &[Line]) -> String {
    let rows: Vec<String> = lines.iter().map(Line::written).collect();
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

async fn both_ways(steps: &[Step]) -> u64 {
    let mut readers = [Reader::new(false).await, Reader::new(true).await];
    let mut list: Vec<Line> = Vec::new();
    for step in steps {
        let mut outcomes = Vec::new();
        let text = match step {
            Step::Export(changed) => {
                for line in changed {
                    match list.iter_mut().find(|known| known.id == line.id) {
                        Some(known) => known.clone_from(line),
                        None => list.push(line.clone()),
                    }
                }
                export(&list)
            }
            Step::Twice => {
                let twice: Vec<Line> = list.iter().chain(list.last()).cloned().collect();
                export(&twice)
            }
            Step::Joined(line) => {
                let both: Vec<Line> = list.iter().chain([line]).cloned().collect();
                export(&both)
            }
            Step::Preview => export(&list),
            _ => String::new(),
        };
        for reader in &mut readers {
            let outcome = match step {
                Step::Export(_) | Step::Twice | Step::Joined(_) => {
                    outcome_of(reader.import(&text).await)
                }
                Step::Preview => outcome_of(reader.preview(&text).await),
                Step::Undo => {
                    let store = reader.world.app.store().unwrap();
                    let batches = store.batches().await.unwrap();
                    let latest = batches
                        .iter()
                        .find(|one| one.undone_at.is_none() && one.files == ["deals.csv"]);
                    if let Some(batch) = latest.map(|one| one.id) {
                        let args = alone(&reader.world.app, batch).await;
                        reader.world.app.undo_batch(args).await.unwrap();
                    }
                    String::new()
                }
                Step::Namesake(name) => {
                    let text = format!("客户编号,客户名称\nC-{name},{name}\n");
                    said(&reader.world.csv(Kind::Customers, &text).await)
                }
                Step::Leaves(name) => {
                    let text = format!("姓名,工号,团队,离职日期\n{name},{name},一组,2026-02-01\n");
                    said(&reader.world.csv(Kind::People, &text).await)
                }
                Step::Elsewhere(line) => {
                    let text = export(std::slice::from_ref(line));
                    let decisions = ImportDecisions {
                        source: Some("erp".to_owned()),
                        ..ImportDecisions::default()
                    };
                    let kind = Some(Kind::Opportunities);
                    let done = reader
                        .world
                        .file_with("erp.csv", text.as_bytes(), kind, decisions)
                        .await;
                    outcome_of(done)
                }
            };
            outcomes.push((outcome, reader.state().await));
        }
        assert_eq!(outcomes[0], outcomes[1], "after {step:?}");
    }
    readers[0].known
}

/// Pay hangs on it: an import that was not read in full must leave what one that was would.
#[test]
fn what_is_recognised_comes_to_what_reading_it_would() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config {
        cases: 24,
        ..Config::default()
    };
    let recognised = std::cell::Cell::new(0);
    TestRunner::new(config)
        .run(&vec(step(), 2..9), |steps| {
            let known = runtime.block_on(both_ways(&steps));
            recognised.set(recognised.get() + known);
            Ok::<(), TestCaseError>(())
        })
        .unwrap();
    assert!(recognised.get() > 0, "nothing was recognised in any case");
}

#[tokio::test]
async fn only_lines_that_are_new_or_changed_are_read_again() {
    let mut reader = Reader::new(false).await;
    let line = |id, stage, amount| Line {
        id,
        owner: "王伟",
        customer: "华讯",
        stage,
        day: 1,
        amount,
        decimals: "",
        seen: 0,
    };
    let mut list = vec![
        line(1, "赢单", 10),
        line(2, "输单", 20),
        line(3, "赢单", 30),
    ];
    list.extend((6..10).map(|id| line(id, "跟进", 0)));
    reader.import(&export(&list)).await.unwrap();
    assert_eq!(reader.known, 0);
    list[1].amount = 21;
    list.insert(0, line(4, "赢单", 40));
    list.push(line(5, "跟进", 50));
    let done = reader.import(&export(&list)).await.unwrap();
    assert_eq!(reader.known, 6);
    let file = &done.files[0];
    let counts = (file.new_rows, file.changed_rows, file.unchanged_rows);
    assert_eq!(counts, (2, 1, 6));
    let all = done.controls.last().unwrap();
    assert_eq!(all.in_file.to_major(), "80.00");
    assert_eq!(all.in_store, Some(all.in_file));
    // The lines of both imports are known now, wherever they stand.
    list.reverse();
    let again = reader.import(&export(&list)).await.unwrap();
    assert!(again.nothing_to_do, "{again:?}");
    assert_eq!(reader.known, 6 + 9);
}

/// People and customers that the first import made of names are known by the second.
#[tokio::test]
async fn what_an_import_has_made_of_names_is_known_by_the_next() {
    let world = World::new().await;
    let mut reader = Reader {
        world,
        in_full: false,
        known: 0,
    };
    let row = |id: u8| format!("D{id},张三,华讯,设备,赢单,2026-01-02,2026-01-11,1,\n");
    let text = format!("{HEADER}\n{}{}", row(1), row(2));
    reader.import(&text).await.unwrap();
    let text = format!("{text}{}", row(3));
    let request = reader.open(&text).await.unwrap();
    assert_eq!(reader.known, 2);
    let run = reader.world.app.prepare(&request).await.unwrap();
    assert!(run.plan.recognised.is_some(), "they hold until the end");
}

/// What is wrong stands in the line of the file, not in that of the text that is read.
#[tokio::test]
async fn lines_that_are_not_read_are_counted_in_line_numbers() {
    let mut reader = Reader::new(false).await;
    let rows = "D1,王伟,,设备,赢单,2026-01-02,2026-01-11,1,\nD2,王伟,,设备,赢单,2026-01-02,2026-01-11,2,\n";
    reader.import(&format!("{HEADER}\n{rows}")).await.unwrap();
    let bad = "D3,王伟,,设备,赢单,2026-01-02,2026-13-40,3,\n";
    let text = format!("{HEADER}\n{rows}{bad}");
    let done = reader.import(&text).await.unwrap();
    assert_eq!(reader.known, 2);
    assert_eq!(done.files[0].rejected[0].line, 4);
}

/// Two lists of one source in turn: neither forgets the other. A line in another currency is refused by
/// itself. Every line is read where somebody asks for it.
#[tokio::test]
async fn what_is_known_stays_known_and_stands_in_nobodys_way() {
    let mut reader = Reader::new(false).await;
    let row =
        |id: u8, amount: &str| format!("D{id},王伟,,设备,赢单,2026-01-02,2026-01-11,{amount},\n");
    let north = format!("{HEADER}\n{}{}", row(1, "¥1"), row(2, "¥2"));
    let south = format!("{HEADER}\n{}{}", row(3, "¥3"), row(4, "¥4"));
    for list in [&north, &south, &north, &south] {
        reader.import(list).await.unwrap();
    }
    assert_eq!(reader.known, 4);
    let foreign = format!("{north}{}", row(5, "US$ 5"));
    let done = reader.import(&foreign).await.unwrap();
    assert_eq!(reasons(&done), [(4, "currency_mismatch")]);
    let request = reader.open(&north).await.unwrap();
    let decisions = ImportDecisions {
        in_full: true,
        ..ImportDecisions::default()
    };
    let request = ImportRequest {
        decisions,
        ..request
    };
    let draft = reader.world.app.update_import(request).await.unwrap();
    let stages: Vec<u64> = draft.files[0]
        .stages
        .iter()
        .map(|stage| stage.rows)
        .collect();
    assert_eq!(
        (draft.files[0].rows, stages),
        (2, vec![2]),
        "every line is in the lists again"
    );
}
