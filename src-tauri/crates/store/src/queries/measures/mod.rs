//! Measures: sums of facts by periods, split one way.
//!
//! Won, lost and opened deals come from the rollups where those are split that way; everything else is
//! summed over the rows of the period.

mod cohorts;
mod customers;
mod families;
mod only;
mod records;
mod sizes;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;
use yeji_core::ids::{PersonId, ProductId, UnitId};
use yeji_core::org::Organisation;

pub use cohorts::CohortSum;
pub use customers::Purchase;
use families::{Bind, FAMILIES, Family};
pub use only::MeasureOnly;
pub use records::{MeasureCursor, MeasureRecord, MeasureRecordPage, MeasureRecordQuery};
pub use sizes::{SizeBins, WonSizes};

use super::organisation::read_organisation;
use crate::cell::{Cell, date_text};
use crate::rows::{bind_all, ids_json, overflow_as, read_date, read_id};
use crate::{Error, Result, RollupQuery, RollupSplit, Store};

/// How measures are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasureSplit {
    /// Not.
    None,
    /// By person.
    Person,
    /// By the unit where the result was made.
    Unit,
    /// By the customer's region.
    Region,
    /// By the customer's segment.
    Segment,
    /// By the customer's type.
    CustomerType,
    /// By product.
    Product,
    /// By the source that brought the fact.
    Source,
}

/// What a sum is of; in the order in which tables list it. Everything may be unknown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasureKey {
    /// Not split.
    All,
    /// A person.
    Person(Option<PersonId>),
    /// A unit; none for people without any stay, and for facts without a person.
    Unit(Option<UnitId>),
    /// A region, segment, customer type or source.
    Text(Option<String>),
    /// A product.
    Product(Option<ProductId>),
}

/// Which measures, where and when.
#[derive(Debug, Clone)]
pub struct MeasureQuery {
    /// Their codes. Unknown ones are refused.
    pub measures: Vec<String>,
    /// Half-open periods, in order and apart.
    pub periods: Vec<(NaiveDate, NaiveDate)>,
    /// Only results made in these units; the nil id is "no unit".
    pub units: Option<Vec<UnitId>>,
    /// Only results of this person.
    pub person: Option<PersonId>,
    /// How to split.
    pub split: MeasureSplit,
    /// Only some of the facts.
    pub only: MeasureOnly,
    /// Only the sums of these parts.
    pub among: Option<BTreeSet<MeasureKey>>,
    /// The day of which "by now" speaks.
    pub as_of: NaiveDate,
}

/// The sums of a key in a period, by code; those without any fact are not there.
pub type MeasureSums = BTreeMap<(MeasureKey, usize), BTreeMap<&'static str, i64>>;

impl MeasureQuery {
    fn is_meant(&self, key: &MeasureKey) -> bool {
        self.among.as_ref().is_none_or(|among| among.contains(key))
    }

    /// The people among the parts that are meant.
    fn people(&self) -> Option<BTreeSet<PersonId>> {
        let people = self.among.as_ref()?.iter().filter_map(|key| match key {
            MeasureKey::Person(person) => *person,
            _ => None,
        });
        Some(people.collect())
    }
}

impl Store {
    /// Whether the facts have a measure of that code (goals, people and customers are counted elsewhere).
    pub fn has_measure(code: &str) -> bool {
        Family::of(code).is_some()
    }

    /// Sums of measures: amounts in minor units.
    pub async fn measure_sums(&self, query: &MeasureQuery) -> Result<MeasureSums> {
        let mut sums = MeasureSums::new();
        for (family, places) in families_of(&query.measures)? {
            if let Some(split) = rolled_up(family, query.split).filter(|_| query.only.is_all()) {
                self.add_rollups(query, family, split, &places, &mut sums)
                    .await?;
            } else {
                self.add_rows(query, family, &places, &mut sums).await?;
            }
        }
        Ok(sums)
    }

    /// The first and last days with a fact of a measure, in the whole company; the last up to a day, where
    /// there is one: a date that was typed wrongly may lie far beyond.
    pub async fn measure_span(
        &self,
        code: &str,
        until: NaiveDate,
    ) -> Result<Option<(NaiveDate, NaiveDate)>> {
        let (family, _) = Family::of(code).ok_or_else(|| unknown(code))?;
        let mut span: Option<(NaiveDate, NaiveDate)> = None;
        for (table, day) in FAMILIES[family].span {
            // Two look-ups in an index where there is one; asked together SQLite reads it all.
            let sql = format!(
                "SELECT (SELECT min({day}) FROM {table}) AS first,
                        coalesce((SELECT max({day}) FROM {table} WHERE {day} <= ?),
                                 (SELECT max({day}) FROM {table})) AS last"
            );
            let row = bind_all(&sql, &[Cell::Text(date_text(until))])
                .fetch_one(&mut *self.reader().await?)
                .await?;
            if let (Some(first), Some(last)) = (read_date(&row, "first")?, read_date(&row, "last")?)
            {
                let (from, to) = span.unwrap_or((first, last));
                span = Some((from.min(first), to.max(last)));
            }
        }
        Ok(span)
    }

    async fn add_rollups(
        &self,
        query: &MeasureQuery,
        family: usize,
        split: RollupSplit,
        places: &BTreeSet<usize>,
        sums: &mut MeasureSums,
    ) -> Result<()> {
        let Some(((from, _), (_, to))) = query.periods.first().zip(query.periods.last()) else {
            return Ok(());
        };
        let rollups = RollupQuery {
            from: *from,
            to: *to,
            units: query.units.clone(),
            person: query.person,
            split,
        };
        let people = query.people().filter(|_| split == RollupSplit::Person);
        let rows = self.rollup_sums_among(&rollups, &query.periods, people.as_ref());
        for (at, row) in rows.await? {
            let key = match split {
                RollupSplit::Person => MeasureKey::Person(row.person),
                RollupSplit::Unit => MeasureKey::Unit(row.unit),
                RollupSplit::CustomerType => MeasureKey::Text(row.customer_type),
                RollupSplit::Product => MeasureKey::Product(row.product),
                RollupSplit::None | RollupSplit::Day | RollupSplit::Month => MeasureKey::All,
            };
            let all = if family == 0 {
                vec![row.won_minor, row.won_count, row.lost_count]
            } else {
                vec![row.opened_count]
            };
            // Of a row that is there for another figure, nothing happened here.
            if all.iter().all(|value| *value == 0) || !query.is_meant(&key) {
                continue;
            }
            let values: Vec<i64> = places.iter().map(|place| all[*place]).collect();
            add(sums, (key, at), &FAMILIES[family], places, &values)?;
        }
        Ok(())
    }

    async fn add_rows(
        &self,
        query: &MeasureQuery,
        family: usize,
        places: &BTreeSet<usize>,
        sums: &mut MeasureSums,
    ) -> Result<()> {
        if query.periods.is_empty() {
            return Ok(());
        }
        let family = &FAMILIES[family];
        let statement = Statement::of(query, family, places);
        let mut reader = self.snapshot().await?;
        let rows = bind_all(&statement.sql, &statement.cells(query, family))
            .fetch_all(&mut *reader)
            .await
            .map_err(overflow_as("measures"))?;
        let organisation = if statement.by_person_and_day {
            Some(read_organisation(&mut reader).await?)
        } else {
            None
        };
        for row in &rows {
            let mut key = read_key(row, query.split)?;
            if let Some(organisation) = &organisation {
                let unit = unit_of(row, organisation)?;
                if !is_within(query.units.as_deref(), unit) {
                    continue;
                }
                if !query.only.has_unit(unit) {
                    continue;
                }
                if query.split == MeasureSplit::Unit {
                    key = MeasureKey::Unit(unit);
                }
            }
            if !query.is_meant(&key) {
                continue;
            }
            let at = match read_date(row, "bucket")? {
                Some(end) if family.stock => query.periods.iter().position(|(_, to)| *to == end),
                Some(day) => period_of(&query.periods, day),
                None => Some(0),
            };
            let Some(at) = at else { continue };
            let values = (0..places.len())
                .map(|n| row.try_get::<i64, _>(format!("m{n}").as_str()))
                .collect::<std::result::Result<Vec<i64>, _>>()
                // A product beyond 64 bits is a REAL to SQLite.
                .map_err(|_| Error::Overflow("measures"))?;
            add(sums, (key, at), family, places, &values)?;
        }
        Ok(())
    }
}

/// Families that measures need, with the places of the measures in them.
fn families_of(codes: &[String]) -> Result<BTreeMap<usize, BTreeSet<usize>>> {
    let mut families: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for code in codes {
        let (family, place) = Family::of(code).ok_or_else(|| unknown(code))?;
        families.entry(family).or_default().insert(place);
    }
    Ok(families)
}

fn unknown(code: &str) -> Error {
    Error::BadQuery(format!("no facts are summed as `{code}`"))
}

/// The split of the rollups that have a family.
fn rolled_up(family: usize, split: MeasureSplit) -> Option<RollupSplit> {
    if family > 1 {
        return None;
    }
    Some(match split {
        MeasureSplit::None => RollupSplit::None,
        MeasureSplit::Person => RollupSplit::Person,
        MeasureSplit::Unit => RollupSplit::Unit,
        MeasureSplit::CustomerType => RollupSplit::CustomerType,
        MeasureSplit::Product => RollupSplit::Product,
        MeasureSplit::Region | MeasureSplit::Segment | MeasureSplit::Source => return None,
    })
}

/// A sum over the rows of a family.
struct Statement {
    sql: String,
    /// Rows are by person and day too: which unit that is, the organisation knows.
    by_person_and_day: bool,
}

impl Statement {
    fn of(query: &MeasureQuery, family: &Family, places: &BTreeSet<usize>) -> Self {
        let by_person_and_day = is_by_day(family, query.units.is_some(), query.split, &query.only);
        let whole_months = query
            .periods
            .iter()
            .all(|(from, to)| from.day() == 1 && to.day() == 1);
        let bucket = match (query.periods.len(), whole_months && !by_person_and_day) {
            _ if family.stock => "e.value".to_owned(),
            (1, _) => "NULL".to_owned(),
            (_, true) => format!("substr({}, 1, 7) || '-01'", family.day),
            (_, false) => family.day.to_owned(),
        };
        let mut columns = vec![
            format!("{} AS k", key_of(family, query.split)),
            format!("{bucket} AS bucket"),
        ];
        let mut group = "k, bucket".to_owned();
        if by_person_and_day {
            columns.push(format!(
                "{} AS person, {} AS day",
                family.person, family.day
            ));
            group.push_str(", person, day");
        }
        for (n, place) in places.iter().enumerate() {
            let (code, value) = family.measures[*place];
            let value = query.only.value(code, value);
            columns.push(format!("sum({value}) AS m{n}"));
        }
        let sql = format!(
            "SELECT {} FROM {} {} GROUP BY {group}",
            columns.join(", "),
            with_customer(family, query.split, &query.only),
            conditions(family, &query.only)
        );
        Self {
            sql,
            by_person_and_day,
        }
    }

    fn cells(&self, query: &MeasureQuery, family: &Family) -> Vec<Cell> {
        let units = query.units.as_deref().filter(|_| !self.by_person_and_day);
        bound(
            family,
            query.as_of,
            &query.periods,
            (units, query.person),
            &query.only,
        )
    }
}

/// Whether rows are told apart by person and day, because only the organisation knows the unit of that.
fn is_by_day(family: &Family, of_units: bool, split: MeasureSplit, only: &MeasureOnly) -> bool {
    family.unit.is_none() && (of_units || split == MeasureSplit::Unit || only.is_of_unit())
}

/// FROM and WHERE of a family, with the customer where the split asks for it.
fn with_customer(family: &Family, split: MeasureSplit, only: &MeasureOnly) -> String {
    let Some((from, condition)) = family.rows.rsplit_once(" WHERE ") else {
        return family.rows.to_owned();
    };
    let of_customer = |split| {
        matches!(
            split,
            MeasureSplit::Region | MeasureSplit::Segment | MeasureSplit::CustomerType
        )
    };
    let filter = only.part.as_ref().map(|(split, _)| *split);
    if of_customer(split) || filter.is_some_and(of_customer) {
        return format!(
            "{from} LEFT JOIN customer AS c ON c.id = {} WHERE {condition}",
            family.customer
        );
    }
    family.rows.to_owned()
}

/// The conditions of every statement over a family; [`bound`] has their values.
fn conditions(family: &Family, only: &MeasureOnly) -> String {
    let within = if family.stock {
        "AND ? < ?".to_owned()
    } else {
        format!("AND {0} >= ? AND {0} < ?", family.day)
    };
    let unit = family.unit.unwrap_or("NULL");
    format!(
        "{within}
         AND (? IS NULL OR {unit} IN (SELECT unhex(value) FROM json_each(?)))
         AND (? IS NULL OR {} = ?)
         {}",
        family.person,
        only.condition(family)
    )
}

fn bound(
    family: &Family,
    as_of: NaiveDate,
    periods: &[(NaiveDate, NaiveDate)],
    (units, person): (Option<&[UnitId]>, Option<PersonId>),
    only: &MeasureOnly,
) -> Vec<Cell> {
    let day = |day: Option<NaiveDate>| day.map_or(Cell::Null, |day| Cell::Text(date_text(day)));
    let binds = family.binds.iter().map(|bind| match bind {
        Bind::AsOf => day(Some(as_of)),
        Bind::FirstEnd => day(periods.first().map(|(_, to)| *to)),
        Bind::Ends => {
            let ends = periods.iter().map(|(_, to)| date_text(*to));
            Cell::Text(serde_json::Value::from(ends.collect::<Vec<_>>()).to_string())
        }
    });
    let units = units.map_or(Cell::Null, |units| {
        ids_json(units.iter().map(|unit| unit.0))
    });
    let person = person.map_or(Cell::Null, |id| Cell::Id(id.0));
    let rest = [
        day(periods.first().map(|(from, _)| *from)),
        day(periods.last().map(|(_, to)| *to)),
        units.clone(),
        units,
        person.clone(),
        person,
    ];
    binds.chain(rest).chain(only.cells(family)).collect()
}

/// The column that a split means.
fn key_of(family: &Family, split: MeasureSplit) -> String {
    match split {
        MeasureSplit::None => "NULL".to_owned(),
        MeasureSplit::Person => family.person.to_owned(),
        MeasureSplit::Unit => family.unit.unwrap_or("NULL").to_owned(),
        MeasureSplit::Region => "c.region".to_owned(),
        MeasureSplit::Segment => "c.segment".to_owned(),
        MeasureSplit::CustomerType => "c.customer_type".to_owned(),
        MeasureSplit::Product => family.product.to_owned(),
        MeasureSplit::Source => format!("{}.source", family.record),
    }
}

fn read_key(row: &SqliteRow, split: MeasureSplit) -> Result<MeasureKey> {
    read_key_of(row, split, "k")
}

fn read_key_of(row: &SqliteRow, split: MeasureSplit, column: &'static str) -> Result<MeasureKey> {
    let text = || -> Result<Option<String>> {
        let text: Option<String> = row.try_get(column)?;
        Ok(text.filter(|text| !text.is_empty()))
    };
    Ok(match split {
        MeasureSplit::None => MeasureKey::All,
        MeasureSplit::Person => MeasureKey::Person(read_id(row, column)?.map(PersonId)),
        MeasureSplit::Unit => {
            let id = read_id(row, column)?.filter(|id| !id.is_nil());
            MeasureKey::Unit(id.map(UnitId))
        }
        MeasureSplit::Product => MeasureKey::Product(read_id(row, column)?.map(ProductId)),
        MeasureSplit::Region
        | MeasureSplit::Segment
        | MeasureSplit::CustomerType
        | MeasureSplit::Source => MeasureKey::Text(text()?),
    })
}

/// The unit of the row's person on the row's day.
fn unit_of(row: &SqliteRow, organisation: &Organisation) -> Result<Option<UnitId>> {
    let (person, day) = (read_id(row, "person")?, read_date(row, "day")?);
    Ok(person
        .zip(day)
        .and_then(|(person, day)| organisation.team_on(PersonId(person), day)))
}

fn is_within(units: Option<&[UnitId]>, unit: Option<UnitId>) -> bool {
    let unit = unit.unwrap_or(UnitId(Uuid::nil()));
    units.is_none_or(|units| units.contains(&unit))
}

/// The period of a day, where one has it.
fn period_of(periods: &[(NaiveDate, NaiveDate)], day: NaiveDate) -> Option<usize> {
    let at = periods
        .partition_point(|(from, _)| *from <= day)
        .checked_sub(1)?;
    (day < periods[at].1).then_some(at)
}

fn add(
    sums: &mut MeasureSums,
    key: (MeasureKey, usize),
    family: &'static Family,
    places: &BTreeSet<usize>,
    values: &[i64],
) -> Result<()> {
    let entry = sums.entry(key).or_default();
    for (place, value) in places.iter().zip(values) {
        let sum = entry.entry(family.measures[*place].0).or_default();
        *sum = sum.checked_add(*value).ok_or(Error::Overflow("measures"))?;
    }
    Ok(())
}
