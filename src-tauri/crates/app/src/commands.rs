//! The tables of use cases: their names, what they take and give, and the right that each one needs.
//!
//! A line is `name(Arguments) -> Result, needs Right;` ([`crate::access::Right`]); under `long` the use
//! case also reports progress. [`crate::access::Desk`] gets a method of each that checks the right. The
//! shell makes a Tauri command of each line of [`for_each_command`], [`crate::typescript`] the client's
//! types and the permission file.

/// Hands the table of use cases that the window may call to another macro.
#[macro_export]
macro_rules! for_each_command {
    ($callback:ident) => {
        $callback! {
            short {
                // settings
                get_status($crate::api::NoArgs) -> $crate::api::settings::Status, needs Nothing;
                set_preferences($crate::api::settings::Preferences) -> $crate::api::settings::Preferences, needs OwnAccount;
                rename_company($crate::api::settings::RenameCompany) -> $crate::api::settings::Status, needs EditCompany;
                get_calendar($crate::api::calendar::GetCalendar) -> $crate::api::calendar::CalendarView, needs SeeOwnResults;
                set_calendar($crate::api::calendar::SetCalendar) -> $crate::api::calendar::CalendarView, needs EditCompany;
                add_holidays($crate::api::calendar::AddHolidays) -> $crate::api::calendar::CalendarView, needs EditCompany;
                backup_store($crate::api::NoArgs) -> $crate::api::settings::BackupResult, needs BackUp;
                verify_store($crate::api::NoArgs) -> $crate::api::settings::VerifyResult, needs Verify;
                list_target_bonuses($crate::api::NoArgs) -> Vec<$crate::api::settings::TargetBonusRow>, needs SeeOwnPay;
                set_target_bonuses($crate::api::settings::SetTargetBonuses) -> Vec<$crate::api::settings::TargetBonusRow>, needs SetTargetBonuses;
                cancel_task($crate::api::NoArgs) -> (), needs OwnAccount;
                // accounts
                sign_in($crate::api::accounts::SignIn) -> $crate::api::settings::Status, needs Nothing;
                sign_out($crate::api::NoArgs) -> $crate::api::settings::Status, needs Nothing;
                change_password($crate::api::accounts::ChangePassword) -> (), needs OwnAccount;
                list_accounts($crate::api::NoArgs) -> Vec<$crate::api::accounts::AccountRow>, needs SeeAccounts;
                add_account($crate::api::accounts::AddAccount) -> Vec<$crate::api::accounts::AccountRow>, needs ManageAccounts;
                set_account_role($crate::api::accounts::SetAccountRole) -> Vec<$crate::api::accounts::AccountRow>, needs ManageAccounts;
                reset_password($crate::api::accounts::ResetPassword) -> Vec<$crate::api::accounts::AccountRow>, needs ManageAccounts;
                set_account_disabled($crate::api::accounts::SetAccountDisabled) -> Vec<$crate::api::accounts::AccountRow>, needs ManageAccounts;
                get_policies($crate::api::NoArgs) -> $crate::api::accounts::Policies, needs SeeAccounts;
                set_policies($crate::api::accounts::Policies) -> $crate::api::accounts::Policies, needs EditCompany;
                // keys
                create_store($crate::api::keys::CreateStore) -> $crate::api::settings::Status, needs Nothing;
                unlock_store($crate::api::keys::UnlockStore) -> $crate::api::settings::Status, needs Nothing;
                get_key_state($crate::api::NoArgs) -> $crate::api::keys::KeyState, needs ManageKeys;
                set_passphrase($crate::api::keys::SetPassphrase) -> $crate::api::keys::KeyState, needs ManageKeys;
                make_recovery_code($crate::api::keys::MakeRecoveryCode) -> $crate::api::keys::RecoveryCode, needs ManageKeys;
                hand_over($crate::api::keys::HandOver) -> $crate::api::keys::RecoveryCode, needs ManageKeys;
                lock_app($crate::api::NoArgs) -> $crate::api::settings::Status, needs Nothing;
                set_lock($crate::api::keys::SetLock) -> $crate::api::settings::Status, needs EditCompany;
                // keeping
                get_backup_state($crate::api::NoArgs) -> $crate::api::keeping::BackupState, needs BackUp;
                set_backup_settings($crate::api::keeping::BackupSettings) -> $crate::api::keeping::BackupState, needs BackUp;
                pick_backup($crate::api::NoArgs) -> Option<$crate::api::keeping::PickedBackup>, needs Restore;
                restore_store($crate::api::keeping::RestoreStore) -> $crate::api::keeping::RestoredStore, needs Restore;
                list_stores($crate::api::NoArgs) -> Vec<$crate::api::keeping::KnownStore>, needs Nothing;
                switch_store($crate::api::keeping::SwitchStore) -> $crate::api::settings::Status, needs Nothing;
                pick_store($crate::api::NoArgs) -> Option<$crate::api::settings::Status>, needs Nothing;
                // personal files
                list_personal_files($crate::api::NoArgs) -> Vec<$crate::api::personal::PersonalFileRow>, needs SeeAudit;
                export_personal_file($crate::api::personal::ExportPersonalFile) -> Option<$crate::api::personal::ExportedPersonalFile>, needs PersonalFiles;
                send_back($crate::api::NoArgs) -> Option<$crate::api::personal::SentBack>, needs EnterFollowUps;
                pick_return($crate::api::NoArgs) -> Option<$crate::api::personal::ReturnPreview>, needs PersonalFiles;
                import_return($crate::api::NoArgs) -> $crate::api::personal::TakenIn, needs PersonalFiles;
                // follow-ups
                list_follow_ups($crate::api::follow_up::ListFollowUps) -> $crate::api::follow_up::FollowUps, needs SeeOwnResults;
                add_interaction($crate::api::follow_up::AddInteraction) -> $crate::api::follow_up::FollowUps, needs EnterFollowUps;
                add_next_step($crate::api::follow_up::AddNextStep) -> $crate::api::follow_up::FollowUps, needs EnterFollowUps;
                list_feedback($crate::api::NoArgs) -> Vec<$crate::api::follow_up::FeedbackRow>, needs SeeOwnResults;
                add_feedback($crate::api::follow_up::AddFeedback) -> Vec<$crate::api::follow_up::FeedbackRow>, needs EnterFollowUps;
                // organisation
                get_organisation($crate::api::NoArgs) -> $crate::api::organisation::OrganisationTree, needs SeeOrganisation;
                // data
                pick_import_files($crate::api::data::PickImportFiles) -> Option<$crate::api::data::ImportDraft>, needs ImportData;
                update_import($crate::api::data::ImportRequest) -> $crate::api::data::ImportDraft, needs ImportData;
                list_batches($crate::api::NoArgs) -> Vec<$crate::api::data::BatchInfo>, needs SeeImports;
                list_later_imports($crate::api::data::BatchArgs) -> Vec<$crate::api::data::LaterImport>, needs SeeImports;
                undo_batch($crate::api::data::UndoBatch) -> $crate::api::data::UndoResult, needs UndoImports;
                list_rejected($crate::api::data::ListRejected) -> $crate::api::data::RejectedPage, needs SeeImports;
                export_rejected($crate::api::data::BatchArgs) -> $crate::api::reports::ExportResult, needs SeeImports;
                save_template($crate::api::data::TemplateArgs) -> $crate::api::reports::ExportResult, needs ImportData;
                list_facts($crate::api::data::ListFacts) -> $crate::api::data::FactPage, needs SeeAllResults;
                list_mappings($crate::api::NoArgs) -> Vec<$crate::api::mappings::MappingInfo>, needs SeeImports;
                export_mapping($crate::api::mappings::MappingArgs) -> $crate::api::reports::ExportResult, needs SeeImports;
                import_mapping($crate::api::NoArgs) -> Option<$crate::api::mappings::MappingInfo>, needs ImportData;
                name_mapping($crate::api::mappings::NameMapping) -> $crate::api::mappings::MappingInfo, needs ImportData;
                delete_mapping($crate::api::mappings::MappingArgs) -> (), needs ImportData;
                list_duplicates($crate::api::NoArgs) -> Vec<$crate::api::customers::DuplicatePair>, needs SeeImports;
                list_decided_customers($crate::api::NoArgs) -> $crate::api::customers::DecidedCustomers, needs SeeImports;
                compare_customers($crate::api::customers::MergeCustomers) -> $crate::api::customers::ComparedCustomers, needs SeeImports;
                merge_customers($crate::api::customers::MergeCustomers) -> $crate::api::customers::MergedCustomers, needs ImportData;
                unmerge_customer($crate::api::customers::MergeCustomers) -> $crate::api::customers::MergedCustomers, needs ImportData;
                keep_customers_apart($crate::api::customers::KeepApart) -> (), needs ImportData;
                get_reconciliation($crate::api::NoArgs) -> Vec<$crate::api::data::ReconciliationRow>, needs SeeImports;
                list_sources($crate::api::NoArgs) -> $crate::api::sources::SourceList, needs SeeImports;
                set_source_order($crate::api::sources::SourceOrder) -> $crate::api::sources::SourceList, needs ImportData;
                list_disagreements($crate::api::sources::ListDisagreements) -> $crate::api::sources::DisagreementPage, needs SeeImports;
                take_value($crate::api::sources::TakeValue) -> $crate::api::sources::Disagreement, needs ImportData;
                list_watched($crate::api::NoArgs) -> $crate::api::watching::WatchedList, needs SeeImports;
                watch_folder($crate::api::watching::WatchFolder) -> Option<$crate::api::watching::WatchedList>, needs ImportData;
                unwatch_folder($crate::api::watching::WatchedFolderArgs) -> $crate::api::watching::WatchedList, needs ImportData;
                look_into_watched($crate::api::NoArgs) -> $crate::api::watching::WatchedList, needs ImportData;
                open_watched_file($crate::api::watching::WatchedFileArgs) -> $crate::api::data::ImportDraft, needs ImportData;
                retry_watched_file($crate::api::watching::WatchedFileArgs) -> $crate::api::watching::WatchedList, needs ImportData;
                // history
                list_changes($crate::api::history::ListChanges) -> $crate::api::history::ChangePage, needs SeeHistory;
                get_change($crate::api::history::GetChange) -> $crate::api::history::ChangeView, needs SeeHistory;
                list_history($crate::api::history::ListHistory) -> $crate::api::history::HistoryPage, needs SeeHistory;
                list_goal_history($crate::api::history::ListGoalHistory) -> Vec<$crate::api::history::GoalHistoryLine>, needs SeeHistory;
                restore_value($crate::api::history::RestoreValue) -> $crate::api::history::Restored, needs UndoChanges;
                get_last_action($crate::api::NoArgs) -> $crate::api::history::LastAction, needs UndoOwn;
                undo_change($crate::api::history::UndoChange) -> $crate::api::history::ChangeUndone, needs UndoOwn;
                redo_change($crate::api::NoArgs) -> $crate::api::history::ChangeUndone, needs UndoOwn;
                list_audit($crate::api::history::ListAudit) -> $crate::api::history::AuditPage, needs SeeAudit;
                export_metric($crate::api::reports::ExportMetric) -> $crate::api::reports::ExportResult, needs ExportReports;
                export_audit($crate::api::NoArgs) -> $crate::api::reports::ExportResult, needs SeeAudit;
                check_head($crate::api::history::CheckHead) -> $crate::api::settings::VerifyResult, needs Verify;
                // performance
                get_dashboard($crate::api::performance::GetDashboard) -> $crate::api::performance::Dashboard, needs SeeOwnResults;
                list_records($crate::api::performance::Drill) -> $crate::api::performance::Records, needs SeeOwnResults;
                get_kpi($crate::api::performance::GetKpi) -> $crate::api::performance::KpiTable, needs SeeOwnResults;
                list_customer_values($crate::api::performance::ListCustomerValues) -> $crate::api::performance::CustomerValues, needs SeeOwnResults;
                // KPI library
                list_metrics($crate::api::NoArgs) -> Vec<$crate::api::kpi::MetricInfo>, needs SeeOwnResults;
                get_metric($crate::api::kpi::GetMetric) -> $crate::api::kpi::MetricTable, needs SeeOwnResults;
                list_metric_records($crate::api::kpi::ListMetricRecords) -> $crate::api::kpi::MetricRecords, needs SeeOwnResults;
                save_metric($crate::api::kpi::SaveMetric) -> $crate::api::kpi::MetricInfo, needs EditCompany;
                check_metric($crate::api::kpi::KeepMetric) -> $crate::api::kpi::CheckedMetric, needs EditCompany;
                keep_metric($crate::api::kpi::KeepMetric) -> $crate::api::kpi::MetricInfo, needs EditCompany;
                remove_metric($crate::api::kpi::MetricArgs) -> (), needs EditCompany;
                // boards
                list_boards($crate::api::boards::ListBoards) -> Vec<$crate::api::boards::BoardInfo>, needs SeeOwnResults;
                get_board($crate::api::boards::GetBoard) -> $crate::api::boards::Board, needs SeeOwnResults;
                draw_widget($crate::api::boards::DrawWidget) -> $crate::api::boards::Drawn, needs SeeOwnResults;
                save_board($crate::api::boards::SaveBoard) -> $crate::api::boards::Board, needs ArrangeBoards;
                remove_board($crate::api::boards::BoardArgs) -> (), needs ArrangeBoards;
                set_home($crate::api::boards::SetHome) -> (), needs OwnAccount;
                list_views($crate::api::NoArgs) -> Vec<$crate::api::boards::SavedView>, needs SeeOwnResults;
                save_view($crate::api::boards::SaveView) -> $crate::api::boards::SavedView, needs ArrangeBoards;
                remove_view($crate::api::boards::ViewArgs) -> (), needs ArrangeBoards;
                // forecast
                get_forecast($crate::api::forecast::GetForecast) -> $crate::api::forecast::ForecastView, needs SeeOwnResults;
                get_kept_forecasts($crate::api::forecast::GetKeptForecasts) -> $crate::api::forecast::KeptForecasts, needs SeeOwnResults;
                keep_forecasts($crate::api::NoArgs) -> $crate::api::forecast::KeptForecasts, needs EditCompany;
                get_landing($crate::api::forecast::GetLanding) -> $crate::api::forecast::LandingView, needs SeeOwnResults;
                // goals
                get_goal_years($crate::api::goals::GetGoalYears) -> $crate::api::goals::GoalYears, needs SeeOwnResults;
                set_goal($crate::api::goals::SetGoal) -> $crate::api::goals::GoalTree, needs SetGoals;
                split_goal($crate::api::goals::SplitGoal) -> $crate::api::goals::GoalTree, needs SetGoals;
                copy_goal_plan($crate::api::goal_copy::CopyGoalPlan) -> $crate::api::goal_copy::GoalCopied, needs SetGoals;
                get_goal($crate::api::goals::GetGoal) -> $crate::api::goals::GoalTree, needs SeeOwnResults;
                get_goal_grid($crate::api::goal_grid::GetGoalGrid) -> $crate::api::goal_grid::GoalGrid, needs SeeOwnResults;
                edit_goal($crate::api::goal_grid::EditGoal) -> $crate::api::goal_grid::GoalEdited, needs SetGoals;
                list_goal_versions($crate::api::goals::GetGoal) -> Vec<$crate::api::goal_grid::GoalVersion>, needs SeeAllResults;
                compare_goals($crate::api::goal_grid::CompareGoals) -> $crate::api::goal_grid::GoalsCompared, needs SeeAllResults;
                get_goal_progress($crate::api::goal_progress::GetGoalProgress) -> $crate::api::goal_progress::GoalProgress, needs SeeOwnResults;
                get_goal_why($crate::api::goal_blend::GetGoalWhy) -> $crate::api::goal_blend::GoalWhy, needs SeeOwnResults;
                get_goal_aim($crate::api::goals::GetGoal) -> $crate::api::goal_progress::GoalAim, needs SeeOwnResults;
                set_goal_aim($crate::api::goal_progress::SetGoalAim) -> $crate::api::goal_progress::GoalAim, needs SetGoals;
                restore_goal_version($crate::api::goal_grid::RestoreGoalVersion) -> $crate::api::goals::GoalPlanInfo, needs SetGoals;
                export_goal_sheet($crate::api::goal_sheet::ExportGoalSheet) -> $crate::api::reports::ExportResult, needs ExportReports;
                pick_goal_sheet($crate::api::goals::GetGoal) -> Option<$crate::api::goal_sheet::GoalSheetPicked>, needs SetGoals;
                import_goal_sheet($crate::api::goal_sheet::ImportGoalSheet) -> $crate::api::goal_grid::GoalEdited, needs SetGoals;
                get_goal_weeks($crate::api::goals::GetGoalWeeks) -> Vec<$crate::api::goals::GoalNode>, needs SeeOwnResults;
                // rounds of goals
                open_goal_round($crate::api::goal_round::OpenGoalRound) -> $crate::api::goal_round::GoalRoundInfo, needs SetGoals;
                set_goal_round_days($crate::api::goal_round::SetGoalRoundDays) -> $crate::api::goal_round::GoalRoundInfo, needs SetGoals;
                close_goal_round($crate::api::goal_round::GoalRoundArgs) -> $crate::api::goal_round::GoalRoundInfo, needs SetGoals;
                get_goal_round($crate::api::goal_round::GetGoalRound) -> $crate::api::goal_round::GoalRoundView, needs SeeOwnResults;
                propose_goal($crate::api::goal_round::ProposeGoal) -> $crate::api::goal_round::GoalRoundStep, needs ProposeGoals;
                adjust_goal($crate::api::goal_round::AdjustGoal) -> $crate::api::goal_round::GoalRoundStep, needs AdjustGoals;
                submit_goals($crate::api::goal_round::SubmitGoals) -> $crate::api::goal_round::GoalRoundStep, needs AdjustGoals;
                send_goals_back($crate::api::goal_round::SendGoalsBack) -> $crate::api::goal_round::GoalRoundStep, needs AdjustGoals;
                adopt_goals($crate::api::goal_round::AdoptGoals) -> $crate::api::goal_round::GoalsAdopted, needs SetGoals;
                list_goal_comments($crate::api::goal_round::ListGoalComments) -> Vec<$crate::api::goal_round::GoalCommentRow>, needs SeeOwnResults;
                add_goal_comment($crate::api::goal_round::AddGoalComment) -> Vec<$crate::api::goal_round::GoalCommentRow>, needs ProposeGoals;
                publish_goal($crate::api::goal_letter::PublishGoal) -> $crate::api::goal_letter::GoalPublicationInfo, needs SetGoals;
                get_goal_confirmation($crate::api::goal_letter::GetGoalConfirmation) -> $crate::api::goal_letter::GoalConfirmationView, needs SeeOwnResults;
                confirm_goal($crate::api::goal_letter::ConfirmGoal) -> $crate::api::goal_letter::GoalConfirmationRow, needs ProposeGoals;
                list_goal_confirmations($crate::api::goal_letter::ListGoalConfirmations) -> $crate::api::goal_letter::GoalConfirmations, needs SeeOwnResults;
                export_goal_letter($crate::api::goal_letter::ExportGoalLetter) -> $crate::api::reports::ExportResult, needs ExportReports;
                // scorecards
                list_scorecards($crate::api::NoArgs) -> $crate::api::scorecards::ScorecardList, needs SeeOwnResults;
                set_scorecard($crate::api::scorecards::SetScorecard) -> $crate::api::scorecards::ScorecardList, needs SetGoals;
                list_kpi_goals($crate::api::scorecards::ListKpiGoals) -> Vec<$crate::api::scorecards::KpiGoalRow>, needs SeeOwnResults;
                get_kpi_goal($crate::api::scorecards::GetKpiGoal) -> $crate::api::scorecards::KpiGoalView, needs SeeOwnResults;
                set_kpi_goal($crate::api::scorecards::SetKpiGoal) -> $crate::api::scorecards::KpiGoalView, needs SetGoals;
                get_scorecard_result($crate::api::scorecards::GetScorecardResult) -> $crate::api::scorecards::ScorecardResult, needs SeeOwnResults;
                // bonus
                get_bonus_plan($crate::api::bonus_people::GetBonusPlan) -> $crate::api::bonus::BonusPlanView, needs SeeOwnPay;
                list_bonus_templates($crate::api::NoArgs) -> Vec<$crate::api::bonus::BonusTemplate>, needs SeeOwnPay;
                check_bonus_plan($crate::api::bonus::PlanDraft) -> $crate::api::bonus::BonusPlanView, needs EditBonusPlan;
                save_bonus_plan($crate::api::bonus_people::SavePlan) -> $crate::api::bonus::BonusPlanView, needs EditBonusPlan;
                preview_bonus_plan($crate::api::bonus_people::SavePlan) -> $crate::api::bonus_people::PlanChange, needs EditBonusPlan;
                list_bonus_runs($crate::api::NoArgs) -> $crate::api::bonus::BonusRuns, needs SeeOwnPay;
                get_bonus_run($crate::api::bonus::GetBonusRun) -> Option<$crate::api::bonus::BonusRun>, needs SeeOwnPay;
                get_statement($crate::api::bonus::GetStatement) -> $crate::api::bonus::StatementView, needs SeeOwnPay;
                list_bonus_plans($crate::api::NoArgs) -> $crate::api::bonus_people::PlanList, needs SeeOwnPay;
                list_plan_people($crate::api::bonus_people::ListPlanPeople) -> $crate::api::bonus_people::PlanPeople, needs SeeOwnPay;
                assign_plan($crate::api::bonus_people::AssignPlan) -> $crate::api::bonus_people::PlanChange, needs EditBonusPlan;
                end_plan_assignment($crate::api::bonus_people::EndPlanAssignment) -> $crate::api::bonus_people::PlanChange, needs EditBonusPlan;
                list_objectives($crate::api::bonus_people::ListObjectives) -> $crate::api::bonus_people::ObjectiveList, needs SeeOwnPay;
                set_objectives($crate::api::bonus_people::SetObjectives) -> $crate::api::bonus_people::ObjectiveList, needs EditBonusPlan;
                judge_objective($crate::api::bonus_people::JudgeObjective) -> $crate::api::bonus_people::ObjectiveList, needs EditBonusPlan;
                copy_objectives($crate::api::bonus_people::CopyObjectives) -> $crate::api::bonus_people::ObjectiveList, needs EditBonusPlan;
                copy_statement($crate::api::bonus::GetStatement) -> (), needs SeeOwnPay;
                list_bonus_cycles($crate::api::NoArgs) -> Vec<$crate::api::bonus_cycle::CycleSummary>, needs SeeOwnPay;
                get_bonus_cycle($crate::api::bonus_cycle::GetBonusCycle) -> $crate::api::bonus_cycle::BonusCycle, needs SeeOwnPay;
                list_bonus_adjustments($crate::api::bonus_cycle::ListBonusAdjustments) -> Vec<$crate::api::bonus_cycle::AdjustmentRow>, needs SeeOwnPay;
                add_bonus_adjustment($crate::api::bonus_cycle::AddBonusAdjustment) -> $crate::api::bonus_cycle::AdjustmentRow, needs RunBonus;
                decide_bonus_adjustments($crate::api::bonus_cycle::DecideBonusAdjustments) -> Vec<$crate::api::bonus_cycle::AdjustmentRow>, needs RunBonus;
                export_statement($crate::api::bonus_papers::ExportStatement) -> $crate::api::reports::ExportResult, needs SeeOwnPay;
                get_statement_confirmation($crate::api::bonus_papers::GetStatementConfirmation) -> $crate::api::bonus_papers::StatementStanding, needs SeeOwnPay;
                confirm_statement($crate::api::bonus_papers::ConfirmStatement) -> $crate::api::bonus_papers::StatementStanding, needs ConfirmPay;
                list_statement_confirmations($crate::api::bonus_papers::ListStatementConfirmations) -> $crate::api::bonus_papers::StatementConfirmations, needs SeeOwnPay;
                get_payroll($crate::api::bonus_papers::GetPayroll) -> $crate::api::bonus_papers::PayrollView, needs RunBonus;
                export_payroll($crate::api::bonus_papers::ExportPayroll) -> $crate::api::reports::ExportResult, needs RunBonus;
                list_payroll_profiles($crate::api::NoArgs) -> Vec<$crate::api::bonus_papers::PayrollProfile>, needs RunBonus;
                save_payroll_profile($crate::api::bonus_papers::PayrollProfile) -> Vec<$crate::api::bonus_papers::PayrollProfile>, needs RunBonus;
                remove_payroll_profile($crate::api::bonus_papers::PayrollProfileArgs) -> Vec<$crate::api::bonus_papers::PayrollProfile>, needs RunBonus;
                export_payroll_profile($crate::api::bonus_papers::PayrollProfileArgs) -> $crate::api::reports::ExportResult, needs RunBonus;
                import_payroll_profile($crate::api::NoArgs) -> Option<$crate::api::bonus_papers::PayrollProfile>, needs RunBonus;
                explain_deal_bonus($crate::api::bonus_if::ExplainDealBonus) -> $crate::api::bonus_if::DealBonus, needs SeeOwnPay;
                copy_what_if($crate::api::bonus_if::CopyWhatIf) -> (), needs EditBonusPlan;
                get_expected_earnings($crate::api::bonus_if::GetExpectedEarnings) -> $crate::api::bonus_if::ExpectedEarnings, needs SeeOwnPay;
            }
            long {
                create_demo($crate::api::settings::CreateDemo) -> $crate::api::settings::Status, needs ImportData;
                preview_import($crate::api::data::ImportRequest) -> $crate::api::data::ImportPreview, needs ImportData;
                commit_import($crate::api::data::ImportRequest) -> $crate::api::data::ImportPreview, needs ImportData;
                export_dashboard($crate::api::reports::ExportDashboard) -> $crate::api::reports::ExportResult, needs ExportReports;
                run_bonus($crate::api::bonus::RunBonus) -> $crate::api::bonus::BonusRun, needs RunBonus;
                step_bonus_cycle($crate::api::bonus_cycle::StepBonusCycle) -> $crate::api::bonus_cycle::BonusCycle, needs SeeOwnPay;
                restate_bonus($crate::api::bonus_cycle::RestateBonus) -> $crate::api::bonus_cycle::Restatement, needs RunBonus;
                simulate_bonus($crate::api::bonus_if::SimulateBonus) -> $crate::api::bonus_if::WhatIf, needs EditBonusPlan;
                export_goal_letters($crate::api::goal_letter::ExportGoalLetters) -> $crate::api::reports::ExportResult, needs ExportReports;
                export_statements($crate::api::bonus_papers::ExportStatements) -> $crate::api::reports::ExportResult, needs SeeOwnPay;
            }
        }
    };
}

/// Hands the table of use cases that only the command line has to another macro: files and folders that
/// the caller names, and results that the window has no place for.
#[macro_export]
macro_rules! for_each_terminal_use_case {
    ($callback:ident) => {
        $callback! {
            export_personal_file_to(
                file: &std::path::Path,
                args: $crate::api::personal::ExportPersonalFile
            ) -> $crate::api::personal::ExportedPersonalFile, needs PersonalFiles;
            send_back_to(file: &std::path::Path) -> $crate::api::personal::SentBack, needs EnterFollowUps;
            preview_return_of(file: &std::path::Path) -> $crate::api::personal::ReturnPreview, needs PersonalFiles;
            import_return_of(file: &std::path::Path) -> $crate::api::personal::TakenIn, needs PersonalFiles;
            find_deal(name: &str) -> yeji_core::ids::OpportunityId, needs SeeOwnResults;
            last_own_change() -> $crate::api::history::LastAction, needs UndoOwn;
            audit_head() -> Option<String>, needs SeeAudit;
            audit_csv() -> String, needs SeeAudit;
            backup_to(file: &std::path::Path) -> (), needs BackUp;
            change_passphrase(args: $crate::api::keys::SetPassphrase, forgotten: bool) -> $crate::api::keys::KeyState, needs ManageKeys;
            remember_key() -> (), needs ManageKeys;
            forget_key() -> (), needs ManageKeys;
            mapping_toml(name: &str) -> String, needs SeeImports;
            keep_mapping(name: &str, text: &str) -> $crate::api::mappings::MappingInfo, needs ImportData;
            open_import(open: $crate::data::OpenImport) -> $crate::api::data::ImportDraft, needs ImportData;
            rejected_book(batch: yeji_core::ids::BatchId, say: &(dyn Fn(&$crate::api::Message) -> String + Send + Sync)) -> (Vec<u8>, u64), needs SeeImports;
            watch_path(
                folder: &std::path::Path,
                args: $crate::api::watching::WatchFolder
            ) -> $crate::api::watching::WatchedList, needs ImportData;
            look_closely_into_watched() -> $crate::api::watching::WatchedList, needs ImportData;
            split_goal_with(args: $crate::api::goals::SplitGoal) -> $crate::WholeSplit, needs SetGoals;
            get_goal_nodes(args: $crate::api::goals::GetGoal) -> Vec<$crate::api::goals::GoalNode>, needs SeeOwnResults;
            frozen_bonus_input(args: $crate::api::bonus_cycle::GetBonusCycle) -> Vec<u8>, needs RunBonus;
            run_bonus_with(
                args: $crate::api::bonus::RunBonus,
                plan: Option<&str>,
                to_file: bool,
                progress: $crate::host::OnProgress<'_>
            ) -> $crate::Calculation, needs RunBonus;
            simulate_bonus_with(
                args: $crate::api::bonus_if::SimulateBonus,
                to_file: bool,
                progress: $crate::host::OnProgress<'_>
            ) -> $crate::WhatIfRun, needs EditBonusPlan;
            export_goal_sheet_to(
                path: &std::path::Path,
                args: $crate::api::goal_sheet::ExportGoalSheet
            ) -> $crate::api::reports::ExportResult, needs ExportReports;
            export_goal_letter_to(
                path: &std::path::Path,
                args: $crate::api::goal_letter::ExportGoalLetter
            ) -> $crate::api::reports::ExportResult, needs ExportReports;
            export_goal_letters_to(
                folder: &std::path::Path,
                args: $crate::api::goal_letter::ExportGoalLetters,
                progress: $crate::host::OnProgress<'_>
            ) -> $crate::api::reports::ExportResult, needs ExportReports;
            export_statement_to(
                path: &std::path::Path,
                args: $crate::api::bonus_papers::ExportStatement
            ) -> $crate::api::reports::ExportResult, needs SeeOwnPay;
            export_statements_to(
                folder: &std::path::Path,
                args: $crate::api::bonus_papers::ExportStatements,
                progress: $crate::host::OnProgress<'_>
            ) -> $crate::api::reports::ExportResult, needs SeeOwnPay;
            export_payroll_to(
                path: &std::path::Path,
                args: $crate::api::bonus_papers::ExportPayroll
            ) -> $crate::api::reports::ExportResult, needs RunBonus;
            read_goal_sheet(
                path: &std::path::Path,
                args: $crate::api::goal_sheet::ReadGoalSheet
            ) -> $crate::api::goal_sheet::GoalSheetRead, needs SetGoals;
            export_metric_to(
                file: &std::path::Path,
                args: $crate::api::reports::ExportMetric
            ) -> $crate::api::reports::ExportResult, needs ExportReports;
            export_dashboard_to(
                folder: &std::path::Path,
                args: $crate::api::reports::ExportDashboard,
                progress: $crate::host::OnProgress<'_>
            ) -> $crate::api::reports::ExportResult, needs ExportReports;
        }
    };
}
