//! Codes of `yeji-goals`.

/// Errors.
pub(super) const ERRORS: &[&str] = &[
    "blend_total",
    "calendar_span",
    "calendar_span_range",
    "cell_above_leaf",
    "cell_period",
    "days_done",
    "distribution",
    "duplicate_period",
    "duplicate_unit",
    "edit_impossible",
    "entry_count",
    "factor_twice",
    "given_weights_mixed",
    "growth_caps_bind",
    "growth_floors_bind",
    "history_all_zero",
    "interval",
    "limit_order",
    "margins_differ",
    "missing_time_weight",
    "missing_weight",
    "mixed_signs",
    "negative_cell",
    "negative_figure",
    "negative_goal",
    "negative_share",
    "negative_time_weight",
    "negative_weight",
    "no_root",
    "no_siblings",
    "no_units",
    "nothing_given",
    "overflow",
    "people_count",
    "period_of_other_calendar",
    "period_place",
    "period_tree",
    "person_without_team",
    "presence",
    "rounding_unit",
    "row_above_leaf",
    "row_length",
    "setting_range",
    "shares_all_zero",
    "shift_amount",
    "shift_within",
    "split_over_nobody",
    "split_period_kind",
    "time_weight_kind",
    "time_weight_place",
    "too_many_units",
    "two_roots",
    "unit_circle",
    "unit_level_order",
    "unknown_parent",
    "unknown_period",
    "unknown_tag",
    "unknown_unit",
    "weights_too_fine",
    "zero_time_weights",
    "zero_weights",
];

/// Notes.
pub(super) const NOTES: &[&str] = &[
    "amount_below_unit",
    "calendar_days_used",
    "cell_without_working_day",
    "factor_without_weights",
    "holidays_unknown",
    "never_present",
    "new_person_by_median",
    "no_common_profile",
    "rounding_given_up",
    "scorecard_rounded",
    "too_few_years",
    "unit_gets_nothing",
    "week_without_working_day",
    "weeks_follow_people",
    "weeks_without_working_days",
    "year_left_out",
    "zeros_filled",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::NaiveDate;
    use yeji_goals::edit::EditError;
    use yeji_goals::weigh::WeighError;
    use yeji_goals::{Error, PlanError};

    use super::*;
    use crate::codes::tests::check_values;

    /// Where the codes of errors stand.
    const OF_ERRORS: &[&str] = &[
        include_str!("../../../goals/src/error.rs"),
        include_str!("../../../goals/src/plan_error.rs"),
        include_str!("../../../goals/src/weigh/error.rs"),
        include_str!("../../../goals/src/edit/error.rs"),
    ];
    /// Where notes are made.
    const OF_NOTES: &[&str] = &[
        include_str!("../../../goals/src/edit/mod.rs"),
        include_str!("../../../goals/src/pace.rs"),
        include_str!("../../../goals/src/presence.rs"),
        include_str!("../../../goals/src/scorecard.rs"),
        include_str!("../../../goals/src/season/mod.rs"),
        include_str!("../../../goals/src/season/profile.rs"),
        include_str!("../../../goals/src/split.rs"),
        include_str!("../../../goals/src/time.rs"),
        include_str!("../../../goals/src/tree.rs"),
        include_str!("../../../goals/src/weigh/level.rs"),
        include_str!("../../../goals/src/weigh/weights.rs"),
    ];

    fn found(sources: &[&'static str], before: &str) -> BTreeSet<&'static str> {
        sources
            .iter()
            .flat_map(|source| source.split(before).skip(1))
            .filter_map(|rest| rest.split_once('"'))
            .map(|(code, _)| code)
            .collect()
    }

    /// A code that the engines gain or lose must gain or lose its words.
    #[test]
    fn these_are_the_codes_of_the_engines() {
        let all = |codes: &[&'static str]| codes.iter().copied().collect::<BTreeSet<_>>();
        assert_eq!(found(OF_ERRORS, "=> \""), all(ERRORS));
        assert_eq!(found(OF_NOTES, "Note::new(\""), all(NOTES));
    }

    fn weigh_errors() -> Vec<WeighError> {
        let text = || "x".to_owned();
        let (unit, name) = (text, text);
        vec![
            WeighError::PersonWithoutTeam {
                unit: unit(),
                name: name(),
            },
            WeighError::NegativeFigure {
                unit: unit(),
                name: name(),
                figure: "own",
                value: text(),
            },
            WeighError::HistoryAllZero {
                unit: unit(),
                name: name(),
            },
            WeighError::BlendTotal {
                sum: text(),
                missing: text(),
            },
            WeighError::FactorTwice { factor: "own" },
            WeighError::SettingRange {
                what: "cap",
                value: text(),
                low: text(),
                high: text(),
            },
            WeighError::Presence {
                unit: unit(),
                name: name(),
                present: text(),
                all: 1,
            },
            WeighError::UnknownTag {
                unit: unit(),
                name: name(),
                tag: text(),
            },
            WeighError::GivenWeightsMixed {
                unit: unit(),
                name: name(),
            },
            WeighError::CapsBind {
                unit: unit(),
                name: name(),
                left: 1,
                most: 1,
                people: text(),
                count: 1,
                needed: text(),
            },
            WeighError::FloorsBind {
                unit: unit(),
                name: name(),
                least: 1,
                over: 1,
                people: text(),
                count: 1,
            },
            WeighError::NegativeGoal { minor: -1 },
        ]
    }

    fn edit_errors() -> Vec<EditError> {
        let text = || "x".to_owned();
        vec![
            EditError::DuplicatePeriod { period: text() },
            EditError::UnknownPeriod { period: text() },
            EditError::PeriodTree { period: text() },
            EditError::PeriodPlace { period: text() },
            EditError::RowAboveLeaf { unit: text() },
            EditError::RowLength {
                unit: text(),
                given: 1,
                expected: 2,
            },
            EditError::NegativeCell {
                unit: text(),
                period: text(),
                minor: -1,
            },
            EditError::NoSiblings {
                unit: text(),
                period: text(),
            },
            EditError::ShiftWithin {
                from: text(),
                to: text(),
            },
            EditError::ShiftAmount { minor: 0 },
            EditError::Impossible {
                unit: text(),
                name: text(),
                period: text(),
                wanted: 1,
                smallest: 2,
                largest: text(),
                locks: text(),
                frozen: 0,
            },
        ]
    }

    fn plan_errors() -> Vec<PlanError> {
        let text = || "x".to_owned();
        vec![
            PlanError::NothingGiven { what: "cells" },
            PlanError::EntryCount {
                place: text(),
                given: 1,
                expected: 2,
            },
            PlanError::NegativeShare {
                place: text(),
                value: text(),
            },
            PlanError::SharesAllZero { what: "own" },
            PlanError::Interval { place: text() },
            PlanError::DaysDone {
                place: text(),
                done: 2,
                all: 1,
            },
            PlanError::LimitOrder {
                what: "pace",
                green: text(),
                amber: text(),
            },
            PlanError::Distribution { place: text() },
            PlanError::PeopleCount { reached: 2, of: 1 },
        ]
    }

    fn own_errors() -> Vec<Error> {
        let text = || "x".to_owned();
        let day = NaiveDate::MIN;
        vec![
            Error::RoundingUnit { minor: 0 },
            Error::Span,
            Error::SpanRange {
                from: day,
                to: day,
                min: 1900,
                max: 2200,
            },
            Error::TooManyUnits { count: 2, limit: 1 },
            Error::ZeroWeights {
                unit: text(),
                name: text(),
            },
        ]
    }

    #[test]
    fn their_sentences_have_their_values() {
        let mut all = own_errors();
        all.extend(weigh_errors().into_iter().map(Error::from));
        all.extend(edit_errors().into_iter().map(Error::from));
        all.extend(plan_errors().into_iter().map(Error::from));
        for error in all {
            assert!(ERRORS.contains(&error.code()), "{}", error.code());
            check_values(&error.into());
        }
    }
}
