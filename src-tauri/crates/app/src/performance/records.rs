//! What stands behind a number: its formula with values filled in, and the deals.

use chrono::{Datelike, NaiveDate, Weekday};
use yeji_core::facts::Stage;
use yeji_core::ids::UnitId;
use yeji_store::{DealCursor, DealDate, DealQuery, DealRow, DealSort};

use super::goal_cover::Goal;
use crate::api::Message;
use crate::api::performance::{Days, Drill, RecordRow, Records, TileValue};
use crate::context::App;
use crate::dates::known_day;
use crate::error::{Error, Result};
use crate::organisation::scope_units;
use yeji_core::goal::attainment;
use yeji_core::metric::GoalMetric;
use yeji_core::org::Organisation;
use yeji_core::{Error as CoreError, Money, Ratio, Rounding};

/// Deals a window of the drawer.
const PAGE_ROWS: u32 = 200;

impl App {
    /// The records behind a figure, a window at a time.
    pub async fn list_records(&self, args: Drill) -> Result<Records> {
        check_days(args.days)?;
        let store = self.store()?;
        let organisation = store.organisation().await?;
        if let Some(person) = args.person {
            self.require_results_of(person)?;
        }
        self.require_units(
            &organisation,
            scope_units(&organisation, args.unit)?.as_deref(),
        )?;
        let stages = match args.figure.as_str() {
            "won_amount" | "attainment" | "won_count" | "average_deal" => vec![Stage::Won],
            "lost_count" => vec![Stage::Lost],
            "win_rate" => vec![Stage::Won, Stage::Lost],
            other => {
                let expected =
                    "won_amount, attainment, won_count, lost_count, win_rate, average_deal";
                return Err(Error::input("figure", other, expected));
            }
        };
        let after: Option<DealCursor> = match &args.cursor {
            None => None,
            Some(text) => Some(
                serde_json::from_str(text)
                    .map_err(|_| Error::input("cursor", text, "the cursor of an earlier window"))?,
            ),
        };
        let first_window = after.is_none();
        let page = store
            .deals(&DealQuery {
                after,
                limit: PAGE_ROWS,
                ..self.deal_query(&organisation, &args, stages)?
            })
            .await?;
        let currency = self.currency().await?;
        let sum = Money::new(page.sum_minor, currency);
        let (value, formula) = if first_window {
            self.explain(&args, sum, page.total).await?
        } else {
            (None, None)
        };
        Ok(Records {
            figure: args.figure,
            value,
            formula,
            rows: page.rows.into_iter().map(record_row).collect(),
            next_cursor: page.next.and_then(|next| serde_json::to_string(&next).ok()),
            total: u64::try_from(page.total).unwrap_or(0),
            sum,
        })
    }

    /// Value and formula of the figure from the very rows that are listed.
    async fn explain(
        &self,
        args: &Drill,
        sum: Money,
        total: i64,
    ) -> Result<(Option<TileValue>, Option<Message>)> {
        let formula = |code: &str, params: &[(&str, String)]| Some(Message::new(code, params));
        let deals = total.to_string();
        Ok(match args.figure.as_str() {
            "won_amount" => (
                Some(TileValue::Money(sum)),
                formula(
                    "formula_won_amount",
                    &[("deals", deals), ("sum", sum.to_major())],
                ),
            ),
            "won_count" | "lost_count" => (
                Some(TileValue::Count(deals.clone())),
                formula("formula_count", &[("deals", deals)]),
            ),
            "average_deal" => match Ratio::new(sum.minor.into(), total.into()) {
                Err(_) => (None, formula("formula_no_value", &[])),
                Ok(average) => {
                    let average = Money::new(average.round(Rounding::HalfUp)?, sum.currency);
                    let params = [
                        ("deals", deals),
                        ("sum", sum.to_major()),
                        ("average", average.to_major()),
                    ];
                    (
                        Some(TileValue::Money(average)),
                        formula("formula_average_deal", &params),
                    )
                }
            },
            "win_rate" => {
                let won = self.count_won(args).await?;
                match Ratio::new(won.into(), total.into()) {
                    Err(_) => (None, formula("formula_no_value", &[])),
                    Ok(rate) => {
                        let params = [("won", won.to_string()), ("closed", deals)];
                        (
                            Some(TileValue::Percent(rate.to_string())),
                            formula("formula_win_rate", &params),
                        )
                    }
                }
            }
            _ => self.explain_attainment(args, sum).await?,
        })
    }

    async fn explain_attainment(
        &self,
        args: &Drill,
        sum: Money,
    ) -> Result<(Option<TileValue>, Option<Message>)> {
        let organisation = self.store()?.organisation().await?;
        let index = self.goal_index(GoalMetric::WonAmount).await?;
        let units = units_of(&organisation, args)?;
        let goal = match args.person {
            // Goals are kept by week: of a part of one nobody knows the goal.
            _ if !is_whole_weeks(args.days) => None,
            Some(person) => self
                .goals_of_people(&index, args.days, units.as_deref())
                .await?
                .remove(&person),
            None => self.goal_known(&index, units.as_deref(), args.days).await?,
        };
        if let Some(Goal::Part { days, of }) = goal {
            let params = [("days", days.to_string()), ("of", of.to_string())];
            return Ok((None, Some(Message::new("no_value_part_of_days", &params))));
        }
        let Some(goal) = goal
            .and_then(Goal::whole)
            .map(|minor| Money::new(minor, sum.currency))
        else {
            return Ok((
                None,
                Some(Message::new("formula_no_goal", &[("sum", sum.to_major())])),
            ));
        };
        let params = [("sum", sum.to_major()), ("goal", goal.to_major())];
        Ok(match attainment(sum, goal)? {
            Some(ratio) => (
                Some(TileValue::Percent(ratio.to_string())),
                Some(Message::new("formula_attainment", &params)),
            ),
            None => (None, Some(Message::new("formula_goal_zero", &params))),
        })
    }

    async fn count_won(&self, args: &Drill) -> Result<i64> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let query = DealQuery {
            limit: 1,
            ..self.deal_query(&organisation, args, vec![Stage::Won])?
        };
        Ok(store.deals(&query).await?.total)
    }

    /// The deals that a figure is made of, as far as this actor sees them, largest first.
    fn deal_query(
        &self,
        organisation: &Organisation,
        args: &Drill,
        stages: Vec<Stage>,
    ) -> Result<DealQuery> {
        let units = units_of(organisation, args)?;
        Ok(DealQuery {
            from: Some(args.days.from),
            to: Some(args.days.to),
            units: self.sight().units(units.as_deref()),
            person: self.sight().person().or(args.person),
            customer_types: Some(args.customer_types.clone()).filter(|types| !types.is_empty()),
            customer: args.customer,
            stages: Some(stages),
            date: DealDate::Closed,
            sort: DealSort::AmountDesc,
            ..DealQuery::all()
        })
    }
}

/// The units whose results are meant; None is the whole company, the nil id "no unit".
fn units_of(organisation: &Organisation, args: &Drill) -> Result<Option<Vec<UnitId>>> {
    let within = scope_units(organisation, args.unit)?;
    if args.directly {
        return Ok(Some(vec![args.unit.unwrap_or(UnitId(uuid::Uuid::nil()))]));
    }
    Ok(within)
}

/// Whether no week, cut at the ends of months as goals are, is only partly among the days.
pub(super) fn is_whole_weeks(days: Days) -> bool {
    let starts = |day: NaiveDate| day.day() == 1 || day.weekday() == Weekday::Mon;
    starts(days.from) && starts(days.to)
}

/// Refuses days that are none, or that no calendar has.
pub(super) fn check_days(days: Days) -> Result<()> {
    let Days { from, to } = days;
    known_day("from", from)?;
    known_day("to", to)?;
    if from >= to {
        return Err(CoreError::EmptyInterval { from, to }.into());
    }
    Ok(())
}

/// A deal for the window.
pub(crate) fn record_row(row: DealRow) -> RecordRow {
    RecordRow {
        id: row.id,
        external_id: row.external_id,
        customer: row.customer_name,
        customer_type: row.customer_type,
        product: row.product_name,
        owner: row.owner_name,
        team: row.unit_name,
        stage: row.stage.code().to_owned(),
        opened_on: row.opened_on,
        closed_on: row.closed_on,
        amount: row.amount,
    }
}
