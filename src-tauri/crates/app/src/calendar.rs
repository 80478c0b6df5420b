//! The company's calendar: one setting with the rule of its years, the built-in list of holidays that
//! counts, and own days.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::json;
use yeji_core::calendar::{
    CalendarRule, DayCounts, FiscalCalendar, MAX_YEAR, MIN_YEAR, Period, PeriodKind, SpecialDay,
    WorkingDays,
};
use yeji_store::{AuditDraft, ChangeKind, Setting};

use crate::api::calendar::{
    AddHolidays, BuiltInHolidays, CalendarPeriod, CalendarView, GetCalendar, SetCalendar,
};
use crate::context::App;
use crate::error::{Error, Result};

/// Setting: the company's calendar.
pub(crate) const CALENDAR: &str = "calendar";
/// Most own days: fifty years of them.
const MAX_OWN_DAYS: usize = 20_000;
/// Longest name of a day.
const MAX_NAME_CHARS: usize = 200;

/// The setting as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CompanyCalendar {
    rule: CalendarRule,
    holidays: BuiltInHolidays,
    /// In order of the dates, each once.
    days: Vec<SpecialDay>,
}

impl CompanyCalendar {
    /// The setting out of its JSON; what cannot be read is no calendar.
    pub(crate) fn read(value: serde_json::Value) -> Result<Self> {
        let text = value.to_string();
        let unknown = || yeji_core::Error::Unknown {
            what: CALENDAR,
            value: text.chars().take(64).collect(),
        };
        let calendar: Self = serde_json::from_value(value).map_err(|_| unknown())?;
        calendar.fiscal()?;
        Ok(calendar)
    }

    /// How its years are cut.
    pub(crate) fn fiscal(&self) -> Result<FiscalCalendar> {
        Ok(FiscalCalendar::try_from(self.rule)?)
    }

    /// Which days are worked. Without any list: Monday to Friday.
    pub(crate) fn working_days(&self) -> WorkingDays {
        let base = match self.holidays {
            BuiltInHolidays::None => WorkingDays::default(),
            BuiltInHolidays::China => WorkingDays::china(),
        };
        base.with(&self.days)
    }

    fn view(&self, year: Period) -> CalendarView {
        let working = self.working_days();
        let counts = DayCounts::new(&working, year.start(), year.end());
        let mut periods = vec![year];
        for half in year.parts(PeriodKind::Half) {
            periods.push(half);
            for quarter in half.parts(PeriodKind::Quarter) {
                periods.push(quarter);
                periods.extend(quarter.parts(PeriodKind::Month));
            }
        }
        let count = |period: Period| counts.count(period.start(), period.end());
        CalendarView {
            rule: self.rule,
            holidays: self.holidays,
            days: self.days.clone(),
            known_years: working.years.iter().copied().collect(),
            unknown_years: working.unknown_years(year.start(), year.end()),
            periods: periods
                .into_iter()
                .map(|period| CalendarPeriod {
                    period,
                    kind: period.kind(),
                    start: period.start(),
                    end: period.end(),
                    working_days: u32::try_from(count(period)).unwrap_or(u32::MAX),
                })
                .collect(),
        }
    }
}

impl App {
    /// The calendar in force; the calendar year and Monday to Friday where none was set.
    pub(crate) async fn company_calendar(&self) -> Result<CompanyCalendar> {
        match self.store()?.setting(CALENDAR).await? {
            Some(value) => CompanyCalendar::read(value),
            None => Ok(CompanyCalendar::default()),
        }
    }

    /// The calendar with a year of it.
    pub async fn get_calendar(&self, args: GetCalendar) -> Result<CalendarView> {
        let calendar = self.company_calendar().await?;
        let fiscal = calendar.fiscal()?;
        let year = match args.year {
            Some(year) => fiscal.year(year)?,
            None => fiscal.containing(PeriodKind::Year, self.clock.today())?,
        };
        Ok(calendar.view(year))
    }

    /// Says how years are cut and which built-in list of holidays counts.
    pub async fn set_calendar(&self, args: SetCalendar) -> Result<CalendarView> {
        let rule = FiscalCalendar::try_from(args.rule)?;
        let _turn = self.turn().await;
        let before = self.company_calendar().await?;
        let calendar = CompanyCalendar {
            rule: rule.rule(),
            holidays: args.holidays,
            ..before
        };
        self.keep_calendar(calendar).await
    }

    /// Adds days off and make-up days to the company's own.
    pub async fn add_holidays(&self, args: AddHolidays) -> Result<CalendarView> {
        for day in &args.days {
            check_day(day)?;
        }
        let _turn = self.turn().await;
        let before = self.company_calendar().await?;
        let kept = if args.replace {
            &[]
        } else {
            before.days.as_slice()
        };
        // Of a day that is named twice, the later says what it is.
        let days: BTreeMap<NaiveDate, SpecialDay> = kept
            .iter()
            .chain(&args.days)
            .map(|day| (day.date, day.clone()))
            .collect();
        if days.len() > MAX_OWN_DAYS {
            let count = days.len().to_string();
            return Err(Error::input("days", &count, "at most 20,000 days"));
        }
        let calendar = CompanyCalendar {
            days: days.into_values().collect(),
            ..before
        };
        self.keep_calendar(calendar).await
    }

    /// The caller has the turn.
    async fn keep_calendar(&self, calendar: CompanyCalendar) -> Result<CalendarView> {
        let fiscal = calendar.fiscal()?;
        let summary = json!({
            "key": CALENDAR,
            "calendar": fiscal.to_string(),
            "holidays": calendar.holidays,
            "days": calendar.days.len(),
        });
        let mut change = self.change(ChangeKind::Setting, summary.clone());
        change.audit = Some(AuditDraft {
            action: "calendar.set".to_owned(),
            subject: CALENDAR.to_owned(),
            detail: summary,
        });
        change.put.push(
            Setting {
                key: CALENDAR.to_owned(),
                value: json!(calendar),
            }
            .into(),
        );
        self.apply(change).await?;
        let year = fiscal.containing(PeriodKind::Year, self.clock.today())?;
        Ok(calendar.view(year))
    }
}

fn check_day(day: &SpecialDay) -> Result<()> {
    if !(MIN_YEAR..=MAX_YEAR).contains(&day.date.year()) {
        let date = day.date.to_string();
        return Err(Error::input(
            "date",
            &date,
            "a day of the years 1900 to 2200",
        ));
    }
    if day.name.chars().count() > MAX_NAME_CHARS {
        return Err(Error::input("name", &day.name, "1 to 200 characters"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
