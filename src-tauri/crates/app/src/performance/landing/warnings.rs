//! Early warnings of a period, with their numbers.

use std::collections::BTreeMap;

use chrono::{Days as Later, NaiveDate};
use yeji_core::calendar::{Period, PeriodKind, periods};
use yeji_insight::landing::Landing;
use yeji_insight::landing::warning::{Change, Coverage, Pace, change};

use super::Asked;
use super::world::OpenDeal;
use crate::api::Message;
use crate::api::forecast::Warning;
use crate::performance::forecast::rounded;

/// Whole weeks that are looked at.
const WEEKS: u64 = 60;

impl Asked {
    pub(super) fn warnings(
        &self,
        landing: &Landing,
        goal: Option<i64>,
        open: &[OpenDeal],
        (passed, days): (u32, u32),
    ) -> Vec<Warning> {
        vec![
            self.pace(landing, goal, (passed, days)),
            self.coverage(landing, goal, open),
            self.change(),
        ]
    }

    fn pace(&self, landing: &Landing, goal: Option<i64>, (passed, days): (u32, u32)) -> Warning {
        let Some(goal) = goal.filter(|goal| *goal > 0) else {
            return unknown("pace", Message::new("warning_needs_goal", &[]));
        };
        let pace = Pace {
            won: landing.won,
            goal,
            passed: passed.into(),
            days: days.into(),
        };
        let Some(rate) = pace.run_rate() else {
            return unknown("pace", Message::new("warning_needs_days", &[]));
        };
        let params = [
            ("won", self.text(landing.won)),
            ("goal", self.text(goal)),
            ("passed", passed.to_string()),
            ("days", days.to_string()),
            ("run_rate", self.text(rate)),
        ];
        let behind = pace.is_behind();
        let code = if behind {
            "warning_pace_behind"
        } else {
            "warning_pace_ok"
        };
        said("pace", behind, Message::new(code, &params))
    }

    fn coverage(&self, landing: &Landing, goal: Option<i64>, open: &[OpenDeal]) -> Warning {
        let Some(goal) = goal.filter(|goal| *goal > 0) else {
            return unknown("coverage", Message::new("warning_needs_goal", &[]));
        };
        // As the landing values it, of which a part is expected: at one list price each, less would be open than comes.
        let amount = open
            .iter()
            .fold(0_i64, |sum, one| sum.saturating_add(one.minor));
        let coverage = Coverage {
            open: amount,
            // What new deals will bring need not come from those that are open.
            expected: landing.open.saturating_add(landing.new),
            missing: goal.saturating_sub(landing.won),
        };
        if coverage.missing <= 0 {
            return said(
                "coverage",
                false,
                Message::new("warning_goal_reached", &[("goal", self.text(goal))]),
            );
        }
        let times = |hundredths: Option<i64>| {
            hundredths.map_or_else(
                || "—".to_owned(),
                |one| format!("{}.{:02}", one / 100, one % 100),
            )
        };
        let params = [
            ("open", self.text(amount)),
            ("missing", self.text(coverage.missing)),
            ("coverage", times(coverage.hundredths())),
            ("expected", self.text(coverage.expected)),
        ];
        let short = coverage.is_short();
        let code = if short {
            "warning_coverage_short"
        } else {
            "warning_coverage_ok"
        };
        said("coverage", short, Message::new(code, &params))
    }

    /// The same open deals by the KPIs `open_amount` and `pipeline_coverage`, where that is another amount.
    pub(super) fn about_pipeline(&self, open: &[OpenDeal]) -> Option<Message> {
        let (mut here, mut pipeline) = (0_i64, 0_i64);
        for one in open {
            here = here.saturating_add(one.minor);
            let deal = &self.base.world.deals[one.deal];
            pipeline = pipeline.saturating_add(deal.pipeline_minor());
        }
        let params = [("open", self.text(here)), ("pipeline", self.text(pipeline))];
        (here != pipeline).then(|| Message::new("landing_pipeline", &params))
    }

    fn change(&self) -> Warning {
        let next = self.as_of.succ_opt().unwrap_or(self.as_of);
        let start = next.checked_sub_days(Later::new(WEEKS * 7)).unwrap_or(next);
        let start = start.max(self.earlier.first().unwrap_or(&self.period).start());
        let weeks: Vec<Period> = periods(PeriodKind::IsoWeek, start, next)
            .into_iter()
            .filter(|week| week.start() >= start && week.end() <= next)
            .collect();
        let mut sums: BTreeMap<NaiveDate, i64> =
            weeks.iter().map(|week| (week.start(), 0)).collect();
        for (deal, minor) in self.base.world.won(start, next) {
            let day = deal.closed_on.unwrap_or(next);
            let Ok(week) = Period::iso_week_of(day) else {
                continue;
            };
            if let Some(sum) = sums.get_mut(&week.start())
                && self.sees(deal.team, deal.owner)
            {
                *sum = sum.saturating_add(minor);
            }
        }
        let values: Vec<i64> = sums.into_values().collect();
        let Some(Change {
            place,
            before,
            since,
        }) = change(&values)
        else {
            let params = [("count", values.len().to_string())];
            return if values.len() < 20 {
                unknown("change", Message::new("warning_needs_weeks", &params))
            } else {
                said(
                    "change",
                    false,
                    Message::new("warning_change_none", &params),
                )
            };
        };
        let week = weeks.get(place).copied();
        let params = [
            (
                "week",
                week.map_or_else(String::new, |week| week.to_string()),
            ),
            ("before", self.text(rounded(before))),
            ("since", self.text(rounded(since))),
        ];
        let fell = since < before;
        let code = if fell {
            "warning_change_down"
        } else {
            "warning_change_up"
        };
        said("change", fell, Message::new(code, &params))
    }
}

fn said(kind: &str, warns: bool, message: Message) -> Warning {
    Warning {
        kind: kind.to_owned(),
        state: if warns { "warn" } else { "ok" }.to_owned(),
        message,
    }
}

fn unknown(kind: &str, message: Message) -> Warning {
    Warning {
        kind: kind.to_owned(),
        state: "unknown".to_owned(),
        message,
    }
}
