//! A statement in words of one language, as its paper has them: the words of the window.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use yeji_bonus::Plan;
use yeji_bonus::plan::RoundOn;
use yeji_core::calendar::Period;
use yeji_core::{Currency, Money};
use yeji_report::chart::Lang;
use yeji_report::format::{self, MISSING};
use yeji_report::{Align, PaperColumn, PaperPart, PaperStep, PaperTable, StatementPaper};

use super::{by_fact, formula};
use crate::api::Message;
use crate::api::bonus::{
    AdjustmentView, ComponentView, CountedView, FigureView, LeftOutView, RestatedView,
    StatementLineView, StatementView,
};
use crate::api::bonus_papers::StatementConfirmationRow;
use crate::api::goal_letter::ConfirmationState;
use crate::bonus::confirm::Confirmed;
use crate::error::Result;
use crate::host::{Clock, Host};
use crate::words::{self, pick};

/// What is the same on all papers of a run.
pub(super) struct Paper {
    pub company: String,
    pub period: Period,
    pub plan: Plan,
    pub plan_version: i64,
    /// A second person approved that it is paid.
    pub approved: bool,
    pub calculated_at: DateTime<Utc>,
    pub confirmations: Confirmed,
    /// Head of the audit log, which has this export as its newest entry.
    pub mark: String,
    pub on: NaiveDate,
    pub clock: Arc<dyn Clock>,
    pub host: Arc<dyn Host>,
    pub lang: Lang,
}

/// The words that a person's file is called by, too.
pub(super) fn title(period: Period, lang: Lang) -> String {
    let period = words::period(period, lang);
    match lang {
        Lang::ZhCn => format!("{period}奖金单"),
        Lang::En => format!("Bonus statement {period}"),
    }
}

impl Paper {
    pub(super) fn of(
        &self,
        view: &StatementView,
        standing: &StatementConfirmationRow,
    ) -> Result<StatementPaper> {
        let lang = self.lang;
        let summary = &view.summary;
        let name = match &summary.staff_number {
            Some(number) => format!("{} ({number})", summary.name),
            None => summary.name.clone(),
        };
        let currency = summary.payout.currency;
        let notes = own_notes(view).map(|note| self.say(note)).collect();
        let parts = view.components.iter();
        let parts = parts.map(|one| self.part(one, currency));
        Ok(StatementPaper {
            lang,
            company: self.company.clone(),
            title: title(self.period, lang),
            across: self.across(standing),
            facts: self.facts(view, &name, standing),
            notes,
            parts: parts.collect::<Result<_>>()?,
            sum: self.sum(view),
            total: (
                pick(lang, "奖金", "Payout").to_owned(),
                self.blocked_or(summary.blocked, summary.payout),
            ),
            confirmed: self.confirmation(standing),
            signatures: ["本人", "直属主管", "人事"]
                .iter()
                .zip(["The person", "Manager", "HR"])
                .map(|(zh, en)| pick(lang, zh, en).to_owned())
                .collect(),
            day_label: pick(lang, "日期：", "Date:").to_owned(),
            proof: self.proof(view, &standing.hash),
            foot: format!(
                "{name} · {} · {}",
                words::period(self.period, lang),
                standing.hash
            ),
            made_on: self.on,
        })
    }

    /// What stands across a paper that nobody is to pay by.
    fn across(&self, standing: &StatementConfirmationRow) -> Option<String> {
        let (zh, en) = match (self.approved, standing.held) {
            (false, _) => ("草稿，未审批", "Draft, not approved"),
            (true, true) => ("暂缓发放", "Pay waits"),
            (true, false) => return None,
        };
        Some(pick(self.lang, zh, en).to_owned())
    }

    fn facts(
        &self,
        view: &StatementView,
        name: &str,
        standing: &StatementConfirmationRow,
    ) -> Vec<(String, String)> {
        let (lang, plan) = (self.lang, &self.plan);
        let plan_name = pick_of(lang, &plan.name.zh, &plan.name.en);
        let version = self.plan_version;
        let plan_text = match lang {
            Lang::ZhCn => format!("{plan_name}（{}，第 {version} 版）", plan.code),
            Lang::En => format!("{plan_name} ({}, version {version})", plan.code),
        };
        let (first, end) = (self.period.start(), self.period.end());
        let last = end.pred_opt().unwrap_or(end);
        let days = match lang {
            Lang::ZhCn => format!("{}（{first} 至 {last}）", words::period(self.period, lang)),
            Lang::En => format!("{} ({first} to {last})", words::period(self.period, lang)),
        };
        let state = match (self.approved, standing.held) {
            (false, _) => pick(lang, "草稿，未审批", "Draft, not approved"),
            (true, true) => pick(
                lang,
                "已审批，本人暂缓发放",
                "Approved; the pay of this person waits",
            ),
            (true, false) => pick(lang, "已审批发放", "Approved to be paid"),
        };
        let target = view.summary.target_bonus;
        let facts = [
            ("姓名", "Name", name.to_owned()),
            (
                "团队",
                "Team",
                view.summary.team.clone().unwrap_or_default(),
            ),
            ("奖金方案", "Plan", plan_text),
            ("期间（按事件日期）", "Period of event dates", days),
            (
                "目标奖金",
                "Target bonus",
                target.map(format::money_with_symbol).unwrap_or_default(),
            ),
            (
                "舍入",
                "Rounding",
                self.rounding(view.summary.payout.currency),
            ),
            ("核算时间", "Calculated", self.moment(self.calculated_at)),
            ("状态", "State", state.to_owned()),
        ];
        let facts = facts.into_iter().filter(|(_, _, value)| !value.is_empty());
        facts
            .map(|(zh, en, value)| (pick(lang, zh, en).to_owned(), value))
            .collect()
    }

    fn rounding(&self, currency: Currency) -> String {
        let rule = self.plan.rounding;
        let code = match rule.on {
            RoundOn::Line => "statement_rounding_line",
            RoundOn::Sum => "statement_rounding_sum",
        };
        let mode = serde_json::to_value(rule.mode).unwrap_or_default();
        let decimals = rule.decimals.unwrap_or(currency.decimals());
        let params = [
            ("mode", mode.as_str().unwrap_or_default().to_owned()),
            ("decimals", decimals.to_string()),
        ];
        self.say(&Message::new(code, &params))
    }

    fn part(&self, one: &ComponentView, currency: Currency) -> Result<PaperPart> {
        let lang = self.lang;
        let attainment = match &one.attainment {
            Some(ratio) => format::percent(ratio.parse()?)?,
            None => MISSING.to_owned(),
        };
        let facts = [
            ("指标", "Measure", figure(one.measure.as_ref())),
            ("目标", "Goal", figure(one.goal.as_ref())),
            ("达成率", "Attainment", attainment),
        ];
        let tables = [
            self.lines(&one.lines),
            self.counted(&one.counted),
            self.left_out(&one.left_out),
        ];
        Ok(PaperPart {
            title: pick_of(lang, &one.name_zh, &one.name_en).to_owned(),
            amount: self.amount_of(one.amount),
            notes: one.notes.iter().map(|note| self.say(note)).collect(),
            facts: facts
                .map(|(zh, en, value)| (pick(lang, zh, en).to_owned(), value))
                .into(),
            steps_title: pick(lang, "计算过程", "Calculation").to_owned(),
            steps: by_fact::steps(one, lang, |step| PaperStep {
                name: step_name(&step.step, lang).to_owned(),
                words: self.say(&step.explain),
                formula: formula::formula(step, lang),
                value: formula::value(step, currency, lang),
            }),
            tables: tables
                .into_iter()
                .filter(|table| !table.rows.is_empty())
                .collect(),
        })
    }

    /// A record's words, with what refunds did to it.
    fn with_refunds(&self, words: String, restated: Option<&RestatedView>) -> String {
        match restated {
            Some(one) => format!("{words} · {}", by_fact::restated(one, self.lang)),
            None => words,
        }
    }

    fn lines(&self, lines: &[StatementLineView]) -> PaperTable {
        let row = |line: &StatementLineView| {
            vec![
                self.say(&line.label),
                format::money_with_symbol(line.amount),
            ]
        };
        PaperTable {
            title: pick(self.lang, "明细行", "Lines").to_owned(),
            columns: vec![wide(""), right("")],
            rows: lines.iter().map(row).collect(),
        }
    }

    fn counted(&self, facts: &[CountedView]) -> PaperTable {
        let lang = self.lang;
        let row = |fact: &CountedView| {
            let mut words = self.with_refunds(by_fact::record(fact), fact.restated.as_ref());
            // Statements of earlier engines did not keep which refunds.
            if fact.refunded && fact.restated.is_none() {
                let refunded = pick(lang, "有退款", "refunded in part");
                words = format!("{words} · {refunded}");
            }
            vec![
                fact.on.to_string(),
                words,
                fact.product.clone().unwrap_or_else(|| MISSING.to_owned()),
                format::money_with_symbol(fact.amount),
                figure(Some(&fact.credited)),
            ]
        };
        PaperTable {
            title: match lang {
                Lang::ZhCn => format!("计入的记录（{}）", facts.len()),
                Lang::En => format!("Records that count ({})", facts.len()),
            },
            columns: vec![
                left(pick(lang, "日期", "Date")),
                wide(pick(lang, "记录", "Record")),
                left(pick(lang, "产品", "Product")),
                right(pick(lang, "金额", "Amount")),
                right(pick(lang, "计入", "Counts")),
            ],
            rows: facts.iter().map(row).collect(),
        }
    }

    fn left_out(&self, facts: &[LeftOutView]) -> PaperTable {
        let lang = self.lang;
        let row = |fact: &LeftOutView| {
            vec![
                fact.on.to_string(),
                self.with_refunds(fact.label.clone(), fact.restated.as_ref()),
                format::money_with_symbol(fact.amount),
                self.say(&fact.reason),
            ]
        };
        PaperTable {
            title: match lang {
                Lang::ZhCn => format!("未计入的记录（{}）", facts.len()),
                Lang::En => format!("Records that do not count ({})", facts.len()),
            },
            columns: vec![
                left(pick(lang, "日期", "Date")),
                wide(pick(lang, "记录", "Record")),
                right(pick(lang, "金额", "Amount")),
                wide(pick(lang, "原因", "Reason")),
            ],
            rows: facts.iter().map(row).collect(),
        }
    }

    /// Components, the plan's cap or floor and the adjustments, which sum to the payout.
    fn sum(&self, view: &StatementView) -> PaperTable {
        let lang = self.lang;
        let mut rows = Vec::new();
        for one in &view.components {
            let name = pick_of(lang, &one.name_zh, &one.name_en).to_owned();
            rows.push(vec![name, self.amount_of(one.amount)]);
        }
        if let Some(limit) = &view.limit {
            rows.push(vec![
                self.say(&limit.label),
                format::money_with_symbol(limit.amount),
            ]);
        }
        rows.extend(view.adjustments.iter().map(|one| self.adjustment(one)));
        PaperTable {
            title: pick(lang, "合计", "Sum").to_owned(),
            columns: vec![wide(""), right("")],
            rows,
        }
    }

    fn adjustment(&self, one: &AdjustmentView) -> Vec<String> {
        let reason = &one.reason;
        // Of a difference the signed paper says where it comes from, as the window does.
        let changed: Vec<String> = one.causes.iter().map(|cause| self.say(cause)).collect();
        let separator = pick(self.lang, "；", "; ");
        let cause = match (&one.cause, changed.is_empty()) {
            (Some(cause), _) => Some(self.cause(cause)),
            (None, false) => Some(changed.join(separator)),
            (None, true) => None,
        };
        let mut label = match (self.lang, cause) {
            (Lang::ZhCn, None) => format!("调整：{reason}"),
            (Lang::ZhCn, Some(cause)) => format!("调整：{reason}（{cause}）"),
            (Lang::En, None) => format!("Adjustment: {reason}"),
            (Lang::En, Some(cause)) => format!("Adjustment: {reason} ({cause})"),
        };
        if one.paid {
            return vec![label, format::money_with_symbol(one.amount)];
        }
        let (amount, lang) = (format::money_with_symbol(one.amount), self.lang);
        let unpaid = match lang {
            Lang::ZhCn => format!("。{amount} 未经第二人批准，不发放"),
            Lang::En => format!(". {amount}: not approved by a second person, not paid"),
        };
        label.push_str(&unpaid);
        vec![label, MISSING.to_owned()]
    }

    /// What made an adjustment necessary: messages where a recalculation wrote them, else the words themselves.
    fn cause(&self, cause: &str) -> String {
        if let Ok(all) = serde_json::from_str::<Vec<Message>>(cause) {
            let said: Vec<String> = all.iter().map(|one| self.say(one)).collect();
            return said.join(pick(self.lang, "；", "; "));
        }
        match serde_json::from_str::<Message>(cause) {
            Ok(one) => self.say(&one),
            Err(_) => cause.to_owned(),
        }
    }

    /// That and when its person confirmed it; none: the lines below are for signing.
    fn confirmation(&self, standing: &StatementConfirmationRow) -> Option<String> {
        let at = self.moment(standing.confirmed_at?);
        let by = standing.confirmed_by.clone().unwrap_or_default();
        let text = match (standing.state, standing.on_paper, self.lang) {
            (ConfirmationState::Open, ..) => return None,
            (ConfirmationState::Changed, _, Lang::ZhCn) => {
                format!("本人曾于 {at} 确认此前的奖金单；内容此后已变更，请重新确认。")
            }
            (ConfirmationState::Changed, _, Lang::En) => format!(
                "An earlier statement was confirmed on {at}; it was changed since and is to be confirmed again."
            ),
            (ConfirmationState::Confirmed, false, Lang::ZhCn) => {
                format!("本人已于 {at} 以账户“{by}”确认本奖金单。")
            }
            (ConfirmationState::Confirmed, false, Lang::En) => {
                format!("Confirmed by its person on {at} with the account \"{by}\".")
            }
            (ConfirmationState::Confirmed, true, Lang::ZhCn) => {
                format!("本人已书面签字；由“{by}”于 {at} 登记。")
            }
            (ConfirmationState::Confirmed, true, Lang::En) => {
                format!("Signed on paper by its person; recorded by \"{by}\" on {at}.")
            }
        };
        Some(text)
    }

    fn proof(&self, view: &StatementView, hash: &str) -> Vec<(String, String)> {
        let lang = self.lang;
        [
            (
                "奖金单的 SHA-256",
                "SHA-256 of the statement",
                hash.to_owned(),
            ),
            (
                "输入数据的 SHA-256",
                "SHA-256 of the input",
                view.inputs_hash.clone(),
            ),
            ("计算引擎", "Engine", view.engine_version.clone()),
            ("审计日志", "Audit log", self.mark.clone()),
            ("制作日期", "Made on", self.on.to_string()),
        ]
        .map(|(zh, en, value)| (pick(lang, zh, en).to_owned(), value))
        .into()
    }

    fn say(&self, message: &Message) -> String {
        self.host.say_in(message, self.lang)
    }

    fn moment(&self, at: DateTime<Utc>) -> String {
        self.clock.local(at).format("%Y-%m-%d %H:%M").to_string()
    }

    /// None: blocked.
    fn amount_of(&self, amount: Option<Money>) -> String {
        let blocked = || pick(self.lang, "未能核算", "Blocked").to_owned();
        amount.map_or_else(blocked, format::money_with_symbol)
    }

    fn blocked_or(&self, blocked: bool, amount: Money) -> String {
        let amount = format::money_with_symbol(amount);
        match (blocked, self.lang) {
            (false, _) => amount,
            (true, Lang::ZhCn) => format!("{amount}（未能全部核算）"),
            (true, Lang::En) => format!("{amount} (blocked in part)"),
        }
    }
}

/// What is said of the statement as a whole: the notes of its components stand with them.
fn own_notes(view: &StatementView) -> impl Iterator<Item = &Message> {
    let said = |note: &Message| view.components.iter().any(|one| one.notes.contains(note));
    view.summary.notes.iter().filter(move |note| !said(note))
}

/// Money with its currency, or a number; a fraction as it is.
fn figure(figure: Option<&FigureView>) -> String {
    match figure {
        Some(FigureView {
            number: Some(number),
            ..
        }) => formula::decimal_or_text(number),
        Some(FigureView {
            money: Some(money), ..
        }) => format::money_with_symbol(*money),
        _ => MISSING.to_owned(),
    }
}

fn pick_of<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::ZhCn => zh,
        Lang::En => en,
    }
}

fn left(head: &str) -> PaperColumn {
    column(head, Align::Left, false)
}

fn wide(head: &str) -> PaperColumn {
    column(head, Align::Left, true)
}

fn right(head: &str) -> PaperColumn {
    column(head, Align::Right, false)
}

fn column(head: &str, align: Align, is_wide: bool) -> PaperColumn {
    PaperColumn {
        head: head.to_owned(),
        align,
        is_wide,
    }
}

/// As the window calls the kinds of steps.
fn step_name(code: &str, lang: Lang) -> &str {
    let (zh, en) = match code {
        "credit" => ("计入", "Credit"),
        "measure" => ("指标", "Measure"),
        "attainment" => ("达成率", "Attainment"),
        "tier" => ("档位", "Tier"),
        "rate" => ("计发", "Rate"),
        "gate" => ("门槛", "Gate"),
        "modifier" => ("系数", "Factor"),
        "limit" => ("上下限", "Limit"),
        "proration" => ("折算", "Days"),
        "rounding" => ("舍入", "Rounding"),
        "pool" => ("奖金池", "Pool"),
        "payout" => ("奖金", "Payout"),
        other => return other,
    };
    pick_of(lang, zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of paper and window are the same: this reads the window's.
    #[test]
    fn steps_are_called_as_in_the_window() {
        let window = [
            (
                Lang::ZhCn,
                include_str!("../../../../../../ui/src/i18n/zh-CN/bonus.ts"),
            ),
            (
                Lang::En,
                include_str!("../../../../../../ui/src/i18n/en/bonus.ts"),
            ),
        ];
        for (lang, words) in window {
            for code in [
                "credit",
                "measure",
                "attainment",
                "tier",
                "rate",
                "gate",
                "modifier",
                "limit",
                "proration",
                "rounding",
                "pool",
                "payout",
            ] {
                let line = format!("    {code}: \"{}\",", step_name(code, lang));
                assert!(words.contains(&line), "{line}");
            }
        }
    }
}
