//! Each use case is really called as each role: what is let through is what the matrix says.

use yeji_core::account::Role;
use yeji_core::calendar::CalendarRule;
use yeji_core::ids::{AccountId, BatchId, ChangeId};
use yeji_core::metric::GoalMetric;
use yeji_report::chart::Lang;

use super::{House, password};
use crate::access::{AccessError, Right, USE_CASES, UseCase, may};
use crate::api::accounts::{
    AddAccount, ChangePassword, Password, Policies, ResetPassword, SetAccountDisabled,
    SetAccountRole, SignIn,
};
use crate::api::bonus::{GetBonusRun, GetStatement, PlanDraft, RunBonus};
use crate::api::bonus_people::{GetBonusPlan, SavePlan};
use crate::api::calendar::{AddHolidays, BuiltInHolidays, GetCalendar, SetCalendar};
use crate::api::data::{BatchArgs, ImportDecisions, ImportRequest, ListRejected, PickImportFiles};
use crate::api::goals::{GetGoal, GetGoalWeeks, GetGoalYears, SetGoal, SplitGoal, SplitRule};
use crate::api::history::{
    CheckHead, GetChange, ListAudit, ListChanges, ListGoalHistory, ListHistory, RestoreValue,
    UndoChange,
};
use crate::api::keeping::{BackupSettings, RestoreStore, SwitchStore};
use crate::api::keys::{
    CreateStore, HandOver, MakeRecoveryCode, SetLock, SetPassphrase, UnlockStore,
};
use crate::api::reports::ExportDashboard;
use crate::api::settings::{CreateDemo, Preferences, RenameCompany, SetTargetBonuses};
use crate::api::{NoArgs, Scope};
use crate::data::OpenImport;
use crate::error::{Error, Result};
use crate::host::no_progress;
use crate::keys::Secret;

#[tokio::test]
async fn what_each_role_may_call_is_what_the_matrix_says() {
    let house = House::new().await;
    house.act_as(Some(Role::Hr));
    let run = RunBonus {
        period: "2026-Q2".parse().unwrap(),
        plan: None,
        preview: false,
        people: None,
    };
    house.desk.run_bonus(run, &|_| ()).await.unwrap();
    for role in Role::ALL {
        for use_case in USE_CASES.concat() {
            house.act_as(Some(role));
            let person = match role {
                Role::Manager => house.leader,
                _ => house.seller,
            };
            let result = Box::pin(call(&house, use_case.name, person)).await;
            let declared = may(role, use_case.right, Policies::default());
            check(&use_case, role, declared, result);
        }
    }
}

fn check(use_case: &UseCase, role: Role, declared: bool, result: Result<()>) {
    let UseCase { name, right } = use_case;
    match result {
        Err(Error::Access(AccessError::RightMissing {
            right: missing,
            roles,
            ..
        })) => {
            assert!(
                !declared,
                "{role:?} may call {name}, but was refused {missing:?}"
            );
            assert_eq!(missing, *right, "{name} names the right that is missing");
            assert_eq!(roles, right.roles(), "{name} names who has it");
        }
        Err(Error::Access(AccessError::SignInNeeded)) => panic!("{role:?} is signed in: {name}"),
        // Allowed, and then refused or failed for another reason (no such batch, no dialog).
        Ok(()) | Err(_) => assert!(declared, "{role:?} must not call {name}"),
    }
}

#[tokio::test]
async fn without_signing_in_there_is_only_the_state_and_the_door() {
    let house = House::new().await;
    for use_case in USE_CASES.concat() {
        house.act_as(None);
        let result = Box::pin(call(&house, use_case.name, house.seller)).await;
        let refused = matches!(result, Err(Error::Access(AccessError::SignInNeeded)));
        assert_eq!(
            refused,
            use_case.right != Right::Nothing,
            "{}",
            use_case.name
        );
    }
    house.act_as(None);
    let status = house.desk.get_status(NoArgs {}).await.unwrap();
    assert_eq!(status.company, None, "who is not signed in learns nothing");
    assert_eq!((status.data_up_to, status.signed_in), (None, None));
}

/// Calls a use case with an example of its argument. One that is not here fails the test.
async fn call(house: &House, name: &str, person: yeji_core::ids::PersonId) -> Result<()> {
    let desk = &house.desk;
    let period = "2026-Q2".parse().unwrap();
    let batch = BatchId(uuid::Uuid::nil());
    let change = ChangeId(uuid::Uuid::nil());
    // Nobody's: a change of it is refused for another reason, and leaves the accounts of the test.
    let account = AccountId(uuid::Uuid::nil());
    let scope = Scope { unit: None, period };
    let goal = GetGoal {
        metric: GoalMetric::WonAmount,
        year: 2026,
    };
    let statement = GetStatement {
        period,
        person,
        plan: None,
        preview: false,
    };
    let split = SplitGoal {
        metric: GoalMetric::WonAmount,
        year: 2026,
        rule: SplitRule::Equal,
        preview: true,
    };
    let import = || ImportRequest {
        session: "none".to_owned(),
        decisions: ImportDecisions::default(),
    };
    let export = ExportDashboard {
        scope: scope.clone(),
        formats: vec!["svg".to_owned()],
        language: Lang::En,
        board: None,
    };
    let plan = PlanDraft {
        plan: yeji_bonus::ATTAINMENT_BANDS.to_owned(),
    };
    let save = SavePlan {
        plan: plan.plan.clone(),
        from: None,
        everybody: None,
    };
    let run = RunBonus {
        period,
        plan: None,
        preview: true,
        people: None,
    };
    // Too short to be taken.
    let secret = || Secret::new("short".to_owned());
    let passphrase = SetPassphrase {
        current: None,
        new: secret(),
    };
    match name {
        "get_status" => desk.get_status(NoArgs {}).await.map(drop),
        "set_preferences" => desk.set_preferences(Preferences::default()).await.map(drop),
        "rename_company" => {
            let name = "Example".to_owned();
            desk.rename_company(RenameCompany { name }).await.map(drop)
        }
        "get_calendar" => desk.get_calendar(GetCalendar::default()).await.map(drop),
        "set_calendar" => {
            let args = SetCalendar {
                rule: CalendarRule::default(),
                holidays: BuiltInHolidays::China,
            };
            desk.set_calendar(args).await.map(drop)
        }
        "add_holidays" => {
            let (days, replace) = (Vec::new(), false);
            desk.add_holidays(AddHolidays { days, replace })
                .await
                .map(drop)
        }
        "backup_store" => desk.backup_store(NoArgs {}).await.map(drop),
        "verify_store" => desk.verify_store(NoArgs {}).await.map(drop),
        "list_target_bonuses" => desk.list_target_bonuses(NoArgs {}).await.map(drop),
        "set_target_bonuses" => {
            let args = SetTargetBonuses {
                people: vec![person],
                per_quarter: "1".to_owned(),
                from: "2026-01-01".parse().unwrap(),
            };
            desk.set_target_bonuses(args).await.map(drop)
        }
        "cancel_task" => desk.cancel_task(NoArgs {}).await,
        "sign_in" => {
            let args = SignIn {
                name: "hr".to_owned(),
                password: password(),
            };
            desk.sign_in(args).await.map(drop)
        }
        "sign_out" => desk.sign_out(NoArgs {}).await.map(drop),
        "change_password" => {
            let args = ChangePassword {
                old: Password("wrong".to_owned()),
                new: password(),
            };
            desk.change_password(args).await
        }
        "list_accounts" => desk.list_accounts(NoArgs {}).await.map(drop),
        "add_account" => {
            let args = AddAccount {
                name: "hr".to_owned(),
                role: Role::Hr,
                person: None,
                password: password(),
            };
            desk.add_account(args).await.map(drop)
        }
        "set_account_role" => {
            let args = SetAccountRole {
                account,
                role: Role::Hr,
                person: None,
            };
            desk.set_account_role(args).await.map(drop)
        }
        "reset_password" => {
            let args = ResetPassword {
                account,
                password: password(),
            };
            desk.reset_password(args).await.map(drop)
        }
        "set_account_disabled" => {
            let args = SetAccountDisabled {
                account,
                disabled: true,
            };
            desk.set_account_disabled(args).await.map(drop)
        }
        "get_policies" => desk.get_policies(NoArgs {}).await.map(drop),
        "set_policies" => desk.set_policies(Policies::default()).await.map(drop),
        "get_organisation" => desk.get_organisation(NoArgs {}).await.map(drop),
        "pick_import_files" => {
            let args = PickImportFiles {
                folder: false,
                profile: None,
            };
            desk.pick_import_files(args).await.map(drop)
        }
        "update_import" => desk.update_import(import()).await.map(drop),
        "preview_import" => desk.preview_import(import(), &no_progress).await.map(drop),
        "commit_import" => desk.commit_import(import(), &no_progress).await.map(drop),
        "list_batches" => desk.list_batches(NoArgs {}).await.map(drop),
        "list_later_imports" => desk.list_later_imports(BatchArgs { batch }).await.map(drop),
        "undo_batch" => desk.undo_batch(batch.into()).await.map(drop),
        "list_rejected" => {
            let args = ListRejected {
                batch,
                offset: 0,
                counted: None,
            };
            desk.list_rejected(args).await.map(drop)
        }
        "export_rejected" => desk.export_rejected(BatchArgs { batch }).await.map(drop),
        "get_goal_years" => desk.get_goal_years(GetGoalYears::default()).await.map(drop),
        "set_goal" => {
            let args = SetGoal {
                metric: GoalMetric::WonAmount,
                year: 2030,
                amount: "1".to_owned(),
            };
            desk.set_goal(args).await.map(drop)
        }
        "split_goal" => desk.split_goal(split).await.map(drop),
        "split_goal_with" => desk.split_goal_with(split).await.map(drop),
        "get_goal" => desk.get_goal(goal).await.map(drop),
        "get_goal_nodes" => desk.get_goal_nodes(goal).await.map(drop),
        "get_goal_weeks" => {
            let args = GetGoalWeeks {
                metric: GoalMetric::WonAmount,
                year: 2026,
                unit: house.seller.to_string(),
            };
            desk.get_goal_weeks(args).await.map(drop)
        }
        "get_bonus_plan" => desk.get_bonus_plan(GetBonusPlan::default()).await.map(drop),
        "check_bonus_plan" => desk.check_bonus_plan(plan).await.map(drop),
        "preview_bonus_plan" => desk.preview_bonus_plan(save).await.map(drop),
        "save_bonus_plan" => desk.save_bonus_plan(save).await.map(drop),
        "list_bonus_templates" => desk.list_bonus_templates(NoArgs {}).await.map(drop),
        "list_bonus_runs" => desk.list_bonus_runs(NoArgs {}).await.map(drop),
        "get_bonus_run" => desk
            .get_bonus_run(GetBonusRun { period, plan: None })
            .await
            .map(drop),
        "run_bonus" => desk.run_bonus(run, &|_| ()).await.map(drop),
        "run_bonus_with" => desk
            .run_bonus_with(run, None, false, &|_| ())
            .await
            .map(drop),
        "get_statement" => desk.get_statement(statement).await.map(drop),
        "copy_statement" => desk.copy_statement(statement).await,
        "create_demo" => {
            let args = CreateDemo {
                people: 5,
                deals: 1,
                years: 1,
                seed: 1,
                until: None,
            };
            desk.create_demo(args, &no_progress).await.map(drop)
        }
        "list_changes" => {
            let args = ListChanges {
                kinds: Vec::new(),
                author: None,
                cursor: None,
            };
            desk.list_changes(args).await.map(drop)
        }
        "get_change" => desk.get_change(GetChange { change }).await.map(drop),
        "list_history" => {
            let args = ListHistory {
                entity: "person".to_owned(),
                id: house.seller.0,
                cursor: None,
            };
            desk.list_history(args).await.map(drop)
        }
        "list_goal_history" => {
            let args = ListGoalHistory {
                metric: GoalMetric::WonAmount,
                year: 2026,
                unit: house.seller.to_string(),
            };
            desk.list_goal_history(args).await.map(drop)
        }
        "restore_value" => {
            let args = RestoreValue {
                change,
                entity: "person".to_owned(),
                id: house.seller.0,
                field: "name".to_owned(),
                preview: true,
            };
            desk.restore_value(args).await.map(drop)
        }
        "get_last_action" => desk.get_last_action(NoArgs {}).await.map(drop),
        "last_own_change" => desk.last_own_change().await.map(drop),
        "undo_change" => {
            let change = Some(change);
            desk.undo_change(UndoChange {
                change,
                ..UndoChange::default()
            })
            .await
            .map(drop)
        }
        "redo_change" => desk.redo_change(NoArgs {}).await.map(drop),
        "list_audit" => {
            let args = ListAudit {
                action: None,
                actor: None,
                cursor: None,
            };
            desk.list_audit(args).await.map(drop)
        }
        "export_metric" => desk.export_metric(export_of_metric()).await.map(drop),
        "export_metric_to" => {
            let file = house.folder.path().join("metric.csv");
            desk.export_metric_to(&file, export_of_metric())
                .await
                .map(drop)
        }
        "export_audit" => desk.export_audit(NoArgs {}).await.map(drop),
        "check_head" => {
            let head = "none".to_owned();
            desk.check_head(CheckHead { head }).await.map(drop)
        }
        "audit_head" => desk.audit_head().await.map(drop),
        "audit_csv" => desk.audit_csv().await.map(drop),
        "export_dashboard" => desk.export_dashboard(export, &no_progress).await.map(drop),
        "export_dashboard_to" => {
            let folder = house.folder.path().join("reports");
            desk.export_dashboard_to(&folder, export, &no_progress)
                .await
                .map(drop)
        }
        "backup_to" => {
            let file = house.folder.path().join("copy.yejibackup");
            desk.backup_to(&file).await
        }
        "open_import" => desk.open_import(OpenImport::default()).await.map(drop),
        "rejected_book" => desk
            .rejected_book(batch, &|reason| reason.code.clone())
            .await
            .map(drop),
        // What opens and replaces stores: each of these is let through and then refused by its own rule.
        "create_store" => {
            let args = CreateStore {
                passphrase: None,
                plain: true,
            };
            desk.create_store(args).await.map(drop)
        }
        "unlock_store" => {
            let args = UnlockStore {
                secret: secret(),
                remember: false,
            };
            desk.unlock_store(args).await.map(drop)
        }
        "lock_app" => desk.lock_app(NoArgs {}).await.map(drop),
        "set_lock" => desk.set_lock(SetLock { minutes: None }).await.map(drop),
        "get_key_state" => desk.get_key_state(NoArgs {}).await.map(drop),
        "set_passphrase" => desk.set_passphrase(passphrase).await.map(drop),
        "change_passphrase" => desk.change_passphrase(passphrase, false).await.map(drop),
        "make_recovery_code" => {
            let args = MakeRecoveryCode { current: None };
            desk.make_recovery_code(args).await.map(drop)
        }
        "hand_over" => {
            let args = HandOver {
                current: None,
                new: secret(),
            };
            desk.hand_over(args).await.map(drop)
        }
        "remember_key" => desk.remember_key().await,
        "forget_key" => desk.forget_key().await,
        "get_backup_state" => desk.get_backup_state(NoArgs {}).await.map(drop),
        "set_backup_settings" => {
            let args = BackupSettings::default();
            desk.set_backup_settings(args).await.map(drop)
        }
        "pick_backup" => desk.pick_backup(NoArgs {}).await.map(drop),
        "restore_store" => {
            let args = RestoreStore {
                secret: None,
                plain: false,
                replace: false,
            };
            desk.restore_store(args).await.map(drop)
        }
        "list_stores" => desk.list_stores(NoArgs {}).await.map(drop),
        "switch_store" => {
            let path = "a store that was never opened".to_owned();
            desk.switch_store(SwitchStore { path }).await.map(drop)
        }
        "pick_store" => desk.pick_store(NoArgs {}).await.map(drop),
        other => Box::pin(elsewhere(house, other, person)).await,
    }
}

/// The use cases of other subjects, each a future of its own: all in one are too large for a thread's stack.
async fn elsewhere(house: &House, name: &str, person: yeji_core::ids::PersonId) -> Result<()> {
    let desk = &house.desk;
    if let Some(result) = Box::pin(super::data_calls::call(house, name)).await {
        return result;
    }
    if let Some(result) = Box::pin(super::personal_calls::call(house, name, person)).await {
        return result;
    }
    if let Some(result) = Box::pin(super::performance_calls::call(desk, name)).await {
        return result;
    }
    if let Some(result) = Box::pin(super::bonus_calls::call(desk, name, person)).await {
        return result;
    }
    if let Some(result) = Box::pin(super::round_calls::call(desk, name, person)).await {
        return result;
    }
    if let Some(result) = Box::pin(super::paper_calls::call(desk, name, person)).await {
        return result;
    }
    if let Some(result) = Box::pin(super::scorecard_calls::call(desk, name, person)).await {
        return result;
    }
    if let Some(result) = Box::pin(super::bonus_people_calls::call(house, name, person)).await {
        return result;
    }
    if let Some(result) = Box::pin(super::bonus_if_calls::call(house, name, person)).await {
        return result;
    }
    match Box::pin(super::goal_calls::call(desk, name)).await {
        Some(result) => result,
        None => panic!("`{name}` has no example argument: add one"),
    }
}

fn export_of_metric() -> crate::api::reports::ExportMetric {
    crate::api::reports::ExportMetric {
        question: crate::api::boards::ViewQuestion {
            form: crate::api::boards::Form::Bars,
            metric: "won_amount".to_owned(),
            by: None,
            grain: Some(crate::api::kpi::Grain::Month),
            compare: None,
            filter: None,
            limit: None,
        },
        from: "2026-01-01".parse().unwrap(),
        to: "2026-04-01".parse().unwrap(),
        unit: None,
        format: "csv".to_owned(),
        language: yeji_report::chart::Lang::En,
    }
}
