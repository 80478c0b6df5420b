//! What is unusual about a statement, for whoever reviews a run. Pure; every comparison is of whole minor
//! units, so a threshold is met or it is not. Nothing here changes what is paid.

use yeji_core::Money;

use crate::statement::{Figure, Note, Statement};

/// A payout is a jump from this many times the usual one on (and from one over it down).
pub const JUMP_FACTOR: i128 = 2;

/// What differs by less than one in so many of the target bonus is no jump, whatever its factor: 3.00
/// after 1.00 is nobody's concern.
pub const JUMP_LEAST_PART: i128 = 100;

/// Earlier periods whose median is the usual payout.
pub const HISTORY_PERIODS: usize = 4;

/// What kind of unusual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnomalyKind {
    /// Something cannot be known.
    Blocked,
    /// Below zero.
    Negative,
    /// A cap has taken something away.
    OverCap,
    /// Nothing, where there was something in an earlier period and there is a measure or a goal now.
    Zero,
    /// Twice or half the usual, or more.
    Jump,
    /// Another amount than in the run before.
    Changed,
}

impl AnomalyKind {
    /// The code at the border.
    pub fn code(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Negative => "negative",
            Self::OverCap => "over_cap",
            Self::Zero => "zero",
            Self::Jump => "jump",
            Self::Changed => "changed",
        }
    }
}

/// Something unusual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anomaly {
    /// What kind.
    pub kind: AnomalyKind,
    /// In words: `anomaly_blocked`, `anomaly_negative` (payout), `anomaly_over_cap` (amount: what caps took),
    /// `anomaly_zero` (before), `anomaly_jump` (payout, before), `anomaly_changed` (payout, before).
    pub note: Note,
    /// What the payout is compared with: the usual one, or that of the run before.
    pub before: Option<Money>,
}

/// Finds what is unusual. `history`: payouts of earlier periods, the latest first, of which up to
/// [`HISTORY_PERIODS`] count; `before`: the payout in the run before of the same period.
pub fn review(statement: &Statement, history: &[Money], before: Option<Money>) -> Vec<Anomaly> {
    let payout = statement.payout;
    let text = payout.to_major();
    let mut found = Vec::new();
    let mut add = |kind: AnomalyKind, params: &[(&str, String)], before: Option<Money>| {
        let code = format!("anomaly_{}", kind.code());
        let note = Note::new(&code, params);
        found.push(Anomaly { kind, note, before });
    };
    if statement.blocked {
        add(AnomalyKind::Blocked, &[], None);
    }
    if payout.minor < 0 {
        add(AnomalyKind::Negative, &[("payout", text.clone())], None);
    }
    if let Some(taken) = taken_by_caps(statement) {
        add(AnomalyKind::OverCap, &[("amount", taken.to_major())], None);
    }
    let history = &history[..history.len().min(HISTORY_PERIODS)];
    let largest = history.iter().max_by_key(|one| one.minor).copied();
    if let (0, Some(largest), true) = (payout.minor, largest, has_measure_or_goal(statement))
        && largest.minor > 0
        && !statement.blocked
    {
        let params = [("before", largest.to_major())];
        add(AnomalyKind::Zero, &params, Some(largest));
    }
    if let Some(usual) = jump(statement, history) {
        let params = [("payout", text.clone()), ("before", usual.to_major())];
        add(AnomalyKind::Jump, &params, Some(usual));
    }
    if let Some(before) = before.filter(|before| before.minor != payout.minor) {
        let params = [("payout", text), ("before", before.to_major())];
        add(AnomalyKind::Changed, &params, Some(before));
    }
    found
}

/// What caps of components and of the plan took away, if anything; those of single deals are within their
/// lines.
fn taken_by_caps(statement: &Statement) -> Option<Money> {
    let lines = statement.components.iter().flat_map(|one| &one.lines);
    let caps: Vec<i64> = lines
        .chain(&statement.limit)
        .filter(|line| matches!(line.label.code.as_str(), "line_cap" | "line_plan_cap"))
        .map(|line| line.amount.minor)
        .collect();
    if caps.is_empty() {
        return None;
    }
    let taken = caps.iter().fold(0_i64, |sum, cap| sum.saturating_sub(*cap));
    Some(Money::new(taken, statement.payout.currency))
}

fn has_measure_or_goal(statement: &Statement) -> bool {
    let is_something = |figure: &Figure| match figure {
        Figure::Money(money) => money.minor != 0,
        Figure::Number(number) => number.numerator() != 0,
    };
    statement.components.iter().any(|component| {
        let figures = component.measure.iter().chain(&component.goal);
        figures.into_iter().any(is_something)
    })
}

/// The usual payout, if this one jumps from it: the median of the history (of two in the middle, their half
/// sum, which is compared doubled and shown rounded down).
fn jump(statement: &Statement, history: &[Money]) -> Option<Money> {
    let payout = i128::from(statement.payout.minor);
    if payout <= 0 || statement.blocked {
        return None;
    }
    let mut sorted: Vec<i64> = history.iter().map(|one| one.minor).collect();
    sorted.sort_unstable();
    let (above, below) = (sorted.len() / 2, sorted.len().checked_sub(1)? / 2);
    let doubled = i128::from(sorted[above]) + i128::from(sorted[below]);
    if doubled <= 0 {
        return None;
    }
    let far = 2 * payout >= JUMP_FACTOR * doubled || JUMP_FACTOR * 2 * payout <= doubled;
    let target = statement.target_bonus.map_or(0, |target| target.minor);
    let difference = (2 * payout - doubled).abs();
    let matters = JUMP_LEAST_PART * difference >= 2 * i128::from(target);
    let usual = i64::try_from(doubled / 2).ok()?;
    (far && matters).then(|| Money::new(usual, statement.payout.currency))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use yeji_core::{Currency, Ratio};

    use super::*;
    use crate::plan::PlanName;
    use crate::statement::{ComponentResult, StatementLine};

    fn money(minor: i64) -> Money {
        Money::new(minor, Currency::CNY)
    }

    fn statement(payout: i64) -> Statement {
        Statement {
            person: "p".to_owned(),
            name: "P".to_owned(),
            period: "2026-Q1".parse().unwrap(),
            payout: money(payout),
            blocked: false,
            target_bonus: Some(money(100_000)),
            components: vec![ComponentResult {
                code: "c".to_owned(),
                name: PlanName {
                    zh: "c".to_owned(),
                    en: "c".to_owned(),
                },
                measure: None,
                goal: Some(Figure::Money(money(1))),
                attainment: None,
                amount: Some(money(payout)),
                lines: Vec::new(),
                trace: Vec::new(),
                counted: Vec::new(),
                left_out: Vec::new(),
                notes: Vec::new(),
            }],
            limit: None,
            adjustments: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn kinds(statement: &Statement, history: &[i64], before: Option<i64>) -> Vec<&'static str> {
        let history: Vec<Money> = history.iter().copied().map(money).collect();
        let found = review(statement, &history, before.map(money));
        found.into_iter().map(|one| one.kind.code()).collect()
    }

    #[test]
    fn thresholds_are_met_or_not_to_the_cent() {
        let none: [&str; 0] = [];
        // The median of 100.00, 300.00 is 200.00.
        for (payout, history, expected) in [
            (40_000, vec![10_000, 30_000], vec!["jump"]),
            (39_999, vec![10_000, 30_000], none.to_vec()),
            (10_000, vec![10_000, 30_000], vec!["jump"]),
            (10_001, vec![10_000, 30_000], none.to_vec()),
            // An odd one out of four does not move the median.
            (20_000, vec![20_000, 90_000, 20_000, 100], none.to_vec()),
            // A fifth period does not count.
            (
                20_000,
                vec![20_000, 20_000, 20_000, 20_000, 100],
                none.to_vec(),
            ),
            // Less than 1 % of the target bonus of 1,000.00.
            (1_999, vec![1_000], none.to_vec()),
            (2_000, vec![1_000], vec!["jump"]),
            (0, vec![1_000], vec!["zero"]),
            (0, vec![0, 0], none.to_vec()),
            (-1, vec![1_000], vec!["negative"]),
            (500, vec![], none.to_vec()),
        ] {
            assert_eq!(
                kinds(&statement(payout), &history, None),
                expected,
                "{payout} {history:?}"
            );
        }
    }

    #[test]
    fn nothing_without_measure_and_goal_is_no_wonder() {
        let mut one = statement(0);
        one.components[0].goal = None;
        assert!(kinds(&one, &[1_000], None).is_empty());
        one.components[0].measure = Some(Figure::Number(Ratio::ONE));
        assert_eq!(kinds(&one, &[1_000], None), ["zero"]);
    }

    #[test]
    fn caps_say_what_they_took_and_a_changed_run_both_amounts() {
        let mut one = statement(5_000);
        one.limit = Some(StatementLine {
            label: Note::new("line_plan_cap", &[]),
            tier: None,
            fact: None,
            exact: Ratio::from_int(-700),
            amount: money(-700),
        });
        one.blocked = true;
        assert_eq!(
            kinds(&one, &[], Some(4_000)),
            ["blocked", "over_cap", "changed"]
        );
        let found = review(&one, &[], Some(money(4_000)));
        assert_eq!(found[1].note.params["amount"], "7.00");
        assert_eq!(found[2].note.params["before"], "40.00");
        assert_eq!(found[2].note.params["payout"], "50.00");
        assert!(
            kinds(&one, &[], Some(5_000))
                .iter()
                .all(|kind| *kind != "changed")
        );
    }

    proptest! {
        #[test]
        fn the_order_of_earlier_periods_does_not_matter_and_no_amount_overflows(
            payout in any::<i64>(),
            history in prop::collection::vec(any::<i64>(), 0..5),
        ) {
            let history = &history[..history.len().min(HISTORY_PERIODS)];
            let mut backwards = history.to_vec();
            backwards.reverse();
            let one = statement(payout);
            prop_assert_eq!(kinds(&one, history, None), kinds(&one, &backwards, None));
        }
    }
}
