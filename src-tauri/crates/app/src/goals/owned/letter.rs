//! The paper on which company and owner agree on a goal (目标责任书), in words of one language.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::{Datelike, NaiveDate};
use serde_json::json;
use yeji_core::Money;
use yeji_core::calendar::{Months, Period, PeriodKind};
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::MetricUnit;
use yeji_core::org::{MemberRole, Organisation};
use yeji_report::chart::{Lang, Value, ValueUnit};
use yeji_report::{GoalLetter, LetterTable, capital_amount, file_name, format, goal_letter_pdf};

use super::confirm::{Confirmed, people, row};
use super::figures::{Figures, hash_of};
use crate::api::Progress;
use crate::api::goal_letter::{
    ConfirmationState, ExportGoalLetter, ExportGoalLetters, GoalConfirmationRow,
};
use crate::api::goals::GetGoal;
use crate::api::reports::ExportResult;
use crate::blocking::blocking;
use crate::context::App;
use crate::data::written;
use crate::error::{Error, Result};
use crate::goals::book::Book;
use crate::goals::round::unit_name;
use crate::host::{Clock, OnProgress};
use crate::reports::put_file;
use crate::words::{self, pick};

/// What is the same on all papers of a goal.
struct Paper {
    book: Book,
    confirmed: Confirmed,
    aim: String,
    published: bool,
    /// Head of the audit log, which has this export as its newest entry.
    mark: String,
    on: NaiveDate,
    /// Tells moments as the clock on the wall does.
    clock: Arc<dyn Clock>,
    lang: Lang,
}

impl App {
    /// Writes the paper of one person to a place that a dialog names.
    pub async fn export_goal_letter(&self, args: ExportGoalLetter) -> Result<ExportResult> {
        let book = self.book_in_force(args.metric, args.year).await?;
        let (at, _) = self.owner_asked(&book, args.person)?;
        let name = file_name(&[title(args.lang_year()), book.units[at].name.clone()]);
        let Some(path) = self.host.save_file(&format!("{name}.pdf")).await else {
            return Ok(nothing_written());
        };
        self.export_goal_letter_to(&path, args).await
    }

    /// The same to a place that the caller names.
    pub async fn export_goal_letter_to(
        &self,
        path: &Path,
        args: ExportGoalLetter,
    ) -> Result<ExportResult> {
        let book = self.book_in_force(args.metric, args.year).await?;
        let (at, person) = self.owner_asked(&book, args.person)?;
        let name = book.units[at].name.clone();
        let paper = self.paper(book, args.language, &name, 1).await?;
        let letter = paper.letter(at, person)?;
        let target = path.to_owned();
        blocking(move || put_file(&target, &goal_letter_pdf(&letter)?)).await?;
        Ok(written(path))
    }

    /// Writes the papers of everybody who is seen into a folder that a dialog names.
    pub async fn export_goal_letters(
        &self,
        args: ExportGoalLetters,
        progress: OnProgress<'_>,
    ) -> Result<ExportResult> {
        match self.host.pick_folder().await {
            Some(folder) => self.export_goal_letters_to(&folder, args, progress).await,
            None => Ok(nothing_written()),
        }
    }

    /// The same into a folder that the caller names, which is made if need be.
    pub async fn export_goal_letters_to(
        &self,
        folder: &Path,
        args: ExportGoalLetters,
        progress: OnProgress<'_>,
    ) -> Result<ExportResult> {
        let book = self.book_in_force(args.metric, args.year).await?;
        let all: Vec<(usize, PersonId)> = people(&book).collect();
        let cancelled = self.start_task();
        std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
        let paper = self.paper(book, args.language, "", all.len()).await?;
        let numbers = paper.book.staff_numbers();
        let total = all.len() as u64;
        let mut files = Vec::with_capacity(all.len());
        let say = |done: u64| {
            progress(Progress {
                step: "exporting".to_owned(),
                done,
                total,
            });
        };
        for (done, (at, person)) in (0_u64..).zip(all) {
            if cancelled.load(Ordering::Relaxed) {
                return Err(Error::Cancelled);
            }
            say(done);
            let unit = &paper.book.units[at];
            // Two of one name have different numbers, or else different ids.
            let number = numbers.get(&unit.id).unwrap_or(&unit.id).clone();
            let base = file_name(&[title((args.language, args.year)), unit.name.clone(), number]);
            let name = format!("{base}.pdf");
            let (letter, target) = (paper.letter(at, person)?, folder.join(&name));
            blocking(move || put_file(&target, &goal_letter_pdf(&letter)?)).await?;
            files.push(name);
        }
        say(total);
        Ok(ExportResult {
            folder: Some(folder.display().to_string()),
            files,
            failed: Vec::new(),
        })
    }

    /// Records the export, and reads what all papers say.
    async fn paper(&self, book: Book, lang: Lang, whose: &str, people: usize) -> Result<Paper> {
        let (metric, year) = (book.plan.metric, book.plan.year);
        let detail = json!({
            "metric": metric, "year": year, "version": book.plan.version,
            "name": whose, "people": people,
        });
        let head = self.audit("export.goal_letters", year.to_string(), detail);
        let head = head.await?;
        Ok(Paper {
            confirmed: self.confirmed(metric, year).await?,
            aim: self.get_goal_aim(GetGoal { metric, year }).await?.aim,
            published: self
                .publication_of(&book)
                .await?
                .is_some_and(|last| last.unchanged),
            mark: head.map_or_else(|| "0".to_owned(), |head| head.short()),
            on: self.clock.today(),
            clock: Arc::clone(&self.clock),
            book,
            lang,
        })
    }
}

impl ExportGoalLetter {
    fn lang_year(&self) -> (Lang, i32) {
        (self.language, self.year)
    }
}

fn nothing_written() -> ExportResult {
    ExportResult {
        folder: None,
        files: Vec::new(),
        failed: Vec::new(),
    }
}

fn title((lang, year): (Lang, i32)) -> String {
    match lang {
        Lang::ZhCn => format!("{year}年度目标责任书"),
        Lang::En => format!("Goal agreement {year}"),
    }
}

impl Paper {
    fn letter(&self, at: usize, person: PersonId) -> Result<GoalLetter> {
        let figures = Figures::of(&self.book, at, person)?;
        let state = row(
            &self.book,
            at,
            &figures,
            &self.confirmed,
            &self.book.staff_numbers(),
        )?;
        let (lang, hash) = (self.lang, hash_of(&figures.text()?));
        let organisation = &self.book.organisation;
        let company = organisation.company().map(|unit| unit.name.clone());
        let foot = match lang {
            Lang::ZhCn => format!(
                "目标数字的 SHA-256：{hash}　审计日志：{}　制作日期：{}",
                self.mark, self.on
            ),
            Lang::En => format!(
                "SHA-256 of the numbers: {hash} · Audit log: {} · Made on {}",
                self.mark, self.on
            ),
        };
        Ok(GoalLetter {
            lang,
            company: company.unwrap_or_default(),
            title: title((lang, self.book.plan.year)),
            facts: self.facts(&state)?,
            table: self.table(at)?,
            sums: self.sums(at)?,
            clauses: vec![self.clause(&state)],
            confirmed: self.confirmation(&state),
            signatures: ["公司（盖章）", "直属主管", "责任人"]
                .iter()
                .zip(["For the company", "Manager", "Owner of the goal"])
                .map(|(zh, en)| pick(lang, zh, en).to_owned())
                .collect(),
            day_label: pick(lang, "日期：", "Date:").to_owned(),
            foot,
            made_on: self.on,
        })
    }

    fn facts(&self, state: &GoalConfirmationRow) -> Result<Vec<(String, String)>> {
        let (book, lang) = (&self.book, self.lang);
        let at = book.place(&state.person.to_string())?;
        let (unit, _) = book.owner(at)?;
        let organisation = &book.organisation;
        let version = book.plan.version;
        let version = match (lang, self.published) {
            (Lang::ZhCn, true) => format!("第 {version} 版（生效，已发布）"),
            (Lang::ZhCn, false) => format!("第 {version} 版（生效，尚未发布）"),
            (Lang::En, true) => format!("Version {version}, in force, published to owners"),
            (Lang::En, false) => {
                format!("Version {version}, in force, not published to owners yet")
            }
        };
        let name = match &state.staff_number {
            Some(number) => format!("{} ({number})", state.name),
            None => state.name.clone(),
        };
        let manager = manager_of(organisation, unit, state.person, self.on);
        let year = words::period(book.year()?, lang);
        let facts = [
            ("责任人", "Owner", name),
            ("所属团队", "Unit", unit_name(organisation, unit)),
            ("直属主管", "Manager", manager.unwrap_or_default()),
            ("年度", "Year", year),
            (
                "指标",
                "Figure",
                crate::performance::metric_name(book.plan.metric, lang),
            ),
            ("目标版本", "Goal", version),
        ];
        let facts = facts.into_iter().filter(|(_, _, value)| !value.is_empty());
        Ok(facts
            .map(|(zh, en, value)| (pick(lang, zh, en).to_owned(), value))
            .collect())
    }

    /// A quarter a line: its months with their goals, and its sum.
    fn table(&self, at: usize) -> Result<LetterTable> {
        let (book, lang) = (&self.book, self.lang);
        let (month, goal) = (pick(lang, "月份", "Month"), pick(lang, "目标", "Goal"));
        let mut head = vec![pick(lang, "季度", "Quarter").to_owned()];
        for _ in 0..3 {
            head.extend([month.to_owned(), goal.to_owned()]);
        }
        head.push(pick(lang, "季度合计", "Sum").to_owned());
        let mut rows = Vec::with_capacity(4);
        for quarter in book.year()?.parts(PeriodKind::Quarter) {
            let mut cells = vec![short(quarter, lang)];
            for month in quarter.parts(PeriodKind::Month) {
                cells.extend([short(month, lang), self.amount(book.sum(at, month)?)?]);
            }
            cells.resize(head.len() - 1, String::new());
            cells.push(self.amount(book.sum(at, quarter)?)?);
            rows.push(cells);
        }
        Ok(LetterTable { head, rows })
    }

    fn sums(&self, at: usize) -> Result<Vec<(String, String)>> {
        let lang = self.lang;
        let total = self.money(self.book.sum(at, self.book.year()?)?);
        let mut sums = vec![(
            pick(lang, "全年目标", "Goal of the year").to_owned(),
            format::money(total)?,
        )];
        let is_money = self.book.plan.metric.unit() == MetricUnit::Money;
        if let Some(capital) = capital_amount(total).filter(|_| is_money) {
            sums.push((
                pick(lang, "大写金额", "In Chinese capitals").to_owned(),
                capital,
            ));
        }
        if !self.aim.is_empty() {
            let label = pick(lang, "公司目标", "Aim of the company");
            sums.push((label.to_owned(), self.aim.clone()));
        }
        Ok(sums)
    }

    fn clause(&self, state: &GoalConfirmationRow) -> String {
        let (name, year) = (&state.name, self.book.plan.year);
        match self.lang {
            Lang::ZhCn => format!(
                "本责任书为公司与责任人就 {year} 年度目标达成的书面约定。{name}已知悉并接受上述目标；目标如有调整，以公司重新发布并经责任人再次确认的版本为准。"
            ),
            Lang::En => format!(
                "The company and {name} agree on the goal above for {year}. If the goal is changed, the version that the company publishes to its owner anew and that its owner confirms again replaces this paper."
            ),
        }
    }

    /// That and when the owner confirmed; none: nobody has, the lines below are for signing.
    fn confirmation(&self, state: &GoalConfirmationRow) -> Option<String> {
        let at = state.confirmed_at?;
        let by = state.confirmed_by.clone().unwrap_or_default();
        let at = self.clock.local(at).format("%Y-%m-%d %H:%M");
        let text = match (state.state, state.on_paper, self.lang) {
            (ConfirmationState::Open, ..) => return None,
            (ConfirmationState::Changed, _, Lang::ZhCn) => {
                format!("责任人曾于 {at} 确认此前的目标；目标此后已变更，请重新确认。")
            }
            (ConfirmationState::Changed, _, Lang::En) => {
                format!(
                    "An earlier goal was confirmed on {at}; it was changed since and is to be confirmed again."
                )
            }
            (ConfirmationState::Confirmed, false, Lang::ZhCn) => {
                format!("责任人已于 {at} 以账户“{by}”确认以上数字。")
            }
            (ConfirmationState::Confirmed, false, Lang::En) => {
                format!("The owner confirmed these numbers on {at} with the account \"{by}\".")
            }
            (ConfirmationState::Confirmed, true, Lang::ZhCn) => {
                format!("责任人已书面签字；由“{by}”于 {at} 登记。")
            }
            (ConfirmationState::Confirmed, true, Lang::En) => {
                format!("The owner signed on paper; recorded by \"{by}\" on {at}.")
            }
        };
        Some(text)
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.book.plan.amount.currency)
    }

    fn amount(&self, minor: i64) -> Result<String> {
        let money = self.money(minor);
        let unit = ValueUnit::money(money.currency);
        Ok(format::full(&Value::money(money), unit)?)
    }
}

/// A quarter or month within its year.
fn short(period: Period, lang: Lang) -> String {
    let number = period.number();
    let has_months = period.calendar().rule().months == Months::Calendar;
    match (period.kind(), lang) {
        (PeriodKind::Quarter, Lang::ZhCn) => format!("第{number}季度"),
        (PeriodKind::Quarter, Lang::En) => format!("Q{number}"),
        (_, Lang::ZhCn) if has_months => format!("{}月", period.start().month()),
        (_, Lang::En) if has_months => period.start().format("%b").to_string(),
        (_, Lang::ZhCn) => format!("第{number}期"),
        (_, Lang::En) => format!("P{number}"),
    }
}

/// Who leads the unit of somebody on a day; of who leads it, the unit above.
fn manager_of(
    organisation: &Organisation,
    unit: UnitId,
    person: PersonId,
    day: NaiveDate,
) -> Option<String> {
    let above = |id: &UnitId| organisation.unit(*id).and_then(|unit| unit.parent);
    let leads = |unit: UnitId| {
        organisation.memberships().iter().find(|stay| {
            stay.unit == unit
                && stay.role == MemberRole::Manager
                && stay.person != person
                && stay.from <= day
                && day < stay.to
        })
    };
    let leader = std::iter::successors(Some(unit), above).find_map(leads)?;
    organisation
        .person(leader.person)
        .map(|one| one.name.clone())
}
