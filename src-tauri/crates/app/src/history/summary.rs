//! What a change did, as a sentence.

use serde_json::Value;
use yeji_core::Currency;
use yeji_store::{ChangeEntry, ChangeKind};

use crate::api::Message;

/// The sentence of a change. Values that an older version did not keep are left out by the sentence.
pub(super) fn what(entry: &ChangeEntry) -> Message {
    let value = |name: &str| said(entry.summary.get(name));
    // A number of things has none.
    let currency = || {
        let code = value("currency");
        if code == Currency::NONE.code() {
            return String::new();
        }
        code
    };
    let pair = [
        ("customer", value("customer_name")),
        ("other", value("other_name")),
    ];
    let records = ("records", entry.logged_rows.to_string());
    match entry.kind {
        ChangeKind::Import => Message::new("change_import", &[("files", value("files"))]),
        ChangeKind::UndoBatch => Message::new("change_undo_batch", &[("files", value("files"))]),
        ChangeKind::Demo => Message::new("change_demo", &[]),
        ChangeKind::SetGoal => Message::new(
            "change_set_goal",
            &[
                ("year", value("year")),
                ("metric", value("metric")),
                ("amount", value("amount")),
                ("currency", currency()),
            ],
        ),
        ChangeKind::SplitGoal => Message::new(
            "change_split_goal",
            &[
                ("year", value("year")),
                ("metric", value("metric")),
                ("by", value("by")),
            ],
        ),
        ChangeKind::EditGoal => Message::new(
            "change_edit_goal",
            &[
                ("year", value("year")),
                ("metric", value("metric")),
                ("version", value("version")),
                ("what", value("what")),
                ("cells", value("cells")),
                ("reason", value("reason")),
            ],
        ),
        ChangeKind::SetTargetBonus => Message::new(
            "change_set_target_bonus",
            &[
                ("people", value("people")),
                ("amount", value("per_quarter")),
                ("currency", currency()),
                ("from", value("from")),
            ],
        ),
        ChangeKind::SavePlan => Message::new(
            "change_save_plan",
            &[("code", value("code")), ("version", value("version"))],
        ),
        ChangeKind::RunBonus => Message::new("change_run_bonus", &[("period", value("period"))]),
        ChangeKind::Setting if entry.summary.get("records").is_some() => Message::new(
            "change_source_order",
            &[("order", value("order")), ("records", value("records"))],
        ),
        ChangeKind::Setting if entry.summary.get("forecast_kept").is_some() => {
            Message::new("change_keep_forecasts", &[("day", value("forecast_kept"))])
        }
        ChangeKind::Setting if entry.summary.get("own_metric").is_some() => Message::new(
            if entry.summary.get("removed").is_some() {
                "change_remove_metric"
            } else {
                "change_save_metric"
            },
            &[("metric", value("own_metric"))],
        ),
        ChangeKind::Setting if entry.summary.get("scorecard").is_some() => Message::new(
            if entry.summary.get("removed").is_some() {
                "change_remove_scorecard"
            } else {
                "change_set_scorecard"
            },
            &[("role", value("scorecard")), ("from", value("from"))],
        ),
        ChangeKind::Setting if entry.summary.get("kpi_goal").is_some() => {
            let mut params = vec![
                ("metric", value("kpi_goal")),
                ("name", value("name")),
                ("period", value("period")),
            ];
            if entry.summary.get("removed").is_some() {
                return Message::new("change_remove_kpi_goal", &params);
            }
            params.push(("value", value("value")));
            Message::new("change_set_kpi_goal", &params)
        }
        ChangeKind::Setting => Message::new("change_setting", &[("key", value("key"))]),
        ChangeKind::Mapping => Message::new("change_mapping", &[records]),
        ChangeKind::Organisation => Message::new(
            "change_organisation",
            &[("name", value("company")), records],
        ),
        ChangeKind::Edit if entry.summary.get("source").is_some() => Message::new(
            "change_take_value",
            &[
                ("source", value("source")),
                ("name", value("name")),
                ("field", value("field")),
            ],
        ),
        ChangeKind::Edit if is_merge(entry) => Message::new("change_merge_customers", &pair),
        ChangeKind::Edit if entry.summary.get("from").is_some() => {
            Message::new("change_unmerge_customers", &pair)
        }
        ChangeKind::Edit => Message::new("change_edit", &[records]),
        ChangeKind::FollowUp => Message::new("change_follow_up", &[("name", value("about"))]),
        ChangeKind::PersonalFile => {
            let person = [("name", value("person")), ("number", value("number"))];
            Message::new("change_personal_file", &person)
        }
        ChangeKind::Account => Message::new("change_account", &[("name", value("account"))]),
        ChangeKind::SignIn => Message::new("change_sign_in", &[("name", value("account"))]),
        ChangeKind::Undo => Message::new("change_undo", &[]),
        ChangeKind::Redo => Message::new("change_redo", &[]),
        ChangeKind::Watch if entry.summary.get("folder").is_some() => Message::new(
            if entry.summary.get("ended").is_some() {
                "change_unwatch"
            } else {
                "change_watch"
            },
            &[("folder", value("folder"))],
        ),
        ChangeKind::Watch => Message::new(
            "change_watched_file",
            &[("file", value("file")), ("state", value("state"))],
        ),
        ChangeKind::Board => {
            let code = match (
                entry.summary.get("view").is_some(),
                entry.summary.get("removed").is_some(),
            ) {
                (false, false) => "change_save_board",
                (false, true) => "change_remove_board",
                (true, false) => "change_save_view",
                (true, true) => "change_remove_view",
            };
            let name = if entry.summary.get("view").is_some() {
                value("view")
            } else {
                value("board")
            };
            Message::new(code, &[("name", name)])
        }
        ChangeKind::GoalRound => Message::new(
            "change_goal_round",
            &[
                ("year", value("year")),
                ("metric", value("metric")),
                ("what", value("what")),
                ("name", value("name")),
                ("reason", value("reason")),
            ],
        ),
        ChangeKind::GoalProposal => Message::new(
            "change_goal_proposal",
            &[
                ("year", value("year")),
                ("metric", value("metric")),
                ("name", value("name")),
                ("amount", value("amount")),
                ("currency", currency()),
            ],
        ),
        ChangeKind::GoalComment => Message::new(
            "change_goal_comment",
            &[
                ("year", value("year")),
                ("metric", value("metric")),
                ("name", value("name")),
            ],
        ),
        ChangeKind::PublishGoal => Message::new(
            "change_publish_goal",
            &[
                ("year", value("year")),
                ("metric", value("metric")),
                ("version", value("version")),
            ],
        ),
        ChangeKind::ConfirmGoal => Message::new(
            "change_confirm_goal",
            &[
                ("year", value("year")),
                ("metric", value("metric")),
                ("name", value("name")),
                ("amount", value("amount")),
                ("currency", currency()),
            ],
        ),
        ChangeKind::BonusCycle => Message::new(
            "change_bonus_cycle",
            &[
                ("period", value("period")),
                ("plan", value("plan")),
                ("step", value("step")),
                ("reason", value("reason")),
            ],
        ),
        ChangeKind::AdjustBonus => Message::new(
            "change_adjust_bonus",
            &[
                ("period", value("period")),
                ("name", value("name")),
                ("amount", value("amount")),
                ("currency", currency()),
                ("what", value("what")),
            ],
        ),
        ChangeKind::AssignPlan => Message::new(
            "change_assign_plan",
            &[("plan", value("plan")), ("name", value("name"))],
        ),
        ChangeKind::BonusObjective => Message::new(
            "change_bonus_objective",
            &[("period", value("period")), ("name", value("name"))],
        ),
        ChangeKind::ConfirmStatement => Message::new(
            "change_confirm_statement",
            &[
                ("period", value("period")),
                ("name", value("name")),
                ("amount", value("amount")),
                ("currency", currency()),
            ],
        ),
        ChangeKind::Restore => Message::new(
            "change_restore",
            &[
                ("entity", value("entity")),
                ("field", value("field")),
                ("name", value("name")),
            ],
        ),
    }
}

/// Whether a change gave everything of one customer to another.
pub(super) fn is_merge(entry: &ChangeEntry) -> bool {
    entry.kind == ChangeKind::Edit && entry.summary.get("into").is_some()
}

/// A value as text; lists joined, as sentences take them.
pub(super) fn said(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null | Value::Object(_)) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(all)) => {
            let texts: Vec<String> = all.iter().map(|one| said(Some(one))).collect();
            texts.join(", ")
        }
        Some(other) => other.to_string(),
    }
}
