//! Every code that may reach a person as a sentence. The UI has words for each in both languages (tested).

#[cfg(test)]
mod bonus_cycle;
mod goals;

/// Errors of this crate and of the store.
const ERRORS: &[&str] = &[
    "input",
    "no_goal_set",
    "no_whole_number",
    "negative_goal",
    "goal_not_split_yet",
    "goal_locked",
    "goal_version_old",
    "goal_other_calendar",
    "goal_other_period",
    "no_goal_on",
    "goal_caps_bind",
    "goal_floors_bind",
    "goal_impossible",
    "goal_results_hidden",
    "goal_round_open",
    "goal_round_closed",
    "goal_round_day_past",
    "goal_round_days",
    "goal_submitted",
    "goal_submitted_already",
    "goal_not_submitted",
    "goal_submitted_above",
    "goal_sent_back_from_above",
    "goal_no_row",
    "goal_proposal_negative",
    "goal_nothing_to_adopt",
    "goal_adopt_does_not_fit",
    "goal_not_published",
    "goal_changed_since_published",
    "goal_published_already",
    "goal_published_stays",
    "goal_changed_meanwhile",
    "bonus_no_run",
    "statement_not_approved",
    "statement_not_own",
    "statement_wrong_hash",
    "statement_changed_meanwhile",
    "statement_confirmed_already",
    "payroll_not_approved",
    "payroll_sum_differs",
    "statement_several_plans",
    "payroll_column",
    "goal_wrong_hash",
    "goal_confirmed_already",
    "goal_in_company_store",
    "bonus_changed_meanwhile",
    "bonus_not_now",
    "bonus_reopening_asked",
    "bonus_account_of_first",
    "bonus_second_person",
    "bonus_settled_by_other",
    "bonus_needs_accounts",
    "bonus_facts_changed",
    "bonus_blocked_people",
    "bonus_hold_of_nobody",
    "bonus_period_running",
    "bonus_adjustments_wait",
    "bonus_reason_needed",
    "bonus_teams_missing",
    "bonus_no_team",
    "bonus_frozen",
    "bonus_not_paid",
    "bonus_not_settled",
    "bonus_adjustment_decided",
    "bonus_adjustment_of_another",
    "bonus_adjustment_zero",
    "bonus_no_frozen_input",
    "bonus_frozen_input_broken",
    "bonus_no_open_period",
    "bonus_in_company_store",
    "blend_document",
    "goal_sheet",
    "goal_sheet_not_picked",
    "plan_not_in_force",
    "plan_approved_from",
    "plan_overlap",
    "plan_ends_first",
    "objective_weights",
    "objective_share",
    "objectives_approved",
    "objectives_there",
    "kpi_weight_value",
    "scorecard_document",
    "kpi_neutral",
    "kpi_goal_planned",
    "kpi_goal_too_high",
    "kpi_goal_value",
    "kpi_in_use",
    "no_history",
    "nobody",
    "not_found",
    "board_built_in",
    "board_of_another",
    "board_unreadable",
    "board_changed",
    "board_overlap",
    "board_document",
    "view_not_shared",
    "view_on_board",
    "form_needs_split",
    "form_parts_or_periods",
    "form_needs_sum",
    "form_needs_share",
    "form_needs_metric",
    "form_no_filter",
    "form_no_goal",
    "form_no_years",
    "ambiguous_person",
    "weight_for_nobody",
    "weight_line",
    "weight_twice",
    "weights_empty",
    "not_plain_text",
    "not_recognised",
    "no_session",
    "undecided_aliases",
    "needs_confirmation",
    "nothing_to_import",
    "mended_elsewhere",
    "unknown_kind",
    "other_currency",
    "not_empty",
    "all_rejected",
    "file_cut",
    "right_missing",
    "right_missing_in_file",
    "sign_in_needed",
    "sign_in_failed",
    "sign_in_wait",
    "account_disabled",
    "no_accounts",
    "account_name_taken",
    "first_account_is_hr",
    "last_hr_account",
    "account_needs_person",
    "password_short",
    "password_unchecked",
    "leads_no_unit",
    "own_person_needed",
    "cancelled",
    "no_key",
    "key_missing",
    "io",
    "no_engine",
    "engine_input",
    "engine_text",
    "engine_refused",
    "report_failed",
    "demo_limits",
    "demo_until",
    "internal",
    "store_absent",
    "store_missing",
    "store_already_there",
    "store_held",
    "store_read_only",
    "store_newer",
    "store_older",
    "store_broken",
    "store_wrong_key",
    "store_key_needed",
    "file_exists",
    "no_backup_before_migration",
    "not_a_backup",
    "unsound_backup",
    "incoming_not_whole",
    "replacement_unfinished",
    "store_read_only_place",
    "batch_undone_already",
    "no_such_batch",
    "mixed_currencies",
    "duplicate_identity",
    "store_damaged",
    "disk_full",
    "no_such_change",
    "taken_back_already",
    "cannot_take_back",
    "later_work",
    "nothing_left_to_take_back",
    "not_a_head",
    "cannot_restore",
    "nothing_to_undo",
    "undo_names_import",
    "source_says_nothing",
    "import_undone_last",
    "import_undone_after",
    "repeated_later",
    "taken_back_partly",
    "not_recorded",
    "store_io",
    "commit_uncertain",
    "store_failed",
    "kpi_document_too_large",
    "kpi_document",
    "kpi_code",
    "kpi_code_taken",
    "kpi_text",
    "kpi_decimals",
    "kpi_too_long",
    "kpi_too_many_terms",
    "kpi_too_deep",
    "kpi_unexpected",
    "kpi_ends",
    "kpi_number",
    "kpi_unknown_name",
    "kpi_event_date",
    "kpi_mixed_units",
    "kpi_power",
    "kpi_unit_misfit",
    "kpi_circle",
    "kpi_chain",
    "kpi_too_many",
    "kpi_needed",
];

/// Statements that accompany a result.
const NOTES: &[&str] = &[
    // metrics without a value
    "no_value_no_data",
    "no_value_part_of_days",
    "no_value_not_split",
    "no_value_not_here",
    "no_value_division",
    "no_value_too_large",
    "no_value_no_goal",
    "no_value_costs",
    "no_value_neutral",
    "no_value_goal_zero",
    "no_change_from_zero",
    "no_change_from_below",
    "no_value_nothing_reached",
    "kpi_goal_none",
    "kpi_goal_parts_missing",
    "scorecard_none",
    "scorecard_changed_within",
    "scorecard_role_of_nobody",
    "scorecard_under_way",
    "drawn_nothing",
    "drawn_negative",
    "drawn_rest",
    "drawn_left_out",
    "drawn_no_forecast",
    "drawn_first",
    "drawn_without_amount",
    "forecast_short_for_season",
    "forecast_short_history",
    "forecast_constant",
    "forecast_begins",
    "forecast_gaps_filled",
    "forecast_last_unknown",
    "forecast_outliers",
    "forecast_level_shift",
    "forecast_parts_unknown",
    "forecast_fading",
    "forecast_ended",
    "forecast_left",
    "forecast_nobody",
    "forecast_landing",
    "forecast_so_far",
    "forecast_personal_file",
    "forecast_floor",
    "forecast_needs_periods",
    "forecast_needs_values",
    "forecast_impossible",
    "forecast_all_zero",
    "landing_new_unknown",
    "landing_widened",
    "landing_missed",
    "landing_no_interval",
    "landing_personal_file",
    "landing_rest_of",
    "landing_list_price",
    "landing_pipeline",
    "landing_median",
    "landing_no_amount",
    "landing_age_unknown",
    "landing_elsewhere",
    "goal_copy_sums_equal",
    "goal_copy_sums_grow",
    "goal_copy_sums_stay",
    "goal_copy_people_away",
    "goal_locked_now",
    "goal_released_now",
    "goal_people_without_team",
    "goal_revise_moves",
    "time_last_months",
    "goal_revise_people_away",
    "history_part_of_year",
    "history_stays_with_units",
    "people_carry_whole_year",
    "split_over_locks",
    "goal_sheet_partial",
    "goal_sheet_partial_more",
    "landing_future",
    "landing_point",
    "landing_stages_unknown",
    "landing_few_closed",
    "warning_needs_goal",
    "warning_needs_days",
    "warning_needs_weeks",
    "warning_pace_behind",
    "warning_pace_ok",
    "warning_goal_reached",
    "warning_coverage_short",
    "warning_coverage_ok",
    "warning_change_none",
    "warning_change_down",
    "warning_change_up",
    // store
    "not_encrypted",
    "store_in_synced_folder",
    "clock_behind",
    "key_only_in_keyring",
    "readable_store_beside",
    "automatic_backup_failed",
    // import: rows that are not imported
    "owner_unknown",
    "owner_undecided",
    "owner_ambiguous",
    "duplicate_person_row",
    "number_is_a_name",
    "person_ambiguous",
    "person_shares_name",
    "team_ambiguous",
    "leaves_before_start",
    "customer_ambiguous",
    "product_ambiguous",
    "customer_undecided",
    "reference_unknown",
    "reference_ambiguous",
    "credits_name_twice",
    "credits_too_many",
    "credits_of_other_source",
    "refund_names_no_receipt",
    "refund_not_negative",
    "refund_of_another_deal",
    "refund_above_receipt",
    "rate_of_one_currency",
    "ends_before_start",
    "amount_negative",
    "goal_month_of_weeks",
    "goal_month_locked",
    "stays_overlap",
    "unit_ambiguous",
    "company_below_unit",
    "unit_below_itself",
    "product_undecided",
    // import: what was concluded or done
    "mapping_remembered",
    "mapping_of_source",
    "encoding_doubted",
    "rows_known",
    "agents_without_deals",
    "managers_without_goal",
    "managers_with_deals",
    "deals_without_customer",
    "deals_after_leaving",
    "edits_replaced",
    "far_days",
    "currency_assumed",
    "sources_apart",
    "watch_columns_open",
    "watch_dates_open",
    "watch_fields_missing",
    "watch_kind_open",
    "watch_people_open",
    "watch_stages_open",
    "watch_taken_back",
    "tax_taken_out",
    "sheet_hidden",
    "created_customers",
    "created_products",
    "created_people",
    "manager_ambiguous",
    "transfers_recorded",
    "alias_used",
    "same_as_before",
    "file_skipped",
    "unmapped_columns",
    "missing_required",
    "evidence_dates",
    "evidence_dates_controlled",
    "evidence_amounts",
    // undo
    "kept_changed_later",
    "kept_referred_to",
    "kept_earlier_values_refer",
    "kept_named_earlier",
    // history: what a change did
    "change_import",
    "change_undo_batch",
    "change_demo",
    "change_set_goal",
    "change_split_goal",
    "change_edit_goal",
    "change_set_target_bonus",
    "change_save_plan",
    "change_run_bonus",
    "change_setting",
    "change_keep_forecasts",
    "change_save_board",
    "change_remove_board",
    "change_save_view",
    "change_remove_view",
    "change_save_metric",
    "change_remove_metric",
    "change_set_scorecard",
    "change_remove_scorecard",
    "change_set_kpi_goal",
    "change_remove_kpi_goal",
    "change_mapping",
    "change_organisation",
    "change_edit",
    "change_source_order",
    "change_take_value",
    "change_unwatch",
    "change_watch",
    "change_watched_file",
    "change_merge_customers",
    "change_unmerge_customers",
    "change_account",
    "change_follow_up",
    "change_personal_file",
    "return_of_another",
    "return_id_taken",
    "return_customer_gone",
    "return_deal_gone",
    "return_not_seen",
    "return_not_plausible",
    "change_sign_in",
    "change_undo",
    "change_redo",
    "change_restore",
    // history: names and values
    "name_goal_plan",
    "name_bonus_plan",
    "name_setting",
    "name_scorecard",
    "value_none",
    "value_text",
    "value_number",
    "value_money",
    "value_day",
    "value_moment",
    "value_since_ever",
    "value_open_end",
    "value_stage",
    "value_role",
    "value_unit_kind",
    "value_goal_state",
    "value_metric",
    "value_document",
    "value_gone",
    "value_interaction",
    "value_stay",
    "value_undecided",
    // audit log
    "audit_entry",
    "audit_detail",
    "audit_kind",
    "audit_entity",
    "audit_field",
    // dashboard
    "months_without_data",
    "no_goal_for_year",
    "goal_not_split",
    "data_ends_before_period_end",
    "data_ends_without_comparison",
    "goal_not_in_period",
    "formula_won_amount",
    "formula_count",
    "formula_no_value",
    "formula_average_deal",
    "formula_win_rate",
    "formula_no_goal",
    "formula_attainment",
    "formula_goal_zero",
    // goals
    "people_without_history",
    "people_without_weight",
    "negative_history",
    "time_by_history",
    "served_not_listed",
    "smart_specific",
    "smart_measurable",
    "smart_measurable_days",
    "smart_achievable",
    "smart_unknown",
    "smart_relevant",
    "smart_time_bound",
    "smart_suggest_amount",
    "smart_suggest_facts",
    "smart_suggest_relevant",
    "progress_data_until",
    "progress_limit_passed",
    "progress_person_gone",
    "progress_other_days",
    "time_by_working_days",
    "people_equal_in_team",
    "copy_people_left",
    "copy_people_moved",
    "copy_people_new",
    "copy_people_part_year",
    "copy_people_ramp",
    "copy_people_leave",
    "copy_people_part_time",
    "copy_units_empty",
    "copy_alike",
    "goal_superseded",
    "earlier_goal_in_force",
    "goal_submitted_missing",
    "goal_adopt_missing",
    "goal_adopt_absorb",
    "goal_draft_replaced",
    "goal_adopt_not_submitted",
    "change_goal_round",
    "change_goal_proposal",
    "change_goal_comment",
    "change_publish_goal",
    "change_confirm_goal",
    "change_bonus_cycle",
    "change_adjust_bonus",
    "change_assign_plan",
    "change_bonus_objective",
    "change_confirm_statement",
    "statement_rounding_line",
    "statement_rounding_sum",
    "payroll_held",
    "payroll_blocked",
    "name_goal_round",
    "value_submission",
    "value_bonus_step",
    "value_decision",
    "return_statement_gone",
    "return_not_approved",
    "return_round_gone",
    "return_round_closed",
    "return_unit_submitted",
    "return_no_goal",
    "return_not_published",
    "plan_newer_than_period",
    // bonus
    "bonus_waits_teams",
    "bonus_waits_hr",
    "bonus_waits_pay",
    "bonus_waits_payment",
    "bonus_waits_reopen",
    "bonus_team_too_small",
    "plan_change_approved",
    "restate_blocked",
    "cause_held",
    "cause_settled_otherwise",
    "no_target_bonus_people",
    "default_target_bonus_used",
    "no_goal_people",
    "facts_changed_since_run",
    "deal_changed_since_run",
    "period_running",
    // what a deal would pay, what a year pays, what other plans would have cost
    "deal_amount_needed",
    "deal_events_same_day",
    "deal_period_running",
    "deal_personal_file",
    "deal_plan_pays_no_deals",
    "deal_plan_of_pays_no_deals",
    "deal_pays_others",
    "deal_credits_nobody_paid",
    "earnings_kept_early",
    "earnings_not_paid",
    "earnings_components_stand",
    "earnings_not_by_sales",
    "earnings_plan_limit",
    "earnings_half_years",
    "earnings_no_landing",
    "earnings_by_landing",
    "earnings_later_by_goals",
    "earnings_later_evenly",
    "what_if_people_of",
    "what_if_todays_version",
    "what_if_versions",
    "what_if_nobody",
    "what_if_running",
    "what_if_blocked",
    "what_if_other_kinds",
    "what_if_other_days",
    "what_if_as_now",
];

/// Errors, plan problems, notes and trace steps of `yeji-bonus`.
const BONUS: &[&str] = &[
    "plan_too_large",
    "plan_syntax",
    "plan_field_twice",
    "plan_missing_field",
    "plan_not_a_number",
    "plan_unknown_field",
    "plan_unknown_value",
    "plan_wrong_type",
    "plan_write",
    "invalid_plan",
    "wrong_period",
    "deal_outside_period",
    "no_periods",
    "several_plans",
    "period_twice",
    "sales_of_no_month",
    "deal_attainment",
    "deal_measure",
    "deal_measure_number",
    "deal_tier",
    "deal_first_tier",
    "deal_same_tier",
    "deal_tier_below",
    "deal_tier_above",
    "deal_gate_opens",
    "deal_gate_closes",
    "deal_cap",
    "deal_floor_gone",
    "deal_plan_cap",
    "deal_plan_floor",
    "deal_left_out_filter",
    "deal_left_out_outside_period",
    "deal_left_out_net_zero",
    "deal_same_amount",
    "duplicate_person",
    "negative_target_bonus",
    "curve_goal",
    "curve_points",
    "unknown_schema",
    "missing_code",
    "missing_name",
    "unsupported_period",
    "no_tiers",
    "too_many_tiers",
    "negative_from",
    "empty_tier",
    "unordered_tiers",
    "overlapping_tiers",
    "gap",
    "negative_percent",
    "too_fine",
    "falling_payout",
    "unusual_percent",
    "no_goal",
    "goal_zero",
    "goal_negative",
    "no_target_bonus",
    "default_target_bonus",
    "below_first_tier",
    "above_last_tier",
    "no_deals",
    "period_not_over",
    "tier_all",
    "tier_below_first",
    "tier_excess",
    "credit_deals",
    "measure_sum",
    "attainment_of_goal",
    "attainment_none",
    "tier_found",
    "tier_found_open",
    "tier_below",
    "tier_above",
    "tier_none",
    "target_bonus_record",
    "rate_all",
    "rate_excess",
    "rate_below",
    "rounding",
    "payout_sum",
    "payout_nothing",
    "duplicate_fact",
    "refund_circle",
    "negative_credit_share",
    "manager_circle",
    "overlapping_assignments",
    "duplicate_goal",
    "duplicate_kpi",
    "duplicate_team",
    "duplicate_adjustment",
    "adjustment_of_nobody",
    "no_component",
    "no_components",
    "too_many_components",
    "duplicate_component",
    "negative_limit",
    "cap_below_floor",
    "percent_by_amount",
    "pay_without_measure",
    "pay_needs_money",
    "pay_needs_units",
    "pay_over_baseline",
    "marginal_target_bonus_by_amount",
    "missing_baseline",
    "unused_baseline",
    "missing_pay_to",
    "pay_to_kind",
    "open_interpolation",
    "unused_pay_to",
    "no_levels",
    "deal_rate_without_receipts",
    "deal_rate_to_date",
    "transaction_by_attainment",
    "transaction_proration",
    "per_deal_without_transactions",
    "pool_without",
    "attainment_by_amount",
    "weights_total",
    "unknown_component",
    "earnings_of_earnings",
    "no_steps",
    "unordered_steps",
    "condition_too_long",
    "condition_too_deep",
    "condition_too_many_terms",
    "condition_unexpected",
    "condition_ends",
    "unknown_name",
    "unreachable_tier",
    "capped_tier",
    "cliff",
    "credit_over_whole",
    "no_facts",
    "negative_measure",
    "no_objectives",
    "objectives_not_judged",
    "pool_partly",
    "no_days",
    "no_team",
    "kpi_missing",
    "margin_missing",
    "quantity_missing",
    "filter_no_answer",
    "gate_no_answer",
    "modifier_no_answer",
    "credit_total",
    "refund_without_original",
    "objectives_total",
    "earnings_blocked",
    "deal_missing",
    "bonus_overflow",
    "floor_waits",
    "credited_to_others",
    "nobody_credited",
    "line_below",
    "line_whole",
    "line_marginal",
    "line_interpolated",
    "line_over_baseline",
    "line_fact",
    "line_receipt",
    "line_cap",
    "line_floor",
    "line_plan_cap",
    "line_plan_floor",
    "line_to_date",
    "line_pool",
    "credit_facts",
    "measure_amount",
    "measure_margin",
    "measure_count",
    "measure_quantity",
    "measure_kpi",
    "measure_earnings",
    "scorecard_sum",
    "objectives_sum",
    "pay_below",
    "pay_whole",
    "pay_marginal",
    "pay_interpolated",
    "pay_over_baseline_step",
    "rate_of_deal",
    "gate_holds",
    "gate_fails",
    "modifier_step",
    "limit_cap",
    "limit_floor",
    "limit_cap_deal",
    "limit_floor_deal",
    "proration_days",
    "pool_share",
    "payout_to_date",
    "left_out_outside_period",
    "left_out_filter",
    "left_out_net_zero",
    "period_limit_of_deal_rate",
    "to_date_of_longer_period",
    "unused_setting",
    "refund_of_several",
    "limit_without_target_bonus",
    "anomaly_blocked",
    "anomaly_negative",
    "anomaly_over_cap",
    "anomaly_zero",
    "anomaly_jump",
    "anomaly_changed",
    "anomaly_goal_zero",
    "cause_plan",
    "cause_new_person",
    "cause_gone_person",
    "cause_employment",
    "cause_target_bonus",
    "cause_assignment",
    "cause_goal",
    "cause_kpi",
    "cause_objectives",
    "cause_adjustments",
    "cause_reports",
    "cause_team",
    "cause_fact_added",
    "cause_refund_added",
    "cause_fact_removed",
    "cause_refund_removed",
    "cause_amount",
    "cause_day",
    "cause_share",
    "cause_fact_changed",
    "cause_others",
    "cause_more",
    "left_out_other_plan",
];

/// All codes of this crate and of the crates whose codes pass through it.
pub fn all() -> Vec<&'static str> {
    let mut all: Vec<&str> = [
        ERRORS,
        NOTES,
        &crate::keys::KeyError::CODES,
        &crate::bonus::BonusIfError::CODES,
        &crate::keeping::KeepingError::CODES,
        &crate::personal::PersonalError::CODES,
        &yeji_core::Error::CODES,
        &yeji_intake::Error::CODES,
        goals::ERRORS,
        goals::NOTES,
        BONUS,
    ]
    .concat();
    all.extend(yeji_intake::HolidayProblem::ALL.map(yeji_intake::HolidayProblem::code));
    all.extend(yeji_intake::RejectCode::ALL.iter().map(|code| code.code()));
    all.extend(yeji_intake::WarningCode::ALL.iter().map(|code| code.code()));
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether the UI has words for a code.
pub fn is_known(code: &str) -> bool {
    all().binary_search(&code).is_ok()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    type Words = BTreeMap<String, String>;

    const CHINESE: &str = include_str!("../../../../ui/src/i18n/zh-CN/messages.json");
    const ENGLISH: &str = include_str!("../../../../ui/src/i18n/en/messages.json");

    fn words(json: &str) -> Words {
        serde_json::from_str(json).unwrap()
    }

    /// `rows:number` of a sentence with `{rows:number}`.
    fn places(sentence: &str) -> BTreeSet<&str> {
        sentence
            .split('{')
            .skip(1)
            .map(|rest| rest.split_once('}').expect("a place ends").0)
            .collect()
    }

    #[test]
    fn both_languages_have_words_for_exactly_these_codes() {
        for json in [CHINESE, ENGLISH] {
            let words = words(json);
            let codes: Vec<&str> = words.keys().map(String::as_str).collect();
            assert_eq!(codes, all());
            assert!(words.values().all(|sentence| !sentence.trim().is_empty()));
        }
    }

    #[test]
    fn both_languages_name_the_same_values() {
        let english = words(ENGLISH);
        for (code, chinese) in &words(CHINESE) {
            assert_eq!(places(chinese), places(&english[code]), "{code}");
        }
    }

    fn board_errors() -> Vec<crate::Error> {
        use crate::api::boards::Form;
        use crate::{Error, Misfit};
        let (text, form) = (|| "x".to_owned(), Form::Pareto);
        let named = || crate::performance::Named {
            code: text(),
            zh: text(),
            en: text(),
        };
        let role = yeji_core::account::Role::Sales;
        let misfits = [
            Misfit::NeedsSplit { form },
            Misfit::PartsOrPeriods { form },
            Misfit::NeedsSum {
                form,
                metric: named(),
            },
            Misfit::NeedsShare {
                form,
                metric: named(),
            },
            Misfit::NeedsMetric {
                form,
                metrics: vec![named()],
            },
            Misfit::NoFilter { form },
            Misfit::NoYears { form },
        ];
        let mut all = vec![
            Error::BuiltInBoard { id: text() },
            Error::BoardOfAnother {
                name: text(),
                owner: text(),
            },
            Error::BoardUnreadable { name: text() },
            Error::BoardChanged { name: text() },
            Error::BoardOverlap {
                one: text(),
                other: text(),
            },
            Error::BoardDocument { reason: text() },
            Error::ViewNotShared { name: text(), role },
            Error::ViewOnBoard {
                board: text(),
                role,
            },
        ];
        all.extend(misfits.map(Error::from));
        all
    }

    /// A sentence shows what its error gives: all that stands outside of `<>`, and of a part in `<>` all or
    /// nothing, as such a part is for another error of the code.
    pub(super) fn check_values(error: &crate::Error) {
        fn names(text: &str) -> impl Iterator<Item = &str> {
            let places = places(text).into_iter();
            places.map(|place| place.split(':').next().unwrap_or(place))
        }
        let (code, params) = (error.code(), error.params());
        for sentence in [words(CHINESE), words(ENGLISH)].map(|words| words[code].clone()) {
            let mut pieces = sentence.split('<');
            let mut needed = pieces.next().unwrap_or_default().to_owned();
            for piece in pieces {
                let (part, rest) = piece.split_once('>').expect("a part ends");
                needed.push_str(rest);
                let given = names(part)
                    .filter(|name| params.contains_key(*name))
                    .count();
                assert!(
                    given == 0 || given == names(part).count(),
                    "`{code}`: {part}"
                );
            }
            for name in names(&needed) {
                assert!(params.contains_key(name), "`{code}` does not give `{name}`");
            }
        }
    }

    fn goal_errors() -> Vec<crate::Error> {
        use crate::goals::GoalError;
        let day = chrono::NaiveDate::MIN;
        let all = vec![
            GoalError::NotSplit {
                metric: yeji_core::metric::GoalMetric::WonAmount,
                year: 2026,
            },
            GoalError::Locked {
                year: 2026,
                locks: "x".to_owned(),
            },
            GoalError::OldVersion {
                version: 1,
                newest: 2,
                year: 2026,
            },
            GoalError::Hidden {
                metric: yeji_core::metric::GoalMetric::GrossMargin,
                hidden: "costs",
            },
            GoalError::OtherCalendar {
                year: 2026,
                start: day,
            },
            GoalError::Sheet {
                file: "x".to_owned(),
                line: 1,
                problem: "unknown",
                value: "x".to_owned(),
            },
            GoalError::NoSheetPicked,
            GoalError::OtherPeriod {
                asked: "2026-H2".parse().unwrap(),
                own: "FY2026-H1@04".parse().unwrap(),
            },
            GoalError::NoGoalOn {
                metric: yeji_core::metric::GoalMetric::WonAmount,
                period: "2026-Q1".parse().unwrap(),
                year: "FY2025@04".parse().unwrap(),
            },
            GoalError::BlendDocument {
                file: "x".to_owned(),
                reason: "x".to_owned(),
            },
            GoalError::Impossible(Box::new(crate::goals::Impossible {
                name: "x".to_owned(),
                period: "2026-01".to_owned(),
                wanted: yeji_core::Money::new(1, yeji_core::Currency::CNY),
                smallest: None,
                largest: None,
                locks: Vec::new(),
                frozen: 0,
            })),
        ];
        let round = round_errors().into_iter().map(Into::into);
        all.into_iter().map(Into::into).chain(round).collect()
    }

    fn paper_errors() -> Vec<crate::Error> {
        use crate::bonus::PaperError;
        let (name, hash) = (|| "x".to_owned(), "y".to_owned());
        let period = "2026-Q1".parse().unwrap();
        let amount = yeji_core::Money::new(1, yeji_core::Currency::CNY);
        let all = [
            PaperError::NoRun { period },
            PaperError::NotApproved {
                name: name(),
                period,
            },
            PaperError::SeveralPlans {
                name: name(),
                period,
                plans: name(),
            },
            PaperError::NotOwn { name: name() },
            PaperError::WrongHash {
                hash,
                name: name(),
                amount,
            },
            PaperError::ChangedMeanwhile {
                name: name(),
                amount,
            },
            PaperError::ConfirmedAlready {
                name: name(),
                day: chrono::NaiveDate::MIN,
            },
            PaperError::PayrollNotApproved {
                period,
                plan: name(),
            },
            PaperError::PayrollSum {
                rows: amount,
                apart: amount,
                total: amount,
            },
            PaperError::PayrollColumn {
                column: 1,
                problem: "twice",
                value: name(),
            },
        ];
        all.map(Into::into).into()
    }

    fn round_errors() -> Vec<crate::goals::RoundError> {
        use crate::goals::RoundError;
        let (day, year, version) = (chrono::NaiveDate::MIN, 2026, 1);
        let (text, amount) = (
            || "x".to_owned(),
            yeji_core::Money::new(-1, yeji_core::Currency::CNY),
        );
        let (unit, name) = (text, text);
        vec![
            RoundError::OpenAlready { year },
            RoundError::Closed { year },
            RoundError::DueDays {
                people: day,
                managers: day,
            },
            RoundError::Submitted { unit: unit() },
            RoundError::SubmittedAlready {
                unit: unit(),
                author: text(),
            },
            RoundError::NotSubmitted { unit: unit() },
            RoundError::SubmittedAbove {
                unit: unit(),
                above: text(),
            },
            RoundError::SentBackFromAbove { unit: unit() },
            RoundError::NoRow { name: name(), year },
            RoundError::Negative { amount },
            RoundError::NothingToAdopt { unit: unit() },
            RoundError::DoesNotFit {
                unit: unit(),
                sum: amount,
                goal: amount,
            },
            RoundError::NotPublished { version, year },
            RoundError::ChangedSincePublished { version, year },
            RoundError::PublishedAlready { version, year },
            RoundError::PublishedStays { version, year },
            RoundError::ChangedMeanwhile {
                name: name(),
                amount,
            },
            RoundError::ConfirmedAlready { name: name(), day },
            RoundError::InCompanyStore,
        ]
    }

    fn scorecard_errors() -> Vec<crate::Error> {
        use crate::scorecards::ScorecardError;
        use yeji_core::scorecard::{WeightsError, share};
        let text = || "x".to_owned();
        let one = yeji_core::Ratio::ONE;
        let all = [
            ScorecardError::Share {
                metric: text(),
                value: text(),
            },
            ScorecardError::Document {
                file: text(),
                reason: text(),
            },
            ScorecardError::Neutral { metric: text() },
            ScorecardError::Planned { metric: text() },
            ScorecardError::Value {
                metric: text(),
                value: text(),
                unit: "ratio",
            },
            ScorecardError::InUse {
                metric: text(),
                by: "goal",
            },
        ];
        let weights = [
            WeightsError::Nothing,
            WeightsError::TooMany { limit: 1 },
            WeightsError::Twice { kpi: text() },
            WeightsError::NotPositive {
                kpi: text(),
                weight: one,
            },
            WeightsError::Cap {
                kpi: text(),
                cap: one,
            },
            WeightsError::Below {
                total: share("95%").unwrap(),
                missing: share("5%").unwrap(),
            },
            WeightsError::Above {
                total: one,
                excess: one,
            },
        ];
        let weights = weights.map(|one| yeji_core::Error::from(one).into());
        all.map(Into::into).into_iter().chain(weights).collect()
    }

    #[test]
    fn the_values_of_an_error_are_those_of_its_sentence() {
        use crate::Error;
        let check = |error: Error| check_values(&error);
        check(Error::input("year", "x", "1900 to 2200"));
        check(Error::NoGoal {
            metric: "won_amount".to_owned(),
            year: 2018,
        });
        check(Error::NegativeGoal {
            amount: yeji_core::Money::new(-500, yeji_core::Currency::CNY),
            year: 2026,
        });
        for error in goal_errors().into_iter().chain(scorecard_errors()) {
            check(error);
        }
        check(Error::NotFound {
            what: "person",
            value: "x".to_owned(),
        });
        for error in board_errors().into_iter().chain(paper_errors()) {
            check(error);
        }
        check(Error::UndecidedAliases {
            count: 1,
            first: "a → b".to_owned(),
        });
        check(Error::NothingToImport {
            files: "a.csv".to_owned(),
        });
        check(Error::MendedElsewhere {
            file: "a.xlsx".to_owned(),
            import: "erp".to_owned(),
            source_name: "crm".to_owned(),
        });
        check(Error::OtherCurrency {
            company: "CNY".to_owned(),
            import: "USD".to_owned(),
        });
        check(Error::UndoNamesImport {
            batch: "b".to_owned(),
        });
        check(Error::SourceSaysNothing {
            source_name: "erp".to_owned(),
            field: "amount".to_owned(),
            sources: "crm".to_owned(),
        });
        check(Error::ImportUndoneLast {
            files: "a.csv".to_owned(),
        });
        check(Error::ImportUndoneAfter {
            files: "a.csv".to_owned(),
            before: Box::new(crate::api::Message::new("change_demo", &[])),
            command: "yeji undo --change x".to_owned(),
        });
        check(Error::FileCut {
            file: "a.csv".to_owned(),
            line: 3,
            reason: "x".to_owned(),
        });
        check(Error::NoKey("x".to_owned(), "/x".into()));
        check(Error::KeyMissing("/x".into()));
        check(Error::EngineInput {
            engine: "goal.split",
            reason: "x".to_owned(),
        });
        check(yeji_store::Error::Absent("/x".into()).into());
        check(yeji_store::Error::Missing("/x".into()).into());
        check(
            yeji_store::Error::HeldByAnother {
                holder: "x".to_owned(),
            }
            .into(),
        );
        check(yeji_store::Error::NewerStore { found: 2, known: 1 }.into());
        check(Error::CannotRestore {
            entity: "person",
            field: "name".to_owned(),
            reason: "overlaps",
        });
        check(
            yeji_store::Error::CannotTakeBack {
                change: uuid::Uuid::nil().into(),
                kind: yeji_store::ChangeKind::RunBonus,
            }
            .into(),
        );
        check(
            yeji_store::Error::LaterWork {
                entity: yeji_store::Entity::Person,
                id: uuid::Uuid::nil(),
                rows: 1,
                by: Some(2),
            }
            .into(),
        );
        check(yeji_store::Error::NotAHead("x".to_owned()).into());
        check(
            yeji_store::Error::NotAStore {
                path: "/x".into(),
                why: "x".to_owned(),
            }
            .into(),
        );
        check(
            yeji_intake::Error::NotATable {
                file: "a".into(),
                reason: "pdf".to_owned(),
            }
            .into(),
        );
        check(
            yeji_intake::Error::TooLarge {
                file: "a".into(),
                what: "columns",
                limit: 1,
            }
            .into(),
        );
        check(Error::EngineRefused {
            engine: "goal.split",
            reason: crate::api::Message::new("no_root", &[]),
            detail: "x".to_owned(),
            faults: Vec::new(),
        });
        check(
            yeji_insight::kpi::KpiError::UnknownName {
                metric: "a".to_owned(),
                name: "b".to_owned(),
                meant: String::new(),
            }
            .into(),
        );
        check(
            yeji_bonus::Error::CurvePoints {
                points: 1,
                min: 2,
                max: 3,
            }
            .into(),
        );
    }
}
