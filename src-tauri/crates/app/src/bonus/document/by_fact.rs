//! Steps of what is paid fact by fact, each below a row that names its fact; and what refunds did to an amount.

use std::collections::{HashMap, HashSet};

use yeji_report::PaperStep;
use yeji_report::chart::Lang;
use yeji_report::format::{self, MISSING};

use crate::api::bonus::{ComponentView, CountedView, RestatedView, StatementLineView, TraceStep};
use crate::words::pick;

/// The steps in order; those of a fact stand together.
pub(super) fn steps(
    component: &ComponentView,
    lang: Lang,
    told: impl Fn(&TraceStep) -> PaperStep,
) -> Vec<PaperStep> {
    let counted = &component.counted;
    let known: HashSet<&str> = counted.iter().map(|fact| fact.fact.as_str()).collect();
    let mut of_facts: HashMap<&str, Vec<PaperStep>> = HashMap::new();
    let (mut steps, mut after) = (Vec::new(), Vec::new());
    for step in &component.steps {
        match step.fact.as_deref().filter(|fact| known.contains(fact)) {
            Some(fact) => of_facts.entry(fact).or_default().push(told(step)),
            None if of_facts.is_empty() => steps.push(told(step)),
            None => after.push(told(step)),
        }
    }
    for fact in counted {
        if let Some(own) = of_facts.remove(fact.fact.as_str()) {
            steps.push(heading(fact, &component.lines, lang));
            steps.extend(own);
        }
    }
    steps.append(&mut after);
    steps
}

/// Which fact the steps below are about, and what it pays.
fn heading(fact: &CountedView, lines: &[StatementLineView], lang: Lang) -> PaperStep {
    let mut own = lines.iter();
    let paid = own.find(|line| line.fact.as_deref() == Some(fact.fact.as_str()));
    let (name, amount) = (record(fact), format::money_with_symbol(fact.amount));
    PaperStep {
        name: fact.on.to_string(),
        words: format!("{name} · {amount}"),
        formula: match &fact.restated {
            Some(one) => restated(one, lang),
            None => String::new(),
        },
        value: match paid {
            Some(line) => format::money_with_symbol(line.amount),
            None => MISSING.to_owned(),
        },
    }
}

/// What people call a record, with its customer.
pub(super) fn record(fact: &CountedView) -> String {
    match &fact.customer {
        Some(customer) => format!("{customer} · {}", fact.label),
        None => fact.label.clone(),
    }
}

/// The amount before refunds and each refund, which sum to the amount beside.
pub(super) fn restated(restated: &RestatedView, lang: Lang) -> String {
    let gross = format::money_with_symbol(restated.gross);
    let mut parts = vec![match lang {
        Lang::ZhCn => format!("退款前 {gross}"),
        Lang::En => format!("{gross} before refunds"),
    }];
    for refund in &restated.refunds {
        let (on, label) = (refund.on, &refund.label);
        let amount = format::money_with_symbol(refund.amount);
        parts.push(match lang {
            Lang::ZhCn => format!("{on} 退款 {amount}（{label}）"),
            Lang::En => format!("refund of {on} {amount} ({label})"),
        });
    }
    parts.join(pick(lang, "，", ", "))
}

#[cfg(test)]
mod tests {
    use yeji_core::{Currency, Money};

    use super::*;
    use crate::api::Message;
    use crate::api::bonus::{FigureView, RefundView};

    fn money(minor: i64) -> Money {
        Money::new(minor, Currency::CNY)
    }

    fn step(kind: &str, fact: Option<&str>) -> TraceStep {
        TraceStep {
            step: kind.to_owned(),
            fact: fact.map(str::to_owned),
            explain: Message {
                code: kind.to_owned(),
                params: std::collections::BTreeMap::new(),
            },
            formula: String::new(),
            value: String::new(),
        }
    }

    fn fact(id: &str, customer: Option<&str>) -> CountedView {
        CountedView {
            fact: id.to_owned(),
            deal: None,
            label: format!("no {id}"),
            on: "2026-02-01".parse().unwrap(),
            customer: customer.map(str::to_owned),
            product: None,
            amount: money(50_000),
            credited: FigureView {
                money: Some(money(50_000)),
                number: None,
            },
            refunded: false,
            restated: None,
        }
    }

    fn component(steps: Vec<TraceStep>) -> ComponentView {
        let line = StatementLineView {
            label: Message::new("line_fact", &[]),
            fact: Some("a".to_owned()),
            amount: money(500),
        };
        ComponentView {
            code: "c".to_owned(),
            name_zh: String::new(),
            name_en: String::new(),
            amount: None,
            measure: None,
            goal: None,
            attainment: None,
            lines: vec![line],
            steps,
            counted: vec![fact("a", Some("Acme")), fact("b", None)],
            left_out: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn steps_of_a_fact_stand_below_its_name() {
        let steps_of = vec![
            step("credit", None),
            step("rate", Some("a")),
            step("rate", Some("b")),
            step("rounding", Some("a")),
            step("rounding", Some("b")),
            step("rate", Some("of nobody")),
            step("payout", None),
        ];
        let told = |step: &TraceStep| PaperStep {
            name: step.step.clone(),
            words: String::new(),
            formula: String::new(),
            value: String::new(),
        };
        let rows = steps(&component(steps_of), Lang::En, told);
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let day = "2026-02-01";
        let all = [
            "credit", day, "rate", "rounding", day, "rate", "rounding", "rate", "payout",
        ];
        assert_eq!(names, all);
        assert_eq!(rows[1].words, "Acme · no a · ¥500.00");
        assert_eq!((&*rows[1].value, &*rows[4].value), ("¥5.00", MISSING));
        assert_eq!(rows[4].words, "no b · ¥500.00");
    }

    #[test]
    fn an_amount_says_what_each_refund_took() {
        let one = RestatedView {
            gross: money(60_000),
            refunds: vec![RefundView {
                label: "no r".to_owned(),
                on: "2026-03-01".parse().unwrap(),
                amount: money(-10_000),
            }],
        };
        assert_eq!(
            restated(&one, Lang::En),
            "¥600.00 before refunds, refund of 2026-03-01 −¥100.00 (no r)"
        );
        assert_eq!(
            restated(&one, Lang::ZhCn),
            "退款前 ¥600.00，2026-03-01 退款 −¥100.00（no r）"
        );
    }
}
