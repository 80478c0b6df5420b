//! Statements on paper, confirmations and the file for payroll, on a small demo company.

use std::process::Command;

use yeji_core::account::{Role, UserAccount};
use yeji_core::bonus_cycle::{BonusStep, BonusStepKind};
use yeji_core::calendar::Period;
use yeji_core::ids::{AccountId, BonusRunId, BonusStepId, PersonId};
use yeji_core::{Currency, Money};
use yeji_report::chart::Lang;
use yeji_store::ChangeKind;

use super::paper_error::PaperError;
use super::tests::always;
use crate::api::bonus::{BonusRun, GetStatement, RunBonus};
use crate::api::bonus_papers::{
    ConfirmStatement, ExportPayroll, ExportStatement, ExportStatements, GetPayroll,
    GetStatementConfirmation, ListStatementConfirmations, PayrollAmounts, PayrollColumn,
    PayrollColumns, PayrollProfile, PayrollProfileArgs, StatementStanding,
};
use crate::api::bonus_people::{AssignPlan, SavePlan};
use crate::api::goal_letter::ConfirmationState;
use crate::context::App;
use crate::demo::tests::demo_app;
use crate::error::{Error, Result};
use crate::host::no_progress;

fn q2() -> Period {
    "2026-Q2".parse().unwrap()
}

/// A demo company whose second quarter was run.
struct Company {
    folder: tempfile::TempDir,
    app: App,
    run: BonusRun,
}

impl Company {
    async fn new() -> Self {
        let (folder, app) = demo_app().await;
        let run = run(&app).await;
        Self { folder, app, run }
    }

    /// A step of the cycle, as the store has it.
    async fn step(&self, kind: BonusStepKind, run: Option<BonusRunId>, person: Option<PersonId>) {
        let app = &self.app;
        let step = BonusStep {
            id: BonusStepId(app.clock.new_id()),
            period: q2().to_string(),
            plan: "attainment-bands".to_owned(),
            kind,
            run,
            unit: None,
            person,
            on: None,
            reason: None,
            author: "hr".to_owned(),
            at: app.clock.now(),
        };
        let mut change = app.change(ChangeKind::BonusCycle, serde_json::json!({}));
        change.put.push(step.into());
        app.apply(change).await.unwrap();
    }

    /// As two people open a period again.
    async fn reopen(&self) {
        self.step(BonusStepKind::AskReopen, None, None).await;
        self.step(BonusStepKind::Reopen, None, None).await;
    }

    async fn approve(&self, run: &BonusRun, held: &[PersonId]) {
        self.step(BonusStepKind::Submit, run.id, None).await;
        for person in held {
            self.step(BonusStepKind::Hold, run.id, Some(*person)).await;
        }
        self.step(BonusStepKind::ApproveHr, run.id, None).await;
        self.step(BonusStepKind::ApprovePay, run.id, None).await;
    }

    /// The hands of the person of a statement.
    async fn as_person(&self, person: PersonId) -> App {
        let account = UserAccount {
            id: AccountId(self.app.clock.new_id()),
            name: "own".to_owned(),
            role: Role::Sales,
            person: Some(person),
            password_hash: String::new(),
            disabled: false,
            failures: 0,
            failed_at: None,
        };
        self.app.seeing_as(account).await.unwrap()
    }

    async fn standing(&self, person: PersonId) -> StatementStanding {
        let asked = GetStatementConfirmation {
            period: q2(),
            plan: None,
            person: Some(person),
        };
        self.app.get_statement_confirmation(asked).await.unwrap()
    }

    async fn newest_action(&self) -> String {
        let store = self.app.store().unwrap();
        let page = store.audit_entries(None, 1).await.unwrap();
        page.rows.into_iter().next().unwrap().action
    }
}

async fn run(app: &App) -> BonusRun {
    let args = RunBonus {
        period: q2(),
        preview: false,
        plan: None,
        people: None,
    };
    app.run_bonus(args, &|_| ()).await.unwrap()
}

fn confirm(hash: &str, person: Option<PersonId>, on_paper: bool) -> ConfirmStatement {
    ConfirmStatement {
        period: q2(),
        plan: None,
        person,
        hash: hash.to_owned(),
        on_paper,
    }
}

fn code(result: Result<StatementStanding>) -> &'static str {
    result.expect_err("refused").code()
}

fn payroll(format: &str, draft: bool, columns: Option<PayrollColumns>) -> ExportPayroll {
    ExportPayroll {
        period: q2(),
        plan: None,
        columns,
        format: format.to_owned(),
        draft,
        language: Lang::En,
    }
}

fn column(header: &str, field: &str, text: Option<&str>) -> PayrollColumn {
    PayrollColumn {
        header: header.to_owned(),
        field: field.to_owned(),
        text: text.map(str::to_owned),
    }
}

/// The words of a paper, or `None` (with a line that says so) where poppler is not installed.
pub(super) fn text_of(file: &std::path::Path) -> Option<String> {
    match Command::new("pdftotext").arg(file).arg("-").output() {
        Ok(output) => Some(String::from_utf8(output.stdout).unwrap()),
        Err(error) => {
            println!("skipped: pdftotext is not installed ({error})");
            None
        }
    }
}

#[tokio::test]
async fn of_several_plans_of_somebody_one_has_to_be_named() {
    let company = Company::new().await;
    let app = &company.app;
    let mut people = company.run.statements.iter().map(|one| one.person);
    let (both, one) = (people.next().unwrap(), people.next().unwrap());
    let base = yeji_bonus::ATTAINMENT_BANDS.to_owned();
    app.save_bonus_plan(always(base.clone())).await.unwrap();
    let other = SavePlan {
        plan: base.replace("attainment-bands", "other-bands"),
        from: None,
        everybody: Some(false),
    };
    app.save_bonus_plan(other).await.unwrap();
    let assigned = app.assign_plan(AssignPlan {
        assignment: None,
        plan: "other-bands".to_owned(),
        people: vec![both],
        unit: None,
        from: "2026-05-15".parse().unwrap(),
        to: None,
        target_bonus: None,
        preview: false,
    });
    assigned.await.unwrap();
    let second = app.run_bonus(
        RunBonus {
            period: q2(),
            preview: false,
            people: None,
            plan: Some("other-bands".to_owned()),
        },
        &no_progress,
    );
    second.await.unwrap();
    let standing = async |person, plan: Option<&str>| {
        let asked = app.get_statement_confirmation(GetStatementConfirmation {
            period: q2(),
            plan: plan.map(str::to_owned),
            person: Some(person),
        });
        asked.await.map(|standing| standing.plan)
    };
    let several = standing(both, None).await.unwrap_err();
    assert_eq!(several.code(), "statement_several_plans");
    assert_eq!(several.params()["plans"], "attainment-bands, other-bands");
    let named = standing(both, Some("other-bands")).await.unwrap();
    assert_eq!(named, "other-bands");
    // Somebody else's plan was run last.
    assert_eq!(standing(one, None).await.unwrap(), "attainment-bands");

    let statement = app.get_statement(GetStatement {
        period: q2(),
        person: both,
        preview: false,
        plan: None,
    });
    let export = ExportStatement {
        period: q2(),
        plan: None,
        person: Some(both),
        language: Lang::En,
    };
    let confirm = ConfirmStatement {
        period: q2(),
        plan: None,
        person: Some(both),
        hash: String::new(),
        on_paper: true,
    };
    let paper = company.folder.path().join("paper.pdf");
    for refused in [
        statement.await.map(drop),
        app.export_statement_to(&paper, export).await.map(drop),
        app.confirm_statement(confirm).await.map(drop),
    ] {
        assert_eq!(refused.unwrap_err().code(), "statement_several_plans");
    }
}

#[tokio::test]
async fn a_statement_is_printed_with_its_hash_and_as_a_draft_until_it_is_approved() {
    let company = Company::new().await;
    let shown = &company.run.statements[0];
    let file = company.folder.path().join("one.pdf");
    let export = async || {
        let args = ExportStatement {
            period: q2(),
            plan: None,
            person: Some(shown.person),
            language: Lang::En,
        };
        company.app.export_statement_to(&file, args).await.unwrap()
    };
    assert_eq!(export().await.files, ["one.pdf"]);
    assert_eq!(company.newest_action().await, "export.statement");
    let standing = company.standing(shown.person).await;
    assert!(!standing.approved && standing.row.state == ConfirmationState::Open);
    let Some(text) = text_of(&file) else { return };
    for word in [
        shown.name.as_str(),
        "Draft, not approved",
        "Bonus statement Q2 2026",
        standing.row.hash.as_str(),
        company.run.inputs_hash.as_str(),
        yeji_report::format::money_with_symbol(shown.payout).as_str(),
        "attainment-bands, version 1",
        "2026-04-01 to 2026-06-30",
    ] {
        assert!(text.contains(word), "{word} is not in:\n{text}");
    }
    company.approve(&company.run, &[]).await;
    export().await;
    let text = text_of(&file).unwrap();
    assert!(!text.contains("Draft") && text.contains("Approved to be paid"));
    assert_eq!(
        company.standing(shown.person).await.row.hash,
        standing.row.hash
    );
}

#[tokio::test]
async fn everybody_gets_a_file_of_what_the_asker_sees() {
    let company = Company::new().await;
    let folder = company.folder.path().join("all");
    let args = || ExportStatements {
        period: q2(),
        plan: None,
        language: Lang::ZhCn,
    };
    let written = company
        .app
        .export_statements_to(&folder, args(), &no_progress);
    assert_eq!(
        written.await.unwrap().files.len(),
        company.run.statements.len()
    );
    assert_eq!(company.newest_action().await, "export.statements");
    assert_eq!(
        std::fs::read_dir(&folder).unwrap().count(),
        company.run.statements.len(),
        "two of one name are two files"
    );
    let shown = &company.run.statements[0];
    let own = company.as_person(shown.person).await;
    let folder = company.folder.path().join("own");
    let written = own.export_statements_to(&folder, args(), &no_progress);
    assert_eq!(written.await.unwrap().files.len(), 1, "the own one");
    let other = ExportStatement {
        period: q2(),
        plan: None,
        person: Some(company.run.statements[1].person),
        language: Lang::En,
    };
    let refused = own.export_statement_to(&folder.join("x.pdf"), other).await;
    assert!(matches!(refused, Err(Error::Access(_))), "{refused:?}");
    assert!(!folder.join("x.pdf").exists());
}

#[tokio::test]
async fn cancelling_stops_the_writing() {
    let company = Company::new().await;
    let folder = company.folder.path().join("all");
    let app = company.app.clone();
    let stop = move |_| app.stop_tasks();
    let args = ExportStatements {
        period: q2(),
        plan: None,
        language: Lang::ZhCn,
    };
    let stopped = company.app.export_statements_to(&folder, args, &stop).await;
    assert!(matches!(stopped, Err(Error::Cancelled)), "{stopped:?}");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
}

#[tokio::test]
async fn its_person_confirms_exactly_the_approved_statement() {
    let company = Company::new().await;
    let shown = &company.run.statements[0];
    let (person, own) = (shown.person, company.as_person(shown.person).await);
    let hash = company.standing(person).await.row.hash;
    let early = own.confirm_statement(confirm(&hash, None, false)).await;
    assert_eq!(code(early), "statement_not_approved");
    company.approve(&company.run, &[]).await;
    let other = own.confirm_statement(confirm(&"0".repeat(64), None, false));
    assert_eq!(code(other.await), "statement_changed_meanwhile");
    let typed = own.confirm_statement(confirm("tomorrow", None, false));
    assert_eq!(code(typed.await), "statement_wrong_hash");
    let hr = confirm(&hash, Some(person), false);
    assert_eq!(
        code(company.app.confirm_statement(hr).await),
        "statement_not_own"
    );
    let paper = own.confirm_statement(confirm(&hash, None, true)).await;
    assert!(matches!(paper, Err(Error::Access(_))), "{paper:?}");

    let done = own.confirm_statement(confirm(&hash, None, false)).await;
    let done = done.unwrap().row;
    assert_eq!(done.state, ConfirmationState::Confirmed);
    assert!(!done.on_paper && done.confirmed_at == Some(company.app.clock.now()));
    assert_eq!(company.newest_action().await, "bonus.confirm");
    let again = own.confirm_statement(confirm(&hash, None, false)).await;
    assert_eq!(code(again), "statement_confirmed_already");

    // Another person's is written down by HR.
    let second = company.run.statements[1].person;
    let hash = company.standing(second).await.row.hash;
    let paper = company
        .app
        .confirm_statement(confirm(&hash, Some(second), true));
    assert!(paper.await.unwrap().row.on_paper);
    assert_eq!(company.newest_action().await, "bonus.confirm_paper");
    let list = ListStatementConfirmations {
        period: q2(),
        plan: None,
        state: None,
        offset: 0,
        limit: 400,
    };
    let all = company
        .app
        .list_statement_confirmations(list.clone())
        .await
        .unwrap();
    let people = u32::try_from(company.run.statements.len()).unwrap();
    assert_eq!(
        (all.confirmed, all.open, all.total),
        (2, people - 2, people)
    );
    let seen = own.list_statement_confirmations(list).await.unwrap();
    assert_eq!((seen.confirmed, seen.total), (1, 1));
}

#[tokio::test]
async fn a_confirmation_of_an_earlier_statement_is_none_of_the_new_one() {
    let company = Company::new().await;
    let person = company.run.statements[0].person;
    company.approve(&company.run, &[]).await;
    let hash = company.standing(person).await.row.hash;
    let paper = company
        .app
        .confirm_statement(confirm(&hash, Some(person), true));
    paper.await.unwrap();
    // The same numbers by the same input are the same statement, whichever run they are of.
    company.reopen().await;
    let again = run(&company.app).await;
    company.approve(&again, &[]).await;
    let now = company.standing(person).await;
    assert_eq!(
        (now.row.state, now.run),
        (ConfirmationState::Confirmed, again.id.unwrap())
    );
    // Another input is another statement.
    company.reopen().await;
    let plan = company
        .app
        .get_bonus_plan(crate::api::bonus_people::GetBonusPlan::default())
        .await
        .unwrap();
    let document = plan.document.replace("200%", "150%");
    let other = company.app.run_bonus_with(
        RunBonus {
            period: q2(),
            preview: false,
            plan: None,
            people: None,
        },
        Some(&document),
        false,
        &|_| (),
    );
    let other = other.await.unwrap().run;
    company.approve(&other, &[]).await;
    let now = company.standing(person).await;
    assert_eq!(now.row.state, ConfirmationState::Changed);
    assert_ne!(now.row.hash, hash);
}

#[tokio::test]
async fn payroll_pays_what_is_approved_and_nothing_of_those_who_wait() {
    let company = Company::new().await;
    let held = &company.run.statements[0];
    let file = company.folder.path().join("pay.csv");
    let early = company
        .app
        .export_payroll_to(&file, payroll("csv", false, None))
        .await;
    assert_eq!(early.unwrap_err().code(), "payroll_not_approved");
    assert!(!file.exists(), "nothing is written");
    company.approve(&company.run, &[held.person]).await;
    let written = company
        .app
        .export_payroll_to(&file, payroll("csv", false, None))
        .await;
    assert_eq!(written.unwrap().files, ["pay.csv", "pay.csv.about.txt"]);
    assert_eq!(company.newest_action().await, "export.payroll");

    let text = std::fs::read_to_string(&file).unwrap();
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let cells = |line: &str| -> Vec<String> {
        let cells = line.split(',');
        cells
            .map(|cell| cell.trim_matches('"').to_owned())
            .collect()
    };
    let heads = cells(lines.next().unwrap());
    assert!(!heads.contains(&"DRAFT".to_owned()));
    let at = heads.iter().position(|head| head == "Payout").unwrap();
    let rows: Vec<Vec<String>> = lines.map(cells).collect();
    assert_eq!(rows.len(), company.run.statements.len() - 1);
    assert!(!rows.iter().any(|row| row.contains(&held.name)));
    let sum: i64 = rows
        .iter()
        .map(|row| Money::parse_major(&row[at], Currency::CNY).unwrap().minor)
        .sum();
    let total = company.run.total.minor - held.payout.minor;
    assert_eq!(sum, total, "the rows are the run without who waits");
    let about = std::fs::read_to_string(company.folder.path().join("pay.csv.about.txt")).unwrap();
    let mark = company.app.audit_head().await.unwrap().unwrap();
    let amount = yeji_report::format::money_with_symbol(Money::new(total, Currency::CNY));
    for word in [
        &mark,
        &company.run.inputs_hash,
        &company.run.id.unwrap().to_string(),
        &held.name,
        &amount,
        &super::sha256(text.as_bytes()),
    ] {
        assert!(about.contains(word), "{word} is not in:\n{about}");
    }
}

#[tokio::test]
async fn a_draft_says_so_on_each_row() {
    let company = Company::new().await;
    let file = company.folder.path().join("pay.csv");
    let draft = company
        .app
        .export_payroll_to(&file, payroll("csv", true, None));
    draft.await.unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let rows = text.lines().skip(1).count();
    assert_eq!(text.matches("draft, not approved").count(), rows);
    assert!(text.lines().next().unwrap().ends_with("\"DRAFT\""));
}

#[tokio::test]
async fn columns_are_those_that_were_asked_for() {
    let company = Company::new().await;
    company.approve(&company.run, &[]).await;
    let code = company
        .app
        .get_bonus_plan(crate::api::bonus_people::GetBonusPlan::default())
        .await
        .unwrap();
    let plan = yeji_bonus::read_plan(&code.plan).unwrap();
    let component = format!("component:{}", plan.components[0].code);
    let columns = PayrollColumns {
        amounts: PayrollAmounts::Minor,
        columns: vec![
            column("=cmd()", "text", Some("=cmd()|' /C calc'!A0")),
            column("基数", "target_bonus", None),
            column("合计", "payout", None),
            column("部分", &component, None),
            column("调整", "adjustments", None),
        ],
    };
    let asked = GetPayroll {
        period: q2(),
        plan: None,
        columns: Some(columns.clone()),
        language: Lang::ZhCn,
    };
    let view = company.app.get_payroll(asked.clone()).await.unwrap();
    assert!(view.approved && view.problems.is_empty());
    assert_eq!(view.total, company.run.total);
    assert!(
        view.fields
            .iter()
            .any(|one| one.field == component && one.name_en.is_some())
    );
    for row in &view.rows {
        assert_eq!(row[0], "=cmd()|' /C calc'!A0", "as it is in the workbook");
        assert_eq!(row[2], row[3], "one component makes the payout");
        assert!(row[2].parse::<i64>().is_ok(), "in cents: {}", row[2]);
        assert_eq!(row[4], "0");
    }
    let file = company.folder.path().join("pay.csv");
    let export = payroll("csv", false, Some(columns.clone()));
    company.app.export_payroll_to(&file, export).await.unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("\"'=cmd()|"),
        "no spreadsheet runs it:\n{text}"
    );
    assert!(!text.contains("\"=cmd()"), "{text}");

    let mut wrong = columns;
    wrong.columns[3].field = "component:gone".to_owned();
    let refused = payroll("xlsx", false, Some(wrong.clone()));
    let refused = company.app.export_payroll_to(&file, refused).await;
    assert!(
        matches!(
            refused,
            Err(Error::Paper(PaperError::PayrollColumn {
                column: 4,
                problem: "unknown_component",
                ..
            }))
        ),
        "{refused:?}"
    );
    let columns = Some(wrong);
    let view = company
        .app
        .get_payroll(GetPayroll { columns, ..asked })
        .await
        .unwrap();
    assert_eq!(view.problems[0].column, Some(3));
    assert!(view.rows.is_empty());
}

#[tokio::test]
async fn columns_are_kept_under_a_name() {
    let company = Company::new().await;
    let columns = PayrollColumns {
        amounts: PayrollAmounts::Decimal,
        columns: vec![column("Nr", "staff_number", None)],
    };
    let profile = PayrollProfile {
        name: " SAP ".to_owned(),
        columns: columns.clone(),
    };
    let kept = company.app.save_payroll_profile(profile).await.unwrap();
    assert_eq!(kept[0].name, "SAP");
    let name = || PayrollProfileArgs {
        name: "SAP".to_owned(),
    };
    let asked = GetPayroll {
        period: q2(),
        plan: None,
        columns: None,
        language: Lang::En,
    };
    let view = company.app.get_payroll(asked).await.unwrap();
    assert_eq!(view.profiles[0].columns, columns);
    company.app.remove_payroll_profile(name()).await.unwrap();
    let gone = company.app.remove_payroll_profile(name()).await;
    assert_eq!(gone.unwrap_err().code(), "not_found");
}
