//! One chart description that feeds the window and every export, so that they cannot disagree.
//!
//! [`Chart`] travels to the window as JSON (drawn by ECharts) and is drawn here by plotters as
//! SVG, rasterised to PNG, embedded in the PDF and written as native charts into the workbook.
//! All text on the way out comes from [`mod@format`], all numbers from the exact [`Value`].
//!
//! Pure: no clock, no files, no environment. The same input gives the same bytes.

mod capital;
pub mod chart;
mod chart_table;
mod check;
mod draw;
mod error;
mod file_name;
mod font;
pub mod format;
pub mod goal_sheet;
mod kinds;
mod letter;
mod payroll;
mod pdf;
mod picture;
mod report;
mod slices;
mod statement;
mod xlsx;

pub use capital::capital_amount;
pub use chart::{Category, Chart, ChartKind, Lang, Role, Series, Size, Value, ValueUnit};
pub use check::{MAX_HEAT_COLUMNS, MAX_HEAT_ROWS};
pub use error::{Error, Result};
pub use file_name::file_name;
pub use font::{FONT, missing_characters};
pub use letter::{GoalLetter, LetterTable, goal_letter_pdf};
pub use payroll::{PayrollCell, PayrollSheet, payroll_xlsx};
pub use pdf::dashboard_pdf;
pub use picture::{chart_png, chart_svg, chart_svg_text, natural_size};
pub use report::{Align, Cell, Column, Report, Table, Tile, Trend};
pub use slices::{MAX_SLICES, OTHER_KEY, fold_slices};
pub use statement::{PaperColumn, PaperPart, PaperStep, PaperTable, StatementPaper, statement_pdf};
pub use xlsx::{dashboard_sheet_name, dashboard_xlsx};
