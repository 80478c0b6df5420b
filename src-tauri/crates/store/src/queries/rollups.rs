//! Figures from the rollups: sums of months where a month is whole, of days at the ragged ends.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;
use yeji_core::ids::{PersonId, ProductId, UnitId};

use crate::cell::{Cell, date_text};
use crate::kept::last_change;
use crate::rollup::{Dim, Grain, Sums};
use crate::rows::{bind_all, fetch_packed, ids_json, overflow_as, read_date, unreadable};
use crate::{Error, Result, Store};

/// How [`Store::rollup_sums`] splits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollupSplit {
    /// One row.
    None,
    /// By day.
    Day,
    /// By calendar month (its first day; of a month cut by the interval only the part inside).
    Month,
    /// By owner.
    Person,
    /// By the owner's unit at the event date (leaf units; add up along the tree).
    Unit,
    /// By the customer's type.
    CustomerType,
    /// By product.
    Product,
}

/// Which figures to add.
#[derive(Debug, Clone)]
pub struct RollupQuery {
    /// First day.
    pub from: NaiveDate,
    /// Day after the last.
    pub to: NaiveDate,
    /// Only results made in these units (the subtree, listed). [`UnitId`] nil stands for
    /// "no unit": owners without any membership.
    pub units: Option<Vec<UnitId>>,
    /// Only results of this owner.
    pub person: Option<PersonId>,
    /// How to split.
    pub split: RollupSplit,
}

/// Figures; only the part that was split by is set. Rows without any figure are not listed, and a
/// query that matches nothing gives no row, also without a split.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollupRow {
    /// Day or first day of the month, when split by time.
    pub start: Option<NaiveDate>,
    /// Owner, when split by person.
    pub person: Option<PersonId>,
    /// Unit, when split by unit; none for owners without any membership.
    pub unit: Option<UnitId>,
    /// Customer type, when split by it; none for unknown.
    pub customer_type: Option<String>,
    /// Product, when split by it; none for unknown.
    pub product: Option<ProductId>,
    /// Amount of won deals by closing date, minor units of the store's currency.
    pub won_minor: i64,
    /// Won deals by closing date.
    pub won_count: i64,
    /// Lost deals by closing date.
    pub lost_count: i64,
    /// Deals by opening date.
    pub opened_count: i64,
}

/// First and last days that have something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataSpan {
    /// First closing (won or lost).
    pub first_closed: Option<NaiveDate>,
    /// Last closing.
    pub last_closed: Option<NaiveDate>,
    /// First opening.
    pub first_opened: Option<NaiveDate>,
    /// Last opening.
    pub last_opened: Option<NaiveDate>,
}

/// Deals under way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenPipeline {
    /// How many.
    pub count: i64,
    /// Their products' list prices together, minor units.
    pub list_minor: i64,
    /// How many of them have no product or a product without a price: not in the sum.
    pub without_price: i64,
}

impl Store {
    /// Figures of `[from, to)`, split as asked, in order of the key.
    pub async fn rollup_sums(&self, query: &RollupQuery) -> Result<Vec<RollupRow>> {
        let sums = self
            .rollup_sums_of(query, &[(query.from, query.to)])
            .await?;
        Ok(sums.into_iter().map(|(_, row)| row).collect())
    }

    /// The same for each of some periods instead of the query's, with its place: in one question, however
    /// many there are.
    pub async fn rollup_sums_of(
        &self,
        query: &RollupQuery,
        periods: &[(NaiveDate, NaiveDate)],
    ) -> Result<Vec<(usize, RollupRow)>> {
        self.rollup_sums_among(query, periods, None).await
    }

    /// The same; split by person, of some people only if they are named: of two thousand whose months are added
    /// up in memory a heat map shows thirty.
    pub(super) async fn rollup_sums_among(
        &self,
        query: &RollupQuery,
        periods: &[(NaiveDate, NaiveDate)],
        among: Option<&BTreeSet<PersonId>>,
    ) -> Result<Vec<(usize, RollupRow)>> {
        let mut reader = self.snapshot().await?;
        let mut sums = PeriodSums::new();
        let by_deal = matches!(
            query.split,
            RollupSplit::CustomerType | RollupSplit::Product
        );
        if let (true, Some(person)) = (by_deal, query.person) {
            for (at, days) in periods.iter().enumerate() {
                add_deals_of(&mut reader, query, person, (at, *days), &mut sums).await?;
            }
        } else {
            for grain in [Grain::Day, Grain::Month] {
                let of_grain: Vec<Range> = periods
                    .iter()
                    .enumerate()
                    .flat_map(|(at, (from, to))| ranges(at, (*from, *to), query.split))
                    .filter(|range| range.grain == grain)
                    .collect();
                if of_grain.is_empty() {
                    continue;
                }
                let of_people = query.split == RollupSplit::Person && query.person.is_none();
                if of_people && grain == Grain::Month {
                    let days = of_grain.iter().map(|one| (one.at, one.from, one.to));
                    let days: Vec<_> = days.collect();
                    let months = &self.people_months;
                    let query = (query, among);
                    months.add(&mut reader, query, &days, &mut sums).await?;
                } else {
                    add_ranges(&mut reader, query, grain, &of_grain, &mut sums).await?;
                }
            }
        }
        sums.into_iter()
            .filter(|(_, sums)| !sums.is_zero())
            .map(|((at, key), sums)| Ok((at, rollup_row(query.split, &key, sums)?)))
            .collect()
    }

    /// First days of the months in which a deal was won or lost: months without are unknown, not zero.
    pub async fn months_with_data(&self) -> Result<Vec<NaiveDate>> {
        let rows = sqlx::query(
            "SELECT DISTINCT start FROM rollup WHERE grain = 'month' AND dim = 'all'
             AND won_count + lost_count > 0 ORDER BY start",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter()
            .map(|row| {
                read_date(row, "start")?.ok_or_else(|| unreadable("rollup.start", "null", "a date"))
            })
            .collect()
    }

    /// First and last days with closings and openings.
    pub async fn data_span(&self) -> Result<DataSpan> {
        Ok(*self.kept_span.get(self, last_change, read_span).await?)
    }

    /// The last days with closings and openings up to a day: a date that was typed wrongly may lie far beyond.
    pub async fn last_days_until(
        &self,
        day: NaiveDate,
    ) -> Result<(Option<NaiveDate>, Option<NaiveDate>)> {
        let row = sqlx::query(
            "SELECT max(start) FILTER (WHERE won_count + lost_count > 0) AS closed,
                    max(start) FILTER (WHERE opened_count > 0) AS opened
             FROM rollup WHERE grain = 'day' AND dim = 'all' AND start <= ?",
        )
        .bind(date_text(day))
        .fetch_one(&mut *self.reader().await?)
        .await?;
        Ok((read_date(&row, "closed")?, read_date(&row, "opened")?))
    }

    /// Deals under way at their products' list prices; `units` are the owners' units when the deal
    /// was opened.
    pub async fn open_pipeline(
        &self,
        units: Option<&[UnitId]>,
        person: Option<PersonId>,
    ) -> Result<OpenPipeline> {
        let units = units.map_or(Cell::Null, |units| {
            ids_json(units.iter().map(|unit| unit.0))
        });
        let person = person.map_or(Cell::Null, |id| Cell::Id(id.0));
        // Grouped first, so that a price is looked up once a product; the index on open deals has all
        // that this reads. Multiplied here: SQLite would make a REAL of a product that does not fit.
        let sql = "SELECT o.deals, p.list_price_minor AS price
             FROM (SELECT product, count(*) AS deals FROM opportunity
                   WHERE stage NOT IN ('won', 'lost')
                     AND (? IS NULL OR team IN (SELECT unhex(value) FROM json_each(?)))
                     AND (? IS NULL OR owner = ?)
                   GROUP BY product) AS o
             LEFT JOIN product AS p ON p.id = o.product";
        let rows = bind_all(sql, &[units.clone(), units, person.clone(), person])
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let overflow = || Error::Overflow("list prices");
        let mut pipeline = OpenPipeline::default();
        for row in &rows {
            let (deals, price): (i64, Option<i64>) = (row.try_get("deals")?, row.try_get("price")?);
            pipeline.count = pipeline.count.checked_add(deals).ok_or_else(overflow)?;
            match price {
                None => pipeline.without_price += deals,
                Some(price) => {
                    let list = price.checked_mul(deals).ok_or_else(overflow)?;
                    pipeline.list_minor =
                        pipeline.list_minor.checked_add(list).ok_or_else(overflow)?;
                }
            }
        }
        Ok(pipeline)
    }
}

async fn read_span(conn: &mut SqliteConnection) -> Result<DataSpan> {
    let row = sqlx::query(
        "SELECT min(start) FILTER (WHERE won_count + lost_count > 0) AS first_closed,
                max(start) FILTER (WHERE won_count + lost_count > 0) AS last_closed,
                min(start) FILTER (WHERE opened_count > 0) AS first_opened,
                max(start) FILTER (WHERE opened_count > 0) AS last_opened
         FROM rollup WHERE grain = 'day' AND dim = 'all'",
    )
    .fetch_one(conn)
    .await?;
    Ok(DataSpan {
        first_closed: read_date(&row, "first_closed")?,
        last_closed: read_date(&row, "last_closed")?,
        first_opened: read_date(&row, "first_opened")?,
        last_opened: read_date(&row, "last_opened")?,
    })
}

/// Sums by the place of a period and a part's key.
pub(super) type PeriodSums = BTreeMap<(usize, Vec<u8>), Sums>;

/// Days that are summed from rows of one grain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Range {
    /// The place of the period that they are of.
    at: usize,
    grain: Grain,
    from: NaiveDate,
    to: NaiveDate,
}

/// A period as whole months and the days around them.
fn ranges(at: usize, (from, to): (NaiveDate, NaiveDate), split: RollupSplit) -> Vec<Range> {
    let range = |grain, from, to| Range {
        at,
        grain,
        from,
        to,
    };
    if from >= to {
        return Vec::new();
    }
    let month_start = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    let last = month_start(to);
    let first = if from.day() == 1 {
        from
    } else {
        month_start(from)
            .checked_add_months(Months::new(1))
            .unwrap_or(to)
    };
    if split == RollupSplit::Day || first >= last {
        return vec![range(Grain::Day, from, to)];
    }
    [
        range(Grain::Day, from, first),
        range(Grain::Month, first, last),
        range(Grain::Day, last, to),
    ]
    .into_iter()
    .filter(|range| range.from < range.to)
    .collect()
}

async fn add_ranges(
    conn: &mut SqliteConnection,
    query: &RollupQuery,
    grain: Grain,
    ranges: &[Range],
    sums: &mut PeriodSums,
) -> Result<()> {
    let (dim, key) = match query.split {
        RollupSplit::None => (Dim::All, "x''"),
        RollupSplit::Day => (Dim::All, "CAST(r.start AS BLOB)"),
        RollupSplit::Month => (Dim::All, "CAST(substr(r.start, 1, 7) || '-01' AS BLOB)"),
        RollupSplit::Unit => (Dim::All, "r.unit"),
        RollupSplit::Person => (Dim::Person, "r.key"),
        RollupSplit::CustomerType => (Dim::CustomerType, "r.key"),
        RollupSplit::Product => (Dim::Product, "r.key"),
    };
    let dim = if query.person.is_some() {
        Dim::Person
    } else {
        dim
    };
    // Each range is looked up in the key of the table: a join the other way round would read it all, and
    // without `MATERIALIZED` the JSON would be read once a row.
    let sql = format!(
        "WITH p AS MATERIALIZED (
             SELECT value ->> 0 AS at, value ->> 1 AS first, value ->> 2 AS after FROM json_each(?))
         SELECT p.at AS at, {key} AS k, sum(won_minor) AS won_minor,
                sum(won_count) AS won_count, sum(lost_count) AS lost_count,
                sum(opened_count) AS opened_count
         FROM p CROSS JOIN rollup AS r
         WHERE r.grain = ? AND r.dim = ? AND r.start >= p.first AND r.start < p.after
           AND (? IS NULL OR r.unit IN (SELECT unhex(u.value) FROM json_each(?) AS u))
           AND (? IS NULL OR r.key = ?)
         GROUP BY at, k"
    );
    let listed = ranges
        .iter()
        .map(|range| json!([range.at, date_text(range.from), date_text(range.to)]));
    let units = query
        .units
        .as_ref()
        .map_or(Cell::Null, |units| ids_json(units.iter().map(|u| u.0)));
    let person = query.person.map_or(Cell::Null, |id| Cell::Id(id.0));
    let cells = [
        Cell::Text(listed.collect::<Value>().to_string()),
        Cell::Text(grain.code().to_owned()),
        Cell::Text(dim.code().to_owned()),
        units.clone(),
        units,
        person.clone(),
        person,
    ];
    let columns = ["at", "won_minor", "won_count", "lost_count", "opened_count"];
    let rows = fetch_packed(conn, &sql, ("k", columns), &cells, "deals").await?;
    for (key, [at, won_minor, won_count, lost_count, opened_count]) in rows {
        let at = usize::try_from(at)
            .map_err(|_| unreadable("rollup", &at.to_string(), "the place of a period"))?;
        sums.entry((at, key)).or_default().add(Sums {
            won_minor,
            won_count,
            lost_count,
            opened_count,
        })?;
    }
    Ok(())
}

/// One person's figures by type or product are in no rollup; that person's deals are few.
async fn add_deals_of(
    conn: &mut SqliteConnection,
    query: &RollupQuery,
    person: PersonId,
    (at, (from, to)): (usize, (NaiveDate, NaiveDate)),
    sums: &mut PeriodSums,
) -> Result<()> {
    let key = match query.split {
        RollupSplit::Product => "coalesce(product, x'')",
        _ => "CAST(coalesce(counted_type, '') AS BLOB)",
    };
    let units = query
        .units
        .as_ref()
        .map_or(Cell::Null, |units| ids_json(units.iter().map(|u| u.0)));
    let sql = format!(
        "SELECT {key} AS k, stage = 'won' AS won, 0 AS opened, count(*) AS deals,
                coalesce(sum(amount_minor), 0) AS minor
         FROM opportunity
         WHERE owner = ? AND closed_on >= ? AND closed_on < ? AND stage IN ('won', 'lost')
           AND (? IS NULL OR team IN (SELECT unhex(value) FROM json_each(?)))
         GROUP BY k, won
         UNION ALL
         SELECT {key} AS k, 0, 1, count(*), 0
         FROM opportunity
         WHERE owner = ? AND opened_on >= ? AND opened_on < ?
           AND (? IS NULL OR opened_team IN (SELECT unhex(value) FROM json_each(?)))
         GROUP BY k"
    );
    let half = [
        Cell::Id(person.0),
        Cell::Text(date_text(from)),
        Cell::Text(date_text(to)),
        units.clone(),
        units,
    ];
    let cells: Vec<Cell> = half.iter().chain(&half).cloned().collect();
    let rows = bind_all(&sql, &cells)
        .fetch_all(conn)
        .await
        .map_err(overflow_as("deals"))?;
    for row in &rows {
        let (won, opened): (bool, bool) = (row.try_get("won")?, row.try_get("opened")?);
        let (deals, minor): (i64, i64) = (row.try_get("deals")?, row.try_get("minor")?);
        let part = match (opened, won) {
            (true, _) => Sums {
                opened_count: deals,
                ..Sums::default()
            },
            (false, true) => Sums {
                won_count: deals,
                won_minor: minor,
                ..Sums::default()
            },
            (false, false) => Sums {
                lost_count: deals,
                ..Sums::default()
            },
        };
        let key = (at, row.try_get("k")?);
        sums.entry(key).or_default().add(part)?;
    }
    Ok(())
}

fn rollup_row(split: RollupSplit, key: &[u8], sums: Sums) -> Result<RollupRow> {
    let mut row = RollupRow {
        won_minor: sums.won_minor,
        won_count: sums.won_count,
        lost_count: sums.lost_count,
        opened_count: sums.opened_count,
        ..RollupRow::default()
    };
    let bad = |why: &str| unreadable("rollup.key", &crate::rows::hex(key), why);
    let text = || std::str::from_utf8(key).map_err(|_| bad("text in UTF-8"));
    let id = || -> Result<Option<Uuid>> {
        if key.is_empty() {
            return Ok(None);
        }
        Uuid::from_slice(key)
            .map(Some)
            .map_err(|_| bad("an id of 16 bytes"))
    };
    match split {
        RollupSplit::None => {}
        RollupSplit::Day | RollupSplit::Month => {
            row.start = Some(text()?.parse().map_err(|_| bad("a date"))?);
        }
        RollupSplit::Person => row.person = id()?.map(PersonId),
        RollupSplit::Unit => row.unit = id()?.filter(|id| !id.is_nil()).map(UnitId),
        RollupSplit::CustomerType => {
            row.customer_type = Some(text()?.to_owned()).filter(|text| !text.is_empty());
        }
        RollupSplit::Product => row.product = id()?.map(ProductId),
    }
    Ok(row)
}

impl Sums {
    /// Adds; the sum must fit.
    pub(crate) fn add(&mut self, other: Self) -> Result<()> {
        let overflow = || Error::Overflow("deals");
        self.won_minor = self
            .won_minor
            .checked_add(other.won_minor)
            .ok_or_else(overflow)?;
        self.won_count = self
            .won_count
            .checked_add(other.won_count)
            .ok_or_else(overflow)?;
        self.lost_count = self
            .lost_count
            .checked_add(other.lost_count)
            .ok_or_else(overflow)?;
        self.opened_count = self
            .opened_count
            .checked_add(other.opened_count)
            .ok_or_else(overflow)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn whole_months_come_from_month_rows() {
        let check = |from: &str, to: &str, expected: &[(Grain, &str, &str)]| {
            let found = ranges(3, (day(from), day(to)), RollupSplit::None);
            let expected: Vec<_> = expected
                .iter()
                .map(|(grain, from, to)| Range {
                    at: 3,
                    grain: *grain,
                    from: day(from),
                    to: day(to),
                })
                .collect();
            assert_eq!(found, expected, "{from} to {to}");
        };
        check(
            "2017-01-01",
            "2018-01-01",
            &[(Grain::Month, "2017-01-01", "2018-01-01")],
        );
        check(
            "2017-01-02",
            "2017-01-31",
            &[(Grain::Day, "2017-01-02", "2017-01-31")],
        );
        check(
            "2017-01-30",
            "2017-03-02",
            &[
                (Grain::Day, "2017-01-30", "2017-02-01"),
                (Grain::Month, "2017-02-01", "2017-03-01"),
                (Grain::Day, "2017-03-01", "2017-03-02"),
            ],
        );
        check(
            "2017-01-15",
            "2017-02-10",
            &[(Grain::Day, "2017-01-15", "2017-02-10")],
        );
        check("2017-02-01", "2017-02-01", &[]);
    }
}
