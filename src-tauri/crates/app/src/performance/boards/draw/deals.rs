//! Deals themselves: the stages that they reached, what became of them month by month, how large they are.

use chrono::{Days as Later, Months, NaiveDate};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::{Currency, Error as CoreError, Ratio};
use yeji_insight::kpi::Measure;
use yeji_report::chart::{Category, ChartKind, Lang, Role, Series, Value, ValueUnit};
use yeji_report::format;
use yeji_store::{CohortSum, MeasureKey, MeasureQuery, MeasureSplit, SizeBins, WonSizes};

use super::look::Look;
use super::mark;
use crate::api::Message;
use crate::api::boards::{Drawn, Mark};
use crate::api::kpi::{MetricDrill, Sizes};
use crate::api::performance::Days;
use crate::error::Result;
use crate::performance::metrics::message;
use crate::words::{self, pick};

/// Months of opening that are shown.
const COHORTS: u32 = 12;
/// Months since then that are shown.
const AGES: u32 = 12;
/// A month of which no more days are missing is over: deals close on working days.
const DAYS_MISSING: u64 = 3;
/// Bins that most deals fall into, at most.
const BINS: i128 = 12;
/// Bins at most before the largest deals share one.
const ALL_BINS: i128 = 16;

/// Stages of the funnel: key, measure, the metric whose definition says what it is, words.
const STAGES: [(&str, Measure, &str, &str, &str); 5] = [
    (
        "opened",
        Measure::OpenedCount,
        "cohort_win_rate",
        "新开",
        "Opened",
    ),
    (
        "engaging",
        Measure::CohortEngaging,
        "conversion_engaging",
        "跟进中",
        "Engaging",
    ),
    (
        "proposal",
        Measure::CohortProposal,
        "conversion_proposal",
        "方案报价",
        "Proposal",
    ),
    (
        "negotiation",
        Measure::CohortNegotiation,
        "conversion_negotiation",
        "商务谈判",
        "Negotiation",
    ),
    (
        "won",
        Measure::CohortWonCount,
        "cohort_win_rate",
        "赢单",
        "Won",
    ),
];

impl Look<'_> {
    /// Of the deals opened in the period, how many reached each stage by now.
    pub async fn funnel(&self) -> Result<Drawn> {
        let mut drawn = self.drawn(self.title());
        let measures = STAGES.iter().map(|stage| stage.1).collect();
        let scope = self.question.scope(MeasureSplit::None, &[self.days()]);
        let values = self.app.measure_values(&measures, &scope).await?;
        let (mut categories, mut series) = (Vec::new(), Vec::new());
        for (key, measure, metric, zh, en) in STAGES {
            let count = match values.of(&MeasureKey::All, 0, measure) {
                Ok(count) => count,
                Err(why) => {
                    drawn.lack = Some(message(&why));
                    return Ok(drawn);
                }
            };
            if measure == Measure::OpenedCount && count == Ratio::ZERO {
                drawn.lack = Some(Message::new("drawn_nothing", &[]));
                return Ok(drawn);
            }
            categories.push(Category {
                key: key.to_owned(),
                label: pick(self.lang, zh, en).to_owned(),
            });
            series.push(Some(Value::ratio(count)));
            let opens = Mark {
                measure: Some(measure.code().to_owned()),
                ..mark(MetricDrill {
                    metric: metric.to_owned(),
                    ..self.drill_of_whole(self.days())
                })
            };
            drawn.marks.insert(key.to_owned(), opens);
        }
        let series = self.deals(series);
        let mut chart = self.chart(ChartKind::Funnel, &drawn.title, categories, vec![series]);
        chart.unit = ValueUnit::Count;
        drawn.chart = Some(chart);
        Ok(drawn)
    }

    /// Deals by the month of opening, and what share was won by the end of each month since.
    pub async fn cohorts(&self) -> Result<Drawn> {
        let mut drawn = self.drawn(self.title());
        let by_amount = self.ask.metric == "cohort_win_rate_amount";
        let (base, part) = if by_amount {
            (Measure::CohortAmount, Measure::CohortWonAmount)
        } else {
            (Measure::OpenedCount, Measure::CohortWonCount)
        };
        let span = self.app.data_span().await?;
        // A day that is written wrongly ("2099") makes no month over that is under way.
        let today = self.app.actor().day(self.app.clock.today());
        let last = span.last_closed.max(span.last_opened);
        let last = last.map(|last| last.min(today));
        let months = self.cohort_months(last)?;
        let (Some(first), Some(newest), Some(last)) = (months.first(), months.last(), last) else {
            drawn.lack = Some(self.whole(self.days()).await?.err().unwrap_or_else(|| {
                let needs = [("needs", base.origin().code().to_owned())];
                Message::new("no_value_no_data", &needs)
            }));
            return Ok(drawn);
        };
        let days: Vec<Days> = months.iter().map(|month| Days::from(*month)).collect();
        let values = self.values(MeasureSplit::None, &days).await?;
        let query = self.query(Days {
            from: first.start(),
            to: newest.end(),
        });
        let sums = self.app.store()?.cohort_sums(&query).await?;
        let mut series = Vec::new();
        let mut oldest = 0;
        for (at, month) in months.iter().enumerate() {
            let whole = match values.of(&MeasureKey::All, at, base) {
                Ok(whole) if whole > Ratio::ZERO => whole,
                // A month without deals has no share of them.
                Ok(_) => continue,
                Err(why) => {
                    drawn.lack = Some(message(&why));
                    continue;
                }
            };
            let own: Vec<&CohortSum> = sums
                .iter()
                .filter(|sum| sum.opened == month.start())
                .collect();
            let mut cells = Vec::new();
            for (age, end) in ages(*month, last).into_iter().enumerate() {
                let won = won_before(&own, end, by_amount, self.question.currency)?;
                cells.push(Some(Value::ratio(won.checked_div(whole)?)));
                let drill = MetricDrill {
                    closed_before: Some(end),
                    ..self.drill_of_whole(Days::from(*month))
                };
                // What the cell is about: the deals that were won by then, not all that were opened.
                let opens = Mark {
                    measure: Some(part.code().to_owned()),
                    ..mark(drill)
                };
                drawn.marks.insert(format!("{month}/{age}"), opens);
            }
            if !cells.is_empty() {
                oldest = oldest.max(cells.len());
                series.push(Series {
                    key: month.to_string(),
                    label: words::period(*month, self.lang),
                    role: Role::Actual,
                    values: cells,
                });
            }
        }
        if series.is_empty() {
            let nothing = || Message::new("drawn_nothing", &[]);
            drawn.lack = Some(drawn.lack.take().unwrap_or_else(nothing));
            return Ok(drawn);
        }
        drawn.lack = None;
        for one in &mut series {
            one.values.resize(oldest, None);
        }
        let categories = (0..oldest).map(|age| Category {
            key: age.to_string(),
            label: age.to_string(),
        });
        let categories = categories.collect();
        drawn.chart = Some(self.chart(ChartKind::Cohort, &drawn.title, categories, series));
        Ok(drawn)
    }

    /// The months of opening: a year up to the end of the period, as far as there is data.
    fn cohort_months(&self, last: Option<NaiveDate>) -> Result<Vec<Period>> {
        let end = self.days().to.pred_opt().unwrap_or(self.days().from);
        let Some(last) = last.filter(|last| *last >= self.days().from) else {
            return Ok(Vec::new());
        };
        let newest = Period::containing(PeriodKind::Month, end.min(last))?;
        let start = newest.start().checked_sub_months(Months::new(COHORTS - 1));
        Ok(start.map_or_else(Vec::new, |start| {
            yeji_core::calendar::periods(PeriodKind::Month, start, newest.end())
        }))
    }

    /// Won deals by size, in bins of 1, 2 or 5 times a power of ten.
    pub async fn sizes(&self) -> Result<Drawn> {
        let mut drawn = self.drawn(self.title());
        let query = self.query(self.days());
        let store = self.app.store()?;
        let Some(found) = store.won_sizes(&query).await? else {
            drawn.lack = Some(self.why_nothing().await?);
            return Ok(drawn);
        };
        if found.unknown > 0 {
            let count = [("count", found.unknown.to_string())];
            drawn
                .notes
                .push(Message::new("drawn_without_amount", &count));
        }
        let bins = bins_of(found, self.question.currency.minor_per_major())?;
        let counts = store.won_size_counts(&query, bins).await?;
        let edges = edges_of(bins, found);
        let (mut categories, mut values) = (Vec::new(), Vec::new());
        for (at, (from, to)) in edges.into_iter().enumerate() {
            let key = at.to_string();
            categories.push(Category {
                label: self.bin_label(from, to)?,
                key: key.clone(),
            });
            let place = i64::try_from(at).unwrap_or(i64::MAX);
            let count = counts.get(&place).copied().unwrap_or(0);
            values.push(Some(Value::count(count)));
            let opens = Mark {
                measure: Some(Measure::WonCount.code().to_owned()),
                ..mark(MetricDrill {
                    sizes: Some(Sizes {
                        from: from.to_string(),
                        to: to.unwrap_or(i64::MAX).to_string(),
                    }),
                    ..self.drill_of_whole(self.days())
                })
            };
            drawn.marks.insert(key, opens);
        }
        let series = self.deals(values);
        let kind = ChartKind::Distribution;
        let mut chart = self.chart(kind, &drawn.title, categories, vec![series]);
        chart.unit = ValueUnit::Count;
        let money = ValueUnit::money(self.question.currency);
        if let Some(unit) = format::unit_label(money, self.lang) {
            chart.subtitle = Some(format!("{} · {}", self.subtitle(), unit.trim()));
        }
        drawn.chart = Some(chart);
        Ok(drawn)
    }

    fn bin_label(&self, from: i64, to: Option<i64>) -> Result<String> {
        let money = ValueUnit::money(self.question.currency);
        let edge = |minor: i64| {
            let value = Value::money(yeji_core::Money::new(minor, self.question.currency));
            format::compact(&value, money, self.lang)
        };
        Ok(match to {
            Some(to) => format!("{}–{}", edge(from)?, edge(to)?),
            None => format!("≥ {}", edge(from)?),
        })
    }

    /// A series of counts of deals.
    fn deals(&self, values: Vec<Option<Value>>) -> Series {
        Series {
            key: "deals".to_owned(),
            label: match self.lang {
                Lang::ZhCn => "商机数".to_owned(),
                Lang::En => "Deals".to_owned(),
            },
            role: Role::Actual,
            values,
        }
    }

    /// The facts of some days that are looked at.
    fn query(&self, days: Days) -> MeasureQuery {
        MeasureQuery {
            measures: Vec::new(),
            periods: vec![(days.from, days.to)],
            units: self.question.units.clone(),
            person: self.app.sight().person(),
            split: MeasureSplit::None,
            only: self.question.only.clone(),
            among: None,
            as_of: self.app.actor().day(self.app.clock.today()),
        }
    }
}

/// The ends of the months since a month that are over, its own first.
fn ages(month: Period, last: NaiveDate) -> Vec<NaiveDate> {
    let known = last
        .checked_add_days(Later::new(DAYS_MISSING))
        .unwrap_or(last);
    let ends = (0..=AGES).filter_map(|age| month.end().checked_add_months(Months::new(age)));
    // The end is the day after the last.
    ends.take_while(|end| end.pred_opt().is_some_and(|day| day <= known))
        .collect()
}

/// What was won before a day.
fn won_before(
    sums: &[&CohortSum],
    day: NaiveDate,
    by_amount: bool,
    currency: Currency,
) -> Result<Ratio> {
    let mut won: i64 = 0;
    for sum in sums.iter().filter(|sum| sum.closed < day) {
        let more = if by_amount { sum.minor } else { sum.count };
        won = won.checked_add(more).ok_or(CoreError::Overflow("cohort"))?;
    }
    let per = if by_amount {
        currency.minor_per_major()
    } else {
        1
    };
    Ok(Ratio::new(won.into(), per.into())?)
}

/// Bins whose edges are multiples of 1, 2 or 5 times a power of ten major units: as many as that many deals
/// can fill (Sturges 1926: 1 + log2 n), at most a dozen for most of them; and none so narrow that its edges
/// could be told apart only by their third digit.
///
/// What lies far out is no measure of a width: one deal of a hundred times the others would put all of these into
/// one bin or two. Where it would, the bins are those of the others, and the last one is open.
fn bins_of(sizes: WonSizes, unit: i64) -> Result<SizeBins> {
    let (least, mut most) = (i128::from(sizes.least), i128::from(sizes.most_of_them));
    let bins = fitting(sizes.count);
    let near = i128::from(sizes.near);
    if least < near && (most - least) / bins * 2 > near - least {
        most = most.min(near);
    }
    let size = least.abs().max(most.abs());
    let wanted = ((most - least) / bins).max(size / (10 * bins));
    let mut decade = i128::from(unit.max(1));
    let width = 'found: loop {
        for step in [1, 2, 5] {
            if decade * step > wanted {
                break 'found decade * step;
            }
        }
        decade *= 10;
    };
    let from = least.div_euclid(width) * width;
    let count_to = |amount: i128| (amount - from) / width + 1;
    let all = count_to(sizes.greatest.into());
    let count = if all <= ALL_BINS { all } else { count_to(most) };
    let narrow = |value: i128| i64::try_from(value).map_err(|_| CoreError::Overflow("bins"));
    Ok(SizeBins {
        from: narrow(from)?,
        width: narrow(width)?,
        count: narrow(count)?,
    })
}

/// How many bins so many deals can fill.
fn fitting(deals: i64) -> i128 {
    let digits = i64::BITS - deals.max(1).leading_zeros();
    i128::from(digits).clamp(2, BINS)
}

/// The edges of the bins, each next to the one before; the last is open if there are larger deals.
fn edges_of(bins: SizeBins, sizes: WonSizes) -> Vec<(i64, Option<i64>)> {
    let mut edges = Vec::new();
    let mut from = bins.from;
    for _ in 0..bins.count {
        // Beyond 64 bits no amount is.
        let to = from.saturating_add(bins.width);
        edges.push((from, Some(to)));
        from = to;
    }
    if sizes.greatest >= from {
        edges.push((from, None));
    }
    edges
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A deal that falls between two bins or into both would be counted not at all or twice.
        #[test]
        fn bins_cover_all_amounts_without_overlap(
            mut amounts in prop::collection::vec(-1_000_000_000_000_i64..1_000_000_000_000, 1..60),
        ) {
            amounts.sort_unstable();
            let of = |percent: usize| amounts[(amounts.len() * percent).div_ceil(100) - 1];
            let near = |first: i64, third: i64| {
                let beyond = third + 3 * (third - first);
                let known = amounts.iter().filter(|one| first < third && **one <= beyond);
                known.max().copied().unwrap_or(amounts[amounts.len() - 1])
            };
            let sizes = WonSizes {
                count: i64::try_from(amounts.len()).unwrap(),
                unknown: 0,
                least: amounts[0],
                near: near(of(25), of(75)),
                most_of_them: of(95),
                greatest: amounts[amounts.len() - 1],
            };
            let bins = bins_of(sizes, 100).unwrap();
            let edges = edges_of(bins, sizes);
            prop_assert!(edges.len() <= 18, "{edges:?}");
            for pair in edges.windows(2) {
                prop_assert_eq!(pair[0].1, Some(pair[1].0));
            }
            for amount in &amounts {
                let within = |(from, to): &&(i64, Option<i64>)| {
                    from <= amount && to.is_none_or(|to| *amount < to)
                };
                prop_assert_eq!(edges.iter().filter(within).count(), 1, "{}", amount);
                // The store counts by this.
                let counted = ((amount - bins.from) / bins.width).min(bins.count);
                let (from, to) = edges[usize::try_from(counted).unwrap()];
                prop_assert!(from <= *amount && to.is_none_or(|to| *amount < to));
            }
        }
    }

    #[test]
    fn edges_are_round() {
        let bins = |least, most, greatest| {
            let sizes = WonSizes {
                count: 10_000,
                unknown: 0,
                least,
                near: most,
                most_of_them: most,
                greatest,
            };
            let bins = bins_of(sizes, 100).unwrap();
            (bins.from, bins.width, bins.count)
        };
        assert_eq!(bins(5_500, 5_500, 5_500), (5_500, 100, 1), "one size");
        let two = WonSizes {
            count: 2,
            unknown: 0,
            least: 163_000,
            near: 163_000,
            most_of_them: 163_000,
            greatest: 164_000,
        };
        let two = bins_of(two, 100).unwrap();
        assert_eq!((two.from, two.width, two.count), (160_000, 10_000, 1));
        assert_eq!(bins(0, 0, 0), (0, 100, 1));
        assert_eq!(bins(12_345, 1_234_500, 1_234_500), (0, 200_000, 7));
        assert_eq!(bins(-50, 1_000_000, 90_000_000), (-100_000, 100_000, 12));
        assert!(
            bins_of(
                WonSizes {
                    count: 2,
                    unknown: 0,
                    least: i64::MIN,
                    near: i64::MAX,
                    most_of_them: i64::MAX,
                    greatest: i64::MAX
                },
                100
            )
            .is_err(),
            "beyond 64 bits it is said, not wrapped"
        );
    }

    /// Eleven deals of a few thousand and one of a billion: what is ordinary is seen, and the other is beyond.
    #[test]
    fn a_deal_far_out_leaves_the_others_their_bins() {
        let amounts: Vec<i64> = (0..11).map(|at| 100_000 + at * 37_000).collect();
        let sizes = WonSizes {
            count: 12,
            unknown: 0,
            least: amounts[0],
            near: amounts[10],
            most_of_them: 100_000_000_000,
            greatest: 100_000_000_000,
        };
        let bins = bins_of(sizes, 100).unwrap();
        let edges = edges_of(bins, sizes);
        let filled = edges.iter().filter(|(from, to)| {
            let is_in = |amount: &&i64| from <= *amount && to.is_none_or(|to| **amount < to);
            amounts.iter().any(|amount| is_in(&amount))
        });
        assert!(filled.count() >= 3, "{edges:?}");
        assert!(edges.len() <= 17, "{edges:?}");
        assert_eq!(edges.last().unwrap().1, None, "{edges:?}");
    }

    /// The month under way would look as if deals had stopped being won.
    #[test]
    fn months_under_way_are_not_shown() {
        let month: Period = "2026-01".parse().unwrap();
        let ends = |last: &str| ages(month, last.parse().unwrap()).len();
        assert_eq!(ends("2026-01-15"), 0);
        assert_eq!(ends("2026-01-30"), 1);
        assert_eq!(ends("2026-03-31"), 3);
        assert_eq!(ends("2030-01-01"), 13);
    }

    #[test]
    fn cohorts_add_up_month_by_month() {
        let sum = |closed: &str, count| CohortSum {
            opened: "2026-01-01".parse().unwrap(),
            closed: closed.parse().unwrap(),
            count,
            minor: count * 150,
        };
        let sums = [sum("2026-01-01", 2), sum("2026-03-01", 3)];
        let own: Vec<&CohortSum> = sums.iter().collect();
        let won = |day: &str, by_amount| {
            let day = day.parse().unwrap();
            won_before(&own, day, by_amount, Currency::CNY).unwrap()
        };
        assert_eq!(won("2026-02-01", false), Ratio::from_int(2));
        assert_eq!(won("2026-03-01", false), Ratio::from_int(2));
        assert_eq!(won("2026-04-01", false), Ratio::from_int(5));
        assert_eq!(won("2026-02-01", true), Ratio::from_int(3));
    }
}
