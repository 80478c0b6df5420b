// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Something that one may be allowed to do. Closed: words for each in both languages.
 */
export type Right = "nothing" | "own_account" | "see_organisation" | "see_own_results" | "see_team_results" | "see_all_results" | "see_own_pay" | "see_team_pay" | "see_all_pay" | "enter_follow_ups" | "arrange_boards" | "undo_own" | "share_boards" | "see_feedback" | "personal_files" | "export_reports" | "set_goals" | "propose_goals" | "adjust_goals" | "edit_bonus_plan" | "run_bonus" | "approve_team_bonus" | "confirm_pay" | "set_target_bonuses" | "see_imports" | "import_data" | "undo_imports" | "see_history" | "undo_changes" | "see_audit" | "edit_company" | "back_up" | "restore" | "manage_keys" | "verify" | "see_accounts" | "manage_accounts";
