//! The table of use cases that the window may call. Handler, permission and TypeScript follow from it.
//!
//! A line is `name(Arguments) -> Result;`; under `long` the use case also reports progress. The shell
//! makes a Tauri command of each, [`crate::typescript`] the client's types and the permission file.

/// Hands the table to another macro.
#[macro_export]
macro_rules! for_each_command {
    ($callback:ident) => {
        $callback! {
            short {
                // settings
                get_status($crate::api::NoArgs) -> $crate::api::settings::Status;
                set_preferences($crate::api::settings::Preferences) -> $crate::api::settings::Preferences;
                rename_company($crate::api::settings::RenameCompany) -> $crate::api::settings::Status;
                verify_store($crate::api::NoArgs) -> $crate::api::settings::VerifyResult;
                list_target_bonuses($crate::api::NoArgs) -> Vec<$crate::api::settings::TargetBonusRow>;
                set_target_bonuses($crate::api::settings::SetTargetBonuses) -> Vec<$crate::api::settings::TargetBonusRow>;
                cancel_task($crate::api::NoArgs) -> ();
                // keys
                create_store($crate::api::keys::CreateStore) -> $crate::api::settings::Status;
                unlock_store($crate::api::keys::UnlockStore) -> $crate::api::settings::Status;
                get_key_state($crate::api::NoArgs) -> $crate::api::keys::KeyState;
                set_passphrase($crate::api::keys::SetPassphrase) -> $crate::api::keys::KeyState;
                make_recovery_code($crate::api::keys::MakeRecoveryCode) -> $crate::api::keys::RecoveryCode;
                hand_over($crate::api::keys::HandOver) -> $crate::api::keys::RecoveryCode;
                lock_app($crate::api::NoArgs) -> $crate::api::settings::Status;
                set_lock($crate::api::keys::SetLock) -> $crate::api::settings::Status;
                // keeping
                backup_store($crate::api::NoArgs) -> $crate::api::settings::BackupResult;
                get_backup_state($crate::api::NoArgs) -> $crate::api::keeping::BackupState;
                set_backup_settings($crate::api::keeping::BackupSettings) -> $crate::api::keeping::BackupState;
                pick_backup($crate::api::NoArgs) -> Option<$crate::api::keeping::PickedBackup>;
                restore_store($crate::api::keeping::RestoreStore) -> $crate::api::keeping::RestoredStore;
                list_stores($crate::api::NoArgs) -> Vec<$crate::api::keeping::KnownStore>;
                switch_store($crate::api::keeping::SwitchStore) -> $crate::api::settings::Status;
                pick_store($crate::api::NoArgs) -> Option<$crate::api::settings::Status>;
                // organisation
                get_organisation($crate::api::NoArgs) -> $crate::api::organisation::OrganisationTree;
                // data
                pick_import_files($crate::api::data::PickImportFiles) -> Option<$crate::api::data::ImportDraft>;
                update_import($crate::api::data::ImportRequest) -> $crate::api::data::ImportDraft;
                save_template($crate::api::data::TemplateArgs) -> $crate::api::reports::ExportResult;
                list_facts($crate::api::data::ListFacts) -> $crate::api::data::FactPage;
                list_mappings($crate::api::NoArgs) -> Vec<$crate::api::data::MappingInfo>;
                export_mapping($crate::api::data::MappingArgs) -> $crate::api::reports::ExportResult;
                get_reconciliation($crate::api::NoArgs) -> Vec<$crate::api::data::ReconciliationRow>;
                list_batches($crate::api::NoArgs) -> Vec<$crate::api::data::BatchInfo>;
                undo_batch($crate::api::data::BatchArgs) -> $crate::api::data::UndoResult;
                list_rejected($crate::api::data::ListRejected) -> $crate::api::data::RejectedPage;
                export_rejected($crate::api::data::BatchArgs) -> $crate::api::reports::ExportResult;
                // history
                list_changes($crate::api::history::ListChanges) -> $crate::api::history::ChangePage;
                get_change($crate::api::history::GetChange) -> $crate::api::history::ChangeView;
                list_history($crate::api::history::ListHistory) -> $crate::api::history::HistoryPage;
                list_goal_history($crate::api::history::ListGoalHistory) -> Vec<$crate::api::history::GoalHistoryLine>;
                restore_value($crate::api::history::RestoreValue) -> $crate::api::history::Restored;
                get_last_action($crate::api::NoArgs) -> Option<$crate::api::history::ChangeInfo>;
                undo_change($crate::api::history::UndoChange) -> $crate::api::history::ChangeUndone;
                redo_change($crate::api::NoArgs) -> $crate::api::history::ChangeUndone;
                list_audit($crate::api::history::ListAudit) -> $crate::api::history::AuditPage;
                export_audit($crate::api::NoArgs) -> $crate::api::reports::ExportResult;
                check_head($crate::api::history::CheckHead) -> $crate::api::settings::VerifyResult;
                // performance
                get_dashboard($crate::api::performance::GetDashboard) -> $crate::api::performance::Dashboard;
                list_records($crate::api::performance::Drill) -> $crate::api::performance::Records;
                get_kpi($crate::api::performance::GetKpi) -> $crate::api::performance::KpiTable;
                // goals
                get_goal_years($crate::api::NoArgs) -> $crate::api::goals::GoalYears;
                set_goal($crate::api::goals::SetGoal) -> $crate::api::goals::GoalTree;
                split_goal($crate::api::goals::SplitGoal) -> $crate::api::goals::GoalTree;
                get_goal($crate::api::goals::GetGoal) -> $crate::api::goals::GoalTree;
                get_goal_weeks($crate::api::goals::GetGoalWeeks) -> Vec<$crate::api::goals::GoalNode>;
                // bonus
                get_bonus_plan($crate::api::NoArgs) -> $crate::api::bonus::BonusPlanView;
                check_bonus_plan($crate::api::bonus::BonusPlanSettings) -> $crate::api::bonus::BonusPlanView;
                save_bonus_plan($crate::api::bonus::BonusPlanSettings) -> $crate::api::bonus::BonusPlanView;
                list_bonus_runs($crate::api::NoArgs) -> $crate::api::bonus::BonusRuns;
                get_bonus_run($crate::api::bonus::GetBonusRun) -> Option<$crate::api::bonus::BonusRun>;
                run_bonus($crate::api::bonus::RunBonus) -> $crate::api::bonus::BonusRun;
                get_statement($crate::api::bonus::GetStatement) -> $crate::api::bonus::StatementView;
            }
            long {
                create_demo($crate::api::settings::CreateDemo) -> $crate::api::settings::Status;
                preview_import($crate::api::data::ImportRequest) -> $crate::api::data::ImportPreview;
                commit_import($crate::api::data::ImportRequest) -> $crate::api::data::ImportPreview;
                export_dashboard($crate::api::reports::ExportDashboard) -> $crate::api::reports::ExportResult;
            }
        }
    };
}
