//! Goals out to Excel and back: people down, months across, with every sum checked on the way in.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use chrono::NaiveDate;
use serde_json::json;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::ids::GoalPlanId;
use yeji_core::metric::GoalMetric;
use yeji_core::{Error as CoreError, Money};
use yeji_goals::Level;
use yeji_intake::{SheetRow, sheet_rows};
use yeji_report::chart::Lang;
use yeji_report::goal_sheet::{
    FIGURE_HEADERS, GoalSheetRow, TEXT_HEADERS, TOTAL_HEADERS, goal_sheet,
};

use super::book::Book;
use super::error::GoalError;
use super::no_goal;
use crate::api::Message;
use crate::api::goal_grid::{EditGoal, GoalAbove, GoalEdit};
use crate::api::goal_sheet::{ExportGoalSheet, GoalMismatch, GoalSheetRead, ReadGoalSheet};
use crate::api::reports::ExportResult;
use crate::blocking::blocking;
use crate::context::App;
use crate::data::written;
use crate::error::{Error, Result};
use crate::performance::metric_name;
use crate::reports::put_file;

/// Rows of a sheet at most.
const MAX_ROWS: usize = 50_000;
/// Mismatches listed.
const MAX_NAMED: usize = 200;
/// Rows with only some months that are named.
const MAX_PARTIAL: usize = 20;

impl App {
    /// Writes the goal in force of a year into a workbook.
    pub async fn export_goal_sheet_to(
        &self,
        path: &Path,
        args: ExportGoalSheet,
    ) -> Result<ExportResult> {
        let book = self.book_in_force(args.metric, args.year).await?;
        let months = book.year()?.parts(PeriodKind::Month);
        let rows = sheet_of(&book, &months, args.language)?;
        let details = json!({ "metric": args.metric, "year": args.year });
        self.audit("export.goals", args.year.to_string(), details)
            .await?;
        let (lang, target) = (args.language, path.to_owned());
        let title = args.year.to_string();
        let keys: Vec<String> = months.iter().map(|month| month_key(*month)).collect();
        let figure = metric_name(args.metric, lang);
        let sheet = move || goal_sheet(&title, &figure, &keys, &rows, lang);
        blocking(move || put_file(&target, &sheet()?)).await?;
        Ok(written(path))
    }

    /// Reads a workbook of goals. Where every sum closes, the months that differ become those of the file;
    /// else nothing changes, and what does not close is listed.
    pub async fn read_goal_sheet(&self, path: &Path, args: ReadGoalSheet) -> Result<GoalSheetRead> {
        let _turn = self.turn().await;
        let found = self.goal_sheet_of(path, args.metric, args.year).await?;
        self.take_in_sheet(found.edit(args.frozen_before, args.preview), found.read)
            .await
    }

    /// What a workbook would change, or what does not close in it.
    pub(super) async fn goal_sheet_of(
        &self,
        path: &Path,
        metric: GoalMetric,
        year: i32,
    ) -> Result<FoundInSheet> {
        let file = path.to_owned();
        let rows = blocking(move || Ok(sheet_rows(&file, MAX_ROWS)?)).await?;
        let book = self.book_in_force(metric, year).await?;
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        let rows =
            rows.ok_or_else(|| sheet_error(&name, 0, "too_many_rows", &MAX_ROWS.to_string()))?;
        let sheet = Sheet::read(&name, &rows, &book)?;
        let mismatches = sheet.mismatches(&book)?;
        let (people, edits) = if mismatches.is_empty() {
            (sheet.people(), sheet.edits(&book)?)
        } else {
            (0, Vec::new())
        };
        Ok(FoundInSheet {
            plan: book.plan.id,
            name,
            edits,
            read: GoalSheetRead {
                mismatch_count: u32::try_from(mismatches.len()).unwrap_or(u32::MAX),
                mismatches: mismatches.into_iter().take(MAX_NAMED).collect(),
                people: u32::try_from(people).unwrap_or(u32::MAX),
                edited: None,
                notes: sheet.partial(&book),
            },
        })
    }

    /// Makes the changes of a workbook, or looks at them, for who has the turn.
    pub(super) async fn take_in_sheet(
        &self,
        edit: Option<EditGoal>,
        read: GoalSheetRead,
    ) -> Result<GoalSheetRead> {
        let edited = match edit {
            Some(edit) => Some(self.edit_in_turn(edit, None).await?),
            None => None,
        };
        Ok(GoalSheetRead { edited, ..read })
    }

    /// The goal in force of a year, which is split.
    pub(super) async fn book_in_force(&self, metric: GoalMetric, year: i32) -> Result<Book> {
        super::check_year(year)?;
        let index = self.goal_index(metric).await?;
        let plan = index.plan(year).ok_or_else(|| no_goal(metric, year))?;
        let book = self.book(plan.clone()).await?;
        if !book.is_split() {
            return Err(GoalError::NotSplit { metric, year }.into());
        }
        Ok(book)
    }
}

/// What was found in a workbook.
#[derive(Debug)]
pub(crate) struct FoundInSheet {
    /// The version that it was held against.
    pub plan: GoalPlanId,
    /// The file's name.
    pub name: String,
    edits: Vec<GoalEdit>,
    pub read: GoalSheetRead,
}

impl FoundInSheet {
    /// The change that it asks for; none: the plan says the same, or a sum does not close.
    pub fn edit(&self, frozen_before: Option<NaiveDate>, preview: bool) -> Option<EditGoal> {
        let edit = EditGoal {
            plan: self.plan,
            edits: self.edits.clone(),
            frozen_before,
            reason: Some(self.name.clone()),
            preview,
        };
        (!edit.edits.is_empty()).then_some(edit)
    }
}

fn sheet_of(book: &Book, months: &[Period], lang: Lang) -> Result<Vec<GoalSheetRow>> {
    let numbers = book.staff_numbers();
    let currency = book.plan.amount.currency;
    let mut rows = Vec::with_capacity(book.units.len());
    for (at, unit) in book.units.iter().enumerate() {
        let mut amounts = Vec::with_capacity(months.len() + 1);
        for period in months.iter().copied().chain([book.year()?]) {
            amounts.push(Money::new(book.sum(at, period)?, currency).to_major());
        }
        let above = book.parent(at).map(|above| book.units[above].name.clone());
        rows.push(GoalSheetRow {
            texts: [
                level_word(unit.level, lang).to_owned(),
                numbers.get(&unit.id).cloned().unwrap_or_default(),
                unit.name.clone(),
                above.unwrap_or_default(),
            ],
            depth: u8::try_from(book.depth[at]).unwrap_or(u8::MAX),
            is_sum: unit.level != Level::Person,
            amounts,
        });
    }
    Ok(rows)
}

fn level_word(level: Level, lang: Lang) -> &'static str {
    let words = match level {
        Level::Company => ("公司", "Company"),
        Level::Department => ("部门", "Department"),
        Level::Team => ("团队", "Team"),
        Level::Person => ("人员", "Person"),
    };
    crate::words::pick(lang, words.0, words.1)
}

/// Place, line, amounts of the months, and of the year where the sheet has a column for it.
type ReadRow = (usize, u32, Vec<Option<i64>>, Option<i64>);

/// A sheet that was read: amounts by place in the book and month.
struct Sheet {
    months: Vec<Period>,
    rows: Vec<ReadRow>,
    /// Which row each place has.
    row_of: HashMap<usize, usize>,
}

/// Where the columns are.
struct Columns {
    level: Option<usize>,
    number: Option<usize>,
    name: usize,
    above: Option<usize>,
    months: Vec<usize>,
    total: Option<usize>,
    figure: Option<usize>,
}

impl Columns {
    fn all(&self) -> impl Iterator<Item = usize> {
        let texts = [
            self.level,
            self.number,
            Some(self.name),
            self.above,
            self.total,
        ];
        let texts = texts.into_iter().flatten();
        texts.chain(self.months.iter().copied())
    }
}

impl Sheet {
    fn read(file: &str, rows: &[SheetRow], book: &Book) -> Result<Self> {
        let months = book.year()?.parts(PeriodKind::Month);
        let (header, body) = rows
            .iter()
            .position(|row| columns_of(row, &months).is_some())
            .map(|at| (&rows[at], &rows[at + 1..]))
            .ok_or_else(|| sheet_error(file, 1, "no_header", &month_key(months[0])))?;
        let columns = columns_of(header, &months)
            .ok_or_else(|| sheet_error(file, header.line, "no_header", &month_key(months[0])))?;
        if let Some(twice) = month_twice(header, &months) {
            return Err(sheet_error(file, header.line, "twice", &twice.to_string()));
        }
        let names = Names::new(book);
        let mut read = Vec::with_capacity(body.len());
        let mut seen: BTreeMap<usize, u32> = BTreeMap::new();
        for row in body {
            if let Some(column) = columns.all().find(|at| row.uncalculated.contains(at)) {
                let column = cell(header, column);
                return Err(sheet_error(file, row.line, "not_calculated", column));
            }
            if !row.uncalculated.is_empty() && row.cells.iter().all(String::is_empty) {
                // Formulas of columns that are none of ours.
                continue;
            }
            let figure = columns.figure.map_or("", |column| cell(row, column));
            if !is_figure(figure, book.plan.metric) {
                return Err(sheet_error(file, row.line, "other_figure", figure));
            }
            let place = names.place(file, row, &columns)?;
            let level = columns.level.map_or("", |column| cell(row, column));
            let own = book.units[place].level;
            if is_other_level(level, own) {
                let said = format!("{}: {level}", book.units[place].name);
                return Err(sheet_error(file, row.line, "other_level", &said));
            }
            if seen.insert(place, row.line).is_some() {
                return Err(sheet_error(
                    file,
                    row.line,
                    "twice",
                    &book.units[place].name,
                ));
            }
            let amount = |column: usize| amount_of(file, row, column, book);
            let months = columns.months.iter().map(|column| amount(*column));
            let total = columns.total.map_or(Ok(None), amount)?;
            read.push((place, row.line, months.collect::<Result<_>>()?, total));
        }
        let row_of = read.iter().enumerate().map(|(at, row)| (row.0, at));
        Ok(Self {
            row_of: row_of.collect(),
            months,
            rows: read,
        })
    }

    fn people(&self) -> usize {
        self.rows.len()
    }

    /// The amounts that the plan would have: those of the sheet, and what it says nothing of as it is.
    fn amount(&self, book: &Book, at: usize, month: usize) -> Result<i64> {
        match self.row_of.get(&at).map(|row| &self.rows[*row]) {
            Some(row) if row.2[month].is_some() => Ok(row.2[month].unwrap_or_default()),
            _ => book.sum(at, self.months[month]),
        }
    }

    /// Rows of which only some months are filled: the others stay, which somebody may not have meant.
    fn partial(&self, book: &Book) -> Vec<Message> {
        let filled = |row: &ReadRow| row.2.iter().flatten().count();
        let is_partial = |row: &&ReadRow| (1..row.2.len()).contains(&filled(row));
        let partial: Vec<&ReadRow> = self.rows.iter().filter(is_partial).collect();
        let said = partial.iter().take(MAX_PARTIAL).map(|row| {
            let (at, line, amounts, _) = row;
            let empty = self.months.iter().zip(amounts);
            let empty = empty.filter(|(_, amount)| amount.is_none());
            let empty: Vec<String> = empty.map(|(month, _)| month_key(*month)).collect();
            let params = [
                ("line", line.to_string()),
                ("name", book.units[*at].name.clone()),
                ("filled", filled(row).to_string()),
                ("of", amounts.len().to_string()),
                ("months", empty.join(", ")),
            ];
            Message::new("goal_sheet_partial", &params)
        });
        let more = partial.len().saturating_sub(MAX_PARTIAL);
        let params = [("count", more.to_string())];
        let more = (more > 0).then(|| Message::new("goal_sheet_partial_more", &params));
        said.chain(more).collect()
    }

    /// Years that are not their months, units that are not their parts.
    fn mismatches(&self, book: &Book) -> Result<Vec<GoalMismatch>> {
        let currency = book.plan.amount.currency;
        let major = |minor: i64| Money::new(minor, currency).to_major();
        let year = book.year()?;
        let mut found = Vec::new();
        let mut say = |at: usize, line: u32, period: Period, written: i64, sum: i64| {
            if written != sum {
                found.push(GoalMismatch {
                    line,
                    name: book.units[at].name.clone(),
                    period,
                    written: major(written),
                    sum: major(sum),
                });
            }
        };
        let mut leaves: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
        for at in (0..book.units.len()).filter(|at| book.own_row(*at).is_some()) {
            let own = (0..self.months.len()).map(|month| self.amount(book, at, month));
            leaves.insert(at, own.collect::<Result<_>>()?);
        }
        for (at, line, months, total) in &self.rows {
            if let Some(total) = total {
                let own = (0..months.len()).map(|month| self.amount(book, *at, month));
                let own = own.collect::<Result<Vec<_>>>()?;
                say(*at, *line, year, *total, sum(own.into_iter())?);
            }
            if book.own_row(*at).is_some() {
                continue;
            }
            let below = book.below(*at);
            for (month, written) in months.iter().enumerate() {
                let Some(written) = written else { continue };
                let parts = leaves.range(below.clone()).map(|(_, own)| own[month]);
                say(*at, *line, self.months[month], *written, sum(parts)?);
            }
        }
        Ok(found)
    }

    /// The months of people that differ.
    fn edits(&self, book: &Book) -> Result<Vec<GoalEdit>> {
        let currency = book.plan.amount.currency;
        let mut edits = Vec::new();
        for (at, _, months, _) in &self.rows {
            if book.own_row(*at).is_none() {
                continue;
            }
            for (month, minor) in self.months.iter().zip(months) {
                let Some(minor) = minor else { continue };
                if book.sum(*at, *month)? != *minor {
                    edits.push(GoalEdit::Set {
                        unit: book.units[*at].id.clone(),
                        period: *month,
                        amount: Money::new(*minor, currency).to_major(),
                        above: GoalAbove::Grow,
                    });
                }
            }
        }
        Ok(edits)
    }
}

/// Who is meant by a row.
struct Names<'a> {
    book: &'a Book,
    numbers: BTreeMap<String, usize>,
    by_name: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Names<'a> {
    fn new(book: &'a Book) -> Self {
        let mut names: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, unit) in book.units.iter().enumerate() {
            names.entry(&unit.name).or_default().push(at);
        }
        let numbers = book.staff_numbers().into_iter();
        Self {
            numbers: numbers
                .filter_map(|(id, number)| Some((number, book.place(&id).ok()?)))
                .collect(),
            by_name: names,
            book,
        }
    }

    /// What a row says of who has its number and is not so: the name, or the unit above.
    fn contradiction(
        &self,
        place: usize,
        name: &str,
        above: &str,
    ) -> Option<(&'static str, String)> {
        let own = self.book.units[place].name.as_str();
        if !name.is_empty() && name != own {
            return Some(("other_name", format!("{name} ≠ {own}")));
        }
        let parent = self.book.parent(place)?;
        let parent = self.book.units[parent].name.as_str();
        let differs = !above.is_empty() && above != parent;
        differs.then(|| ("other_unit", format!("{above} ≠ {parent}")))
    }

    /// The place, if nothing in its row contradicts it: a sheet of which one column was sorted alone gives
    /// everybody the numbers of somebody else.
    fn agreeing(
        &self,
        place: usize,
        (file, line): (&str, u32),
        key: &str,
        (name, above): (&str, &str),
    ) -> Result<usize> {
        match self.contradiction(place, name, above) {
            Some((problem, said)) => {
                let said = format!("{key}: {said}");
                Err(sheet_error(file, line, problem, &said))
            }
            None => Ok(place),
        }
    }

    /// By staff number; else by the name, and what it stands under where there are several.
    fn place(&self, file: &str, row: &SheetRow, columns: &Columns) -> Result<usize> {
        let number = columns.number.map_or("", |column| cell(row, column));
        let name = cell(row, columns.name);
        let above = columns.above.map_or("", |column| cell(row, column));
        if !number.is_empty() {
            let place = self.numbers.get(number).copied();
            let place = place.ok_or_else(|| sheet_error(file, row.line, "unknown", number))?;
            return self.agreeing(place, (file, row.line), number, (name, above));
        }
        let all = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        let under = |at: &&usize| {
            let parent = self
                .book
                .parent(**at)
                .map(|parent| self.book.units[parent].name.as_str());
            parent.unwrap_or_default() == above
        };
        let fitting: Vec<usize> = all.iter().filter(under).copied().collect();
        match (all, fitting.as_slice()) {
            ([one], _) | (_, [one]) => self.agreeing(*one, (file, row.line), name, (name, above)),
            ([], _) => Err(sheet_error(file, row.line, "unknown", name)),
            _ => Err(sheet_error(file, row.line, "ambiguous", name)),
        }
    }
}

/// Whether a row says in either language that it is of another level: a team's row with the number of one of its
/// people is not theirs. What is no word of a level says nothing.
fn is_other_level(said: &str, own: Level) -> bool {
    let is_word = |level: Level| {
        let words = [Lang::ZhCn, Lang::En].map(|lang| level_word(level, lang));
        said == super::tree::level_code(level) || words.contains(&said)
    };
    let levels = [
        Level::Company,
        Level::Department,
        Level::Team,
        Level::Person,
    ];
    !is_word(own) && levels.into_iter().any(is_word)
}

/// The columns of a header: a name and every month of the year; none: this row is no header.
fn columns_of(row: &SheetRow, months: &[Period]) -> Option<Columns> {
    let named = |at: usize, word: &str| TEXT_HEADERS.iter().any(|heads| heads[at] == word);
    let position = |is_it: &dyn Fn(&str) -> bool| row.cells.iter().position(|cell| is_it(cell));
    let month = |period: &Period| position(&|cell| is_month(cell, *period));
    Some(Columns {
        level: position(&|cell| named(0, cell)),
        number: position(&|cell| named(1, cell)),
        name: position(&|cell| named(2, cell))?,
        above: position(&|cell| named(3, cell)),
        months: months.iter().map(month).collect::<Option<_>>()?,
        total: position(&|cell| TOTAL_HEADERS.contains(&cell)),
        figure: position(&|cell| FIGURE_HEADERS.contains(&cell)),
    })
}

/// The header of a month: `2027-01`, also where its year is not the calendar's; the key of one made of weeks.
fn month_key(period: Period) -> String {
    calendar_month(period).unwrap_or(period).to_string()
}

fn calendar_month(period: Period) -> Option<Period> {
    let month = Period::containing(PeriodKind::Month, period.start()).ok()?;
    (month.start() == period.start() && month.end() == period.end()).then_some(month)
}

/// Whether a header means a month: `2027-01` or `1月`.
fn is_month(cell: &str, period: Period) -> bool {
    let number = calendar_month(period).unwrap_or(period).number();
    cell == month_key(period)
        || cell == period.to_string()
        || cell.strip_suffix('月') == Some(&number.to_string())
}

/// A month that two columns mean.
fn month_twice(header: &SheetRow, months: &[Period]) -> Option<Period> {
    let columns = |month: &Period| {
        header
            .cells
            .iter()
            .filter(|cell| is_month(cell, *month))
            .count()
    };
    months.iter().copied().find(|month| columns(month) > 1)
}

/// Whether a sheet that says what its goal is of means the metric, by its code or its name in either language.
fn is_figure(said: &str, metric: GoalMetric) -> bool {
    let names = [Lang::ZhCn, Lang::En].map(|lang| metric_name(metric, lang));
    said.is_empty() || said == metric.code() || names.iter().any(|name| name == said)
}

fn cell(row: &SheetRow, column: usize) -> &str {
    row.cells.get(column).map_or("", String::as_str)
}

/// An amount as people write it in a sheet; none where nothing is written, which stays as it is.
fn amount_of(file: &str, row: &SheetRow, column: usize, book: &Book) -> Result<Option<i64>> {
    let text = cell(row, column);
    let plain: String = text
        .chars()
        .filter(|one| !matches!(one, ',' | '，' | ' ' | '¥' | '￥'))
        .collect();
    if plain.is_empty() {
        return Ok(None);
    }
    let amount = Money::parse_major(&plain, book.plan.amount.currency);
    match amount {
        Ok(amount) if amount.minor >= 0 => Ok(Some(amount.minor)),
        Ok(_) => Err(sheet_error(file, row.line, "negative", text)),
        Err(_) => Err(sheet_error(file, row.line, "no_amount", text)),
    }
}

fn sum(mut values: impl Iterator<Item = i64>) -> Result<i64> {
    let sum = values.try_fold(0_i64, i64::checked_add);
    Ok(sum.ok_or(CoreError::Overflow("goal of a unit"))?)
}

fn sheet_error(file: &str, line: u32, problem: &'static str, value: &str) -> Error {
    GoalError::Sheet {
        file: file.to_owned(),
        line,
        problem,
        value: crate::error::shown(value),
    }
    .into()
}
