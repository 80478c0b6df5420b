//! The table behind a chart: its own rows, in full.

use crate::Result;
use crate::chart::{Category, Chart, ChartKind, Lang, Role, Series, Value, ValueUnit};
use crate::report::{Align, Cell, Column, Table};
use crate::xlsx::extra;

impl Chart {
    /// Whether a table of the figure that a chart shows is another one than the chart's own: a funnel shows stages,
    /// a cohort chart months by ages, a distribution bins, of which the figure itself is one row only.
    pub fn has_own_rows(&self) -> bool {
        matches!(
            self.kind,
            ChartKind::Funnel | ChartKind::Cohort | ChartKind::Distribution
        )
    }

    /// Whether it goes on as a forecast, which is in no table of what happened.
    pub fn goes_on(&self) -> bool {
        self.series.iter().any(|one| one.role == Role::Forecast)
    }

    /// Its rows as a table: a place a row, a series a column; of a grid a series a row, as it is drawn.
    pub fn table(&self, lang: Lang) -> Result<Table> {
        self.check()?;
        let item = column(lang.pick("项目", "Item"), Align::Left, None);
        let (columns, rows) = if self.is_grid() {
            let across = self.categories.iter();
            let across = across.map(|place| column(&place.label, Align::Right, Some(self.unit)));
            let down = self.series.iter();
            let down = down.map(|one| row(&one.label, one.values.iter()));
            (across.collect::<Vec<_>>(), down.collect::<Vec<_>>())
        } else {
            self.places(lang)?
        };
        Ok(Table {
            title: self.title.clone(),
            columns: std::iter::once(item).chain(columns).collect(),
            rows,
        })
    }

    /// Places down, series across; of a funnel the shares of the stages before too.
    fn places(&self, lang: Lang) -> Result<(Vec<Column>, Vec<Vec<Cell>>)> {
        let own = |one: &Series| column(&one.label, Align::Right, Some(self.unit_of(one)));
        let mut columns: Vec<Column> = self.series.iter().map(own).collect();
        let mut more = extra::columns(self, lang)?;
        more.retain(|one| one.what == extra::Use::Reading);
        let read = |one: &extra::Extra| column(one.label, Align::Right, Some(one.unit));
        columns.extend(more.iter().map(read));
        let rows = self.categories.iter().enumerate();
        let rows = rows.map(|(at, Category { label, .. })| {
            let own = self.series.iter().map(|one| &one.values[at]);
            row(label, own.chain(more.iter().map(|one| &one.values[at])))
        });
        Ok((columns, rows.collect()))
    }
}

fn column(label: &str, align: Align, unit: Option<ValueUnit>) -> Column {
    Column {
        label: label.to_owned(),
        align,
        unit,
    }
}

fn row<'a>(label: &str, values: impl Iterator<Item = &'a Option<Value>>) -> Vec<Cell> {
    let cell = |value: &Option<Value>| value.clone().map_or(Cell::Missing, Cell::Number);
    let name = std::iter::once(Cell::Text(label.to_owned()));
    name.chain(values.map(cell)).collect()
}
