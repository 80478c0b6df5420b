// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountRow, AddAccount, AddBonusAdjustment, AddFeedback, AddGoalComment, AddHolidays, AddInteraction, AddNextStep, AdjustGoal, AdjustmentRow, AdoptGoals, AssignPlan, AuditPage, BackupResult, BackupSettings, BackupState, BatchArgs, BatchInfo, Board, BoardArgs, BoardInfo, BonusCycle, BonusPlanView, BonusRun, BonusRuns, BonusTemplate, CalendarView, ChangePage, ChangePassword, ChangeUndone, ChangeView, CheckHead, CheckedMetric, CompareGoals, ComparedCustomers, ConfirmGoal, ConfirmStatement, CopyGoalPlan, CopyObjectives, CopyWhatIf, CreateDemo, CreateStore, CustomerValues, CycleSummary, Dashboard, DealBonus, DecideBonusAdjustments, DecidedCustomers, Disagreement, DisagreementPage, DrawWidget, Drawn, Drill, DuplicatePair, EditGoal, EndPlanAssignment, ExpectedEarnings, ExplainDealBonus, ExportDashboard, ExportGoalLetter, ExportGoalLetters, ExportGoalSheet, ExportMetric, ExportPayroll, ExportPersonalFile, ExportResult, ExportStatement, ExportStatements, ExportedPersonalFile, FactPage, FeedbackRow, FollowUps, ForecastView, GetBoard, GetBonusCycle, GetBonusPlan, GetBonusRun, GetCalendar, GetChange, GetDashboard, GetExpectedEarnings, GetForecast, GetGoal, GetGoalConfirmation, GetGoalGrid, GetGoalProgress, GetGoalRound, GetGoalWeeks, GetGoalWhy, GetGoalYears, GetKeptForecasts, GetKpi, GetKpiGoal, GetLanding, GetMetric, GetPayroll, GetScorecardResult, GetStatement, GetStatementConfirmation, GoalAim, GoalCommentRow, GoalConfirmationRow, GoalConfirmationView, GoalConfirmations, GoalCopied, GoalEdited, GoalGrid, GoalHistoryLine, GoalNode, GoalPlanInfo, GoalProgress, GoalPublicationInfo, GoalRoundArgs, GoalRoundInfo, GoalRoundStep, GoalRoundView, GoalSheetPicked, GoalTree, GoalVersion, GoalWhy, GoalYears, GoalsAdopted, GoalsCompared, HandOver, HistoryPage, ImportDraft, ImportGoalSheet, ImportPreview, ImportRequest, JudgeObjective, KeepApart, KeepMetric, KeptForecasts, KeyState, KnownStore, KpiGoalRow, KpiGoalView, KpiTable, LandingView, LastAction, LaterImport, ListAudit, ListBoards, ListBonusAdjustments, ListChanges, ListCustomerValues, ListDisagreements, ListFacts, ListFollowUps, ListGoalComments, ListGoalConfirmations, ListGoalHistory, ListHistory, ListKpiGoals, ListMetricRecords, ListObjectives, ListPlanPeople, ListRejected, ListStatementConfirmations, MakeRecoveryCode, MappingArgs, MappingInfo, MergeCustomers, MergedCustomers, MetricArgs, MetricInfo, MetricRecords, MetricTable, NameMapping, NoArgs, ObjectiveList, OpenGoalRound, OrganisationTree, PayrollProfile, PayrollProfileArgs, PayrollView, PersonalFileRow, PickImportFiles, PickedBackup, PlanChange, PlanDraft, PlanList, PlanPeople, Policies, Preferences, ProposeGoal, PublishGoal, ReconciliationRow, Records, RecoveryCode, RejectedPage, RenameCompany, ResetPassword, RestateBonus, Restatement, RestoreGoalVersion, RestoreStore, RestoreValue, Restored, RestoredStore, ReturnPreview, RunBonus, SaveBoard, SaveMetric, SavePlan, SaveView, SavedView, ScorecardList, ScorecardResult, SendGoalsBack, SentBack, SetAccountDisabled, SetAccountRole, SetCalendar, SetGoal, SetGoalAim, SetGoalRoundDays, SetHome, SetKpiGoal, SetLock, SetObjectives, SetPassphrase, SetScorecard, SetTargetBonuses, SignIn, SimulateBonus, SourceList, SourceOrder, SplitGoal, StatementConfirmations, StatementStanding, StatementView, Status, StepBonusCycle, SubmitGoals, SwitchStore, TakeValue, TakenIn, TargetBonusRow, TemplateArgs, UndoBatch, UndoChange, UndoResult, UnlockStore, VerifyResult, ViewArgs, WatchFolder, WatchedFileArgs, WatchedFolderArgs, WatchedList, WhatIf } from "./index";

/** Every use case of the window: its argument and its result. */
export interface Commands {
  get_status: { args: NoArgs; result: Status };
  set_preferences: { args: Preferences; result: Preferences };
  rename_company: { args: RenameCompany; result: Status };
  get_calendar: { args: GetCalendar; result: CalendarView };
  set_calendar: { args: SetCalendar; result: CalendarView };
  add_holidays: { args: AddHolidays; result: CalendarView };
  backup_store: { args: NoArgs; result: BackupResult };
  verify_store: { args: NoArgs; result: VerifyResult };
  list_target_bonuses: { args: NoArgs; result: Array<TargetBonusRow> };
  set_target_bonuses: { args: SetTargetBonuses; result: Array<TargetBonusRow> };
  cancel_task: { args: NoArgs; result: null };
  sign_in: { args: SignIn; result: Status };
  sign_out: { args: NoArgs; result: Status };
  change_password: { args: ChangePassword; result: null };
  list_accounts: { args: NoArgs; result: Array<AccountRow> };
  add_account: { args: AddAccount; result: Array<AccountRow> };
  set_account_role: { args: SetAccountRole; result: Array<AccountRow> };
  reset_password: { args: ResetPassword; result: Array<AccountRow> };
  set_account_disabled: { args: SetAccountDisabled; result: Array<AccountRow> };
  get_policies: { args: NoArgs; result: Policies };
  set_policies: { args: Policies; result: Policies };
  create_store: { args: CreateStore; result: Status };
  unlock_store: { args: UnlockStore; result: Status };
  get_key_state: { args: NoArgs; result: KeyState };
  set_passphrase: { args: SetPassphrase; result: KeyState };
  make_recovery_code: { args: MakeRecoveryCode; result: RecoveryCode };
  hand_over: { args: HandOver; result: RecoveryCode };
  lock_app: { args: NoArgs; result: Status };
  set_lock: { args: SetLock; result: Status };
  get_backup_state: { args: NoArgs; result: BackupState };
  set_backup_settings: { args: BackupSettings; result: BackupState };
  pick_backup: { args: NoArgs; result: PickedBackup | null };
  restore_store: { args: RestoreStore; result: RestoredStore };
  list_stores: { args: NoArgs; result: Array<KnownStore> };
  switch_store: { args: SwitchStore; result: Status };
  pick_store: { args: NoArgs; result: Status | null };
  list_personal_files: { args: NoArgs; result: Array<PersonalFileRow> };
  export_personal_file: { args: ExportPersonalFile; result: ExportedPersonalFile | null };
  send_back: { args: NoArgs; result: SentBack | null };
  pick_return: { args: NoArgs; result: ReturnPreview | null };
  import_return: { args: NoArgs; result: TakenIn };
  list_follow_ups: { args: ListFollowUps; result: FollowUps };
  add_interaction: { args: AddInteraction; result: FollowUps };
  add_next_step: { args: AddNextStep; result: FollowUps };
  list_feedback: { args: NoArgs; result: Array<FeedbackRow> };
  add_feedback: { args: AddFeedback; result: Array<FeedbackRow> };
  get_organisation: { args: NoArgs; result: OrganisationTree };
  pick_import_files: { args: PickImportFiles; result: ImportDraft | null };
  update_import: { args: ImportRequest; result: ImportDraft };
  list_batches: { args: NoArgs; result: Array<BatchInfo> };
  list_later_imports: { args: BatchArgs; result: Array<LaterImport> };
  undo_batch: { args: UndoBatch; result: UndoResult };
  list_rejected: { args: ListRejected; result: RejectedPage };
  export_rejected: { args: BatchArgs; result: ExportResult };
  save_template: { args: TemplateArgs; result: ExportResult };
  list_facts: { args: ListFacts; result: FactPage };
  list_mappings: { args: NoArgs; result: Array<MappingInfo> };
  export_mapping: { args: MappingArgs; result: ExportResult };
  import_mapping: { args: NoArgs; result: MappingInfo | null };
  name_mapping: { args: NameMapping; result: MappingInfo };
  delete_mapping: { args: MappingArgs; result: null };
  list_duplicates: { args: NoArgs; result: Array<DuplicatePair> };
  list_decided_customers: { args: NoArgs; result: DecidedCustomers };
  compare_customers: { args: MergeCustomers; result: ComparedCustomers };
  merge_customers: { args: MergeCustomers; result: MergedCustomers };
  unmerge_customer: { args: MergeCustomers; result: MergedCustomers };
  keep_customers_apart: { args: KeepApart; result: null };
  get_reconciliation: { args: NoArgs; result: Array<ReconciliationRow> };
  list_sources: { args: NoArgs; result: SourceList };
  set_source_order: { args: SourceOrder; result: SourceList };
  list_disagreements: { args: ListDisagreements; result: DisagreementPage };
  take_value: { args: TakeValue; result: Disagreement };
  list_watched: { args: NoArgs; result: WatchedList };
  watch_folder: { args: WatchFolder; result: WatchedList | null };
  unwatch_folder: { args: WatchedFolderArgs; result: WatchedList };
  look_into_watched: { args: NoArgs; result: WatchedList };
  open_watched_file: { args: WatchedFileArgs; result: ImportDraft };
  retry_watched_file: { args: WatchedFileArgs; result: WatchedList };
  list_changes: { args: ListChanges; result: ChangePage };
  get_change: { args: GetChange; result: ChangeView };
  list_history: { args: ListHistory; result: HistoryPage };
  list_goal_history: { args: ListGoalHistory; result: Array<GoalHistoryLine> };
  restore_value: { args: RestoreValue; result: Restored };
  get_last_action: { args: NoArgs; result: LastAction };
  undo_change: { args: UndoChange; result: ChangeUndone };
  redo_change: { args: NoArgs; result: ChangeUndone };
  list_audit: { args: ListAudit; result: AuditPage };
  export_metric: { args: ExportMetric; result: ExportResult };
  export_audit: { args: NoArgs; result: ExportResult };
  check_head: { args: CheckHead; result: VerifyResult };
  get_dashboard: { args: GetDashboard; result: Dashboard };
  list_records: { args: Drill; result: Records };
  get_kpi: { args: GetKpi; result: KpiTable };
  list_customer_values: { args: ListCustomerValues; result: CustomerValues };
  list_metrics: { args: NoArgs; result: Array<MetricInfo> };
  get_metric: { args: GetMetric; result: MetricTable };
  list_metric_records: { args: ListMetricRecords; result: MetricRecords };
  save_metric: { args: SaveMetric; result: MetricInfo };
  check_metric: { args: KeepMetric; result: CheckedMetric };
  keep_metric: { args: KeepMetric; result: MetricInfo };
  remove_metric: { args: MetricArgs; result: null };
  list_boards: { args: ListBoards; result: Array<BoardInfo> };
  get_board: { args: GetBoard; result: Board };
  draw_widget: { args: DrawWidget; result: Drawn };
  save_board: { args: SaveBoard; result: Board };
  remove_board: { args: BoardArgs; result: null };
  set_home: { args: SetHome; result: null };
  list_views: { args: NoArgs; result: Array<SavedView> };
  save_view: { args: SaveView; result: SavedView };
  remove_view: { args: ViewArgs; result: null };
  get_forecast: { args: GetForecast; result: ForecastView };
  get_kept_forecasts: { args: GetKeptForecasts; result: KeptForecasts };
  keep_forecasts: { args: NoArgs; result: KeptForecasts };
  get_landing: { args: GetLanding; result: LandingView };
  get_goal_years: { args: GetGoalYears; result: GoalYears };
  set_goal: { args: SetGoal; result: GoalTree };
  split_goal: { args: SplitGoal; result: GoalTree };
  copy_goal_plan: { args: CopyGoalPlan; result: GoalCopied };
  get_goal: { args: GetGoal; result: GoalTree };
  get_goal_grid: { args: GetGoalGrid; result: GoalGrid };
  edit_goal: { args: EditGoal; result: GoalEdited };
  list_goal_versions: { args: GetGoal; result: Array<GoalVersion> };
  compare_goals: { args: CompareGoals; result: GoalsCompared };
  get_goal_progress: { args: GetGoalProgress; result: GoalProgress };
  get_goal_why: { args: GetGoalWhy; result: GoalWhy };
  get_goal_aim: { args: GetGoal; result: GoalAim };
  set_goal_aim: { args: SetGoalAim; result: GoalAim };
  restore_goal_version: { args: RestoreGoalVersion; result: GoalPlanInfo };
  export_goal_sheet: { args: ExportGoalSheet; result: ExportResult };
  pick_goal_sheet: { args: GetGoal; result: GoalSheetPicked | null };
  import_goal_sheet: { args: ImportGoalSheet; result: GoalEdited };
  get_goal_weeks: { args: GetGoalWeeks; result: Array<GoalNode> };
  open_goal_round: { args: OpenGoalRound; result: GoalRoundInfo };
  set_goal_round_days: { args: SetGoalRoundDays; result: GoalRoundInfo };
  close_goal_round: { args: GoalRoundArgs; result: GoalRoundInfo };
  get_goal_round: { args: GetGoalRound; result: GoalRoundView };
  propose_goal: { args: ProposeGoal; result: GoalRoundStep };
  adjust_goal: { args: AdjustGoal; result: GoalRoundStep };
  submit_goals: { args: SubmitGoals; result: GoalRoundStep };
  send_goals_back: { args: SendGoalsBack; result: GoalRoundStep };
  adopt_goals: { args: AdoptGoals; result: GoalsAdopted };
  list_goal_comments: { args: ListGoalComments; result: Array<GoalCommentRow> };
  add_goal_comment: { args: AddGoalComment; result: Array<GoalCommentRow> };
  publish_goal: { args: PublishGoal; result: GoalPublicationInfo };
  get_goal_confirmation: { args: GetGoalConfirmation; result: GoalConfirmationView };
  confirm_goal: { args: ConfirmGoal; result: GoalConfirmationRow };
  list_goal_confirmations: { args: ListGoalConfirmations; result: GoalConfirmations };
  export_goal_letter: { args: ExportGoalLetter; result: ExportResult };
  list_scorecards: { args: NoArgs; result: ScorecardList };
  set_scorecard: { args: SetScorecard; result: ScorecardList };
  list_kpi_goals: { args: ListKpiGoals; result: Array<KpiGoalRow> };
  get_kpi_goal: { args: GetKpiGoal; result: KpiGoalView };
  set_kpi_goal: { args: SetKpiGoal; result: KpiGoalView };
  get_scorecard_result: { args: GetScorecardResult; result: ScorecardResult };
  get_bonus_plan: { args: GetBonusPlan; result: BonusPlanView };
  list_bonus_templates: { args: NoArgs; result: Array<BonusTemplate> };
  check_bonus_plan: { args: PlanDraft; result: BonusPlanView };
  save_bonus_plan: { args: SavePlan; result: BonusPlanView };
  preview_bonus_plan: { args: SavePlan; result: PlanChange };
  list_bonus_runs: { args: NoArgs; result: BonusRuns };
  get_bonus_run: { args: GetBonusRun; result: BonusRun | null };
  get_statement: { args: GetStatement; result: StatementView };
  list_bonus_plans: { args: NoArgs; result: PlanList };
  list_plan_people: { args: ListPlanPeople; result: PlanPeople };
  assign_plan: { args: AssignPlan; result: PlanChange };
  end_plan_assignment: { args: EndPlanAssignment; result: PlanChange };
  list_objectives: { args: ListObjectives; result: ObjectiveList };
  set_objectives: { args: SetObjectives; result: ObjectiveList };
  judge_objective: { args: JudgeObjective; result: ObjectiveList };
  copy_objectives: { args: CopyObjectives; result: ObjectiveList };
  copy_statement: { args: GetStatement; result: null };
  list_bonus_cycles: { args: NoArgs; result: Array<CycleSummary> };
  get_bonus_cycle: { args: GetBonusCycle; result: BonusCycle };
  list_bonus_adjustments: { args: ListBonusAdjustments; result: Array<AdjustmentRow> };
  add_bonus_adjustment: { args: AddBonusAdjustment; result: AdjustmentRow };
  decide_bonus_adjustments: { args: DecideBonusAdjustments; result: Array<AdjustmentRow> };
  export_statement: { args: ExportStatement; result: ExportResult };
  get_statement_confirmation: { args: GetStatementConfirmation; result: StatementStanding };
  confirm_statement: { args: ConfirmStatement; result: StatementStanding };
  list_statement_confirmations: { args: ListStatementConfirmations; result: StatementConfirmations };
  get_payroll: { args: GetPayroll; result: PayrollView };
  export_payroll: { args: ExportPayroll; result: ExportResult };
  list_payroll_profiles: { args: NoArgs; result: Array<PayrollProfile> };
  save_payroll_profile: { args: PayrollProfile; result: Array<PayrollProfile> };
  remove_payroll_profile: { args: PayrollProfileArgs; result: Array<PayrollProfile> };
  export_payroll_profile: { args: PayrollProfileArgs; result: ExportResult };
  import_payroll_profile: { args: NoArgs; result: PayrollProfile | null };
  explain_deal_bonus: { args: ExplainDealBonus; result: DealBonus };
  copy_what_if: { args: CopyWhatIf; result: null };
  get_expected_earnings: { args: GetExpectedEarnings; result: ExpectedEarnings };
  create_demo: { args: CreateDemo; result: Status };
  preview_import: { args: ImportRequest; result: ImportPreview };
  commit_import: { args: ImportRequest; result: ImportPreview };
  export_dashboard: { args: ExportDashboard; result: ExportResult };
  run_bonus: { args: RunBonus; result: BonusRun };
  step_bonus_cycle: { args: StepBonusCycle; result: BonusCycle };
  restate_bonus: { args: RestateBonus; result: Restatement };
  simulate_bonus: { args: SimulateBonus; result: WhatIf };
  export_goal_letters: { args: ExportGoalLetters; result: ExportResult };
  export_statements: { args: ExportStatements; result: ExportResult };
}

export const COMMANDS = [
  "get_status",
  "set_preferences",
  "rename_company",
  "get_calendar",
  "set_calendar",
  "add_holidays",
  "backup_store",
  "verify_store",
  "list_target_bonuses",
  "set_target_bonuses",
  "cancel_task",
  "sign_in",
  "sign_out",
  "change_password",
  "list_accounts",
  "add_account",
  "set_account_role",
  "reset_password",
  "set_account_disabled",
  "get_policies",
  "set_policies",
  "create_store",
  "unlock_store",
  "get_key_state",
  "set_passphrase",
  "make_recovery_code",
  "hand_over",
  "lock_app",
  "set_lock",
  "get_backup_state",
  "set_backup_settings",
  "pick_backup",
  "restore_store",
  "list_stores",
  "switch_store",
  "pick_store",
  "list_personal_files",
  "export_personal_file",
  "send_back",
  "pick_return",
  "import_return",
  "list_follow_ups",
  "add_interaction",
  "add_next_step",
  "list_feedback",
  "add_feedback",
  "get_organisation",
  "pick_import_files",
  "update_import",
  "list_batches",
  "list_later_imports",
  "undo_batch",
  "list_rejected",
  "export_rejected",
  "save_template",
  "list_facts",
  "list_mappings",
  "export_mapping",
  "import_mapping",
  "name_mapping",
  "delete_mapping",
  "list_duplicates",
  "list_decided_customers",
  "compare_customers",
  "merge_customers",
  "unmerge_customer",
  "keep_customers_apart",
  "get_reconciliation",
  "list_sources",
  "set_source_order",
  "list_disagreements",
  "take_value",
  "list_watched",
  "watch_folder",
  "unwatch_folder",
  "look_into_watched",
  "open_watched_file",
  "retry_watched_file",
  "list_changes",
  "get_change",
  "list_history",
  "list_goal_history",
  "restore_value",
  "get_last_action",
  "undo_change",
  "redo_change",
  "list_audit",
  "export_metric",
  "export_audit",
  "check_head",
  "get_dashboard",
  "list_records",
  "get_kpi",
  "list_customer_values",
  "list_metrics",
  "get_metric",
  "list_metric_records",
  "save_metric",
  "check_metric",
  "keep_metric",
  "remove_metric",
  "list_boards",
  "get_board",
  "draw_widget",
  "save_board",
  "remove_board",
  "set_home",
  "list_views",
  "save_view",
  "remove_view",
  "get_forecast",
  "get_kept_forecasts",
  "keep_forecasts",
  "get_landing",
  "get_goal_years",
  "set_goal",
  "split_goal",
  "copy_goal_plan",
  "get_goal",
  "get_goal_grid",
  "edit_goal",
  "list_goal_versions",
  "compare_goals",
  "get_goal_progress",
  "get_goal_why",
  "get_goal_aim",
  "set_goal_aim",
  "restore_goal_version",
  "export_goal_sheet",
  "pick_goal_sheet",
  "import_goal_sheet",
  "get_goal_weeks",
  "open_goal_round",
  "set_goal_round_days",
  "close_goal_round",
  "get_goal_round",
  "propose_goal",
  "adjust_goal",
  "submit_goals",
  "send_goals_back",
  "adopt_goals",
  "list_goal_comments",
  "add_goal_comment",
  "publish_goal",
  "get_goal_confirmation",
  "confirm_goal",
  "list_goal_confirmations",
  "export_goal_letter",
  "list_scorecards",
  "set_scorecard",
  "list_kpi_goals",
  "get_kpi_goal",
  "set_kpi_goal",
  "get_scorecard_result",
  "get_bonus_plan",
  "list_bonus_templates",
  "check_bonus_plan",
  "save_bonus_plan",
  "preview_bonus_plan",
  "list_bonus_runs",
  "get_bonus_run",
  "get_statement",
  "list_bonus_plans",
  "list_plan_people",
  "assign_plan",
  "end_plan_assignment",
  "list_objectives",
  "set_objectives",
  "judge_objective",
  "copy_objectives",
  "copy_statement",
  "list_bonus_cycles",
  "get_bonus_cycle",
  "list_bonus_adjustments",
  "add_bonus_adjustment",
  "decide_bonus_adjustments",
  "export_statement",
  "get_statement_confirmation",
  "confirm_statement",
  "list_statement_confirmations",
  "get_payroll",
  "export_payroll",
  "list_payroll_profiles",
  "save_payroll_profile",
  "remove_payroll_profile",
  "export_payroll_profile",
  "import_payroll_profile",
  "explain_deal_bonus",
  "copy_what_if",
  "get_expected_earnings",
  "create_demo",
  "preview_import",
  "commit_import",
  "export_dashboard",
  "run_bonus",
  "step_bonus_cycle",
  "restate_bonus",
  "simulate_bonus",
  "export_goal_letters",
  "export_statements",
] as const;

/** These take a progress channel as well. */
export const LONG_COMMANDS = [
  "create_demo",
  "preview_import",
  "commit_import",
  "export_dashboard",
  "run_bonus",
  "step_bonus_cycle",
  "restate_bonus",
  "simulate_bonus",
  "export_goal_letters",
  "export_statements",
] as const;
