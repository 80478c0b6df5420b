//! `yeji calendar`: how the company's years are cut, and its days off.

use std::path::PathBuf;

use clap::ValueEnum;
use yeji_app::api::calendar::{
    AddHolidays, BuiltInHolidays, CalendarView, GetCalendar, SetCalendar,
};
use yeji_app::{Access, access};
use yeji_core::calendar::{Months, NamedBy, WeekDay, YearEnd};

use super::output::Column::{Left, Right};
use super::{Context, output};
use crate::words;

/// What to do with the calendar.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Show the calendar and a year of it with its working days
    Show {
        /// Number of the year; without it the year of today
        #[arg(long)]
        year: Option<i32>,
    },
    /// Say how years are cut and which holidays count; what is not named stays as it is
    Set(Box<SetArgs>),
    /// Add days off and make-up days from a file: CSV (date,kind,name) or a calendar file (ICS)
    Import {
        /// File to read
        file: PathBuf,
        /// Forget the days that were added before
        #[arg(long)]
        replace: bool,
    },
}

/// The rule of the years.
#[derive(Debug, clap::Args)]
pub(super) struct SetArgs {
    /// Month in which the year begins, 1 to 12
    #[arg(long, value_name = "MONTH")]
    first_month: Option<u8>,
    /// Calendar months, or months made of weeks
    #[arg(long, value_enum)]
    months: Option<MonthsArg>,
    /// With months made of weeks: the year ends on the last such day of the month before the first one,
    /// or on the one nearest to that month's end
    #[arg(long, value_enum)]
    year_end: Option<EndArg>,
    /// First day of the week
    #[arg(long, value_enum)]
    week_start: Option<DayArg>,
    /// The calendar year whose number the year has: that of its start or of its end
    #[arg(long, value_enum)]
    named_by: Option<NamedArg>,
    /// Built-in list of holidays
    #[arg(long, value_enum)]
    holidays: Option<HolidaysArg>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum MonthsArg {
    Calendar,
    #[value(name = "4-4-5")]
    W445,
    #[value(name = "4-5-4")]
    W454,
    #[value(name = "5-4-4")]
    W544,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum EndArg {
    Last,
    Nearest,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum NamedArg {
    Start,
    End,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum HolidaysArg {
    None,
    China,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DayArg {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<MonthsArg> for Months {
    fn from(arg: MonthsArg) -> Self {
        match arg {
            MonthsArg::Calendar => Self::Calendar,
            MonthsArg::W445 => Self::W445,
            MonthsArg::W454 => Self::W454,
            MonthsArg::W544 => Self::W544,
        }
    }
}

impl From<DayArg> for WeekDay {
    fn from(arg: DayArg) -> Self {
        match arg {
            DayArg::Monday => Self::Monday,
            DayArg::Tuesday => Self::Tuesday,
            DayArg::Wednesday => Self::Wednesday,
            DayArg::Thursday => Self::Thursday,
            DayArg::Friday => Self::Friday,
            DayArg::Saturday => Self::Saturday,
            DayArg::Sunday => Self::Sunday,
        }
    }
}

pub(super) async fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::Show { year } => {
            let app = context.app(Access::Read).await?;
            shown(&app.get_calendar(GetCalendar { year }).await?, context)
        }
        Command::Set(args) => set(*args, context).await,
        Command::Import { file, replace } => {
            let app = context.app(Access::Change).await?;
            app.require(access::Right::EditCompany).await?;
            let list = yeji_app::read_holidays(&file)?;
            for event in &list.left_out {
                output::note_text(words::line(
                    "event_left_out",
                    &[
                        ("line", event.line.to_string()),
                        ("name", event.name.clone()),
                        ("reason", words::term("left_out_event", event.reason.code())),
                    ],
                ));
            }
            let count = list.days.len();
            let days = list.days;
            let view = app.add_holidays(AddHolidays { days, replace }).await?;
            output::note_text(words::line(
                "holidays_added",
                &[("days", count.to_string())],
            ));
            shown(&view, context)
        }
    }
}

async fn set(args: SetArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let before = app.get_calendar(GetCalendar::default()).await?;
    let (mut rule, mut holidays) = (before.rule, before.holidays);
    if let Some(month) = args.first_month {
        rule.first_month = month;
    }
    if let Some(months) = args.months {
        rule.months = months.into();
    }
    if let Some(end) = args.year_end {
        rule.year_end = match end {
            EndArg::Last => YearEnd::Last,
            EndArg::Nearest => YearEnd::Nearest,
        };
    }
    if let Some(day) = args.week_start {
        rule.week_start = day.into();
    }
    if let Some(named) = args.named_by {
        rule.named_by = match named {
            NamedArg::Start => NamedBy::Start,
            NamedArg::End => NamedBy::End,
        };
    }
    if let Some(list) = args.holidays {
        holidays = match list {
            HolidaysArg::None => BuiltInHolidays::None,
            HolidaysArg::China => BuiltInHolidays::China,
        };
    }
    shown(
        &app.set_calendar(SetCalendar { rule, holidays }).await?,
        context,
    )
}

fn shown(view: &CalendarView, context: &Context) -> anyhow::Result<()> {
    if context.json {
        return output::json(view);
    }
    let rows: Vec<Vec<String>> = view
        .periods
        .iter()
        .map(|row| {
            let last = row.end.pred_opt().unwrap_or(row.end);
            vec![
                row.period.to_string(),
                row.start.to_string(),
                last.to_string(),
                row.working_days.to_string(),
            ]
        })
        .collect();
    let columns = [
        Left("period"),
        Left("first_day"),
        Left("last_day"),
        Right("working_days"),
    ];
    output::table(&columns, &rows)?;
    if !view.unknown_years.is_empty() {
        let years: Vec<String> = view.unknown_years.iter().map(ToString::to_string).collect();
        output::note_text(words::line(
            "holidays_unknown",
            &[("years", years.join(", "))],
        ));
    }
    Ok(())
}
