//! From the period before to this one, by parts.

use std::collections::BTreeSet;

use yeji_core::Ratio;
use yeji_report::OTHER_KEY;
use yeji_report::chart::{Category, ChartKind, Role, Series, Value};
use yeji_store::MeasureKey;

use super::look::Look;
use super::{folded, mark, negative, other};
use crate::api::Message;
use crate::api::boards::{Drawn, Mark};
use crate::api::kpi::Comparison;
use crate::api::performance::Days;
use crate::error::Result;
use crate::performance::boards::check::MAX_PARTS;
use crate::performance::metrics::{before, key_text};
use crate::words::{self, pick};

/// Changes that are shown one by one.
const STEPS: u16 = 8;
/// Category keys of the totals. No part is called so: ids are ids, and names come in trimmed.
const BEFORE: &str = " before";
const NOW: &str = " now";

/// A part's change.
struct Step {
    key: MeasureKey,
    label: String,
    change: Ratio,
}

impl Look<'_> {
    /// The total before, what each part adds or takes, the total now. The rest is what is missing between the
    /// totals, so that it closes whatever was rounded.
    pub async fn waterfall(&self) -> Result<Drawn> {
        let compare = self.ask.compare.unwrap_or(Comparison::LastPeriod);
        let mut drawn = self.drawn(self.title());
        let now = self.days();
        let last = self.app.data_span().await?.last_closed;
        let then = before(now, compare, last);
        let totals = (self.whole(then).await?, self.whole(now).await?);
        let (total_then, total_now) = match totals {
            (Ok(then), Ok(now)) => (then, now),
            (Err(why), _) | (_, Err(why)) => {
                drawn.lack = Some(why);
                return Ok(drawn);
            }
        };
        let mut steps = self.steps(then, now).await?;
        if total_then == Ratio::ZERO && total_now == Ratio::ZERO && steps.is_empty() {
            drawn.lack = Some(Message::new("drawn_nothing", &[]));
            return Ok(drawn);
        }
        let size = |step: &Step| step.change.max(negative(step.change));
        steps.sort_by(|a, b| {
            let by_size = size(b).cmp(&size(a));
            by_size.then_with(|| (&a.label, &a.key).cmp(&(&b.label, &b.key)))
        });
        let limit = usize::from(self.ask.limit.unwrap_or(STEPS).clamp(1, MAX_PARTS));
        let rest = steps.split_off(steps.len().min(limit));
        // What adds before what takes away, each from the largest down.
        steps.sort_by_key(|step| std::cmp::Reverse(step.change));
        let mut walk = Walk::default();
        walk.total(BEFORE, self.label_of(then), self.shown(total_then)?);
        drawn
            .marks
            .insert(BEFORE.to_owned(), mark(self.drill_of_whole(then)));
        // What is seen adds up, also where values are rounded.
        let totals = (self.shown(total_then)?, self.shown(total_now)?);
        let mut missing = totals.1.exact().checked_sub(totals.0.exact())?;
        for step in &steps {
            let change = self.shown(step.change)?;
            missing = missing.checked_sub(change.exact())?;
            let key = key_text(&step.key);
            walk.change(&key, step.label.clone(), change);
            let drill = |days| self.drill(self.ask.by, &step.key, days);
            drawn.marks.insert(key, difference(drill(now), drill(then)));
        }
        if !rest.is_empty() || missing != Ratio::ZERO {
            let label = other(self.lang).to_owned();
            walk.change(OTHER_KEY, label, self.shown(missing)?);
            let keys: Vec<MeasureKey> = rest.iter().map(|step| step.key.clone()).collect();
            let drill = |days| self.drill_of_rest(&keys, days);
            if !keys.is_empty() {
                let opens = difference(drill(now), drill(then));
                drawn.marks.insert(OTHER_KEY.to_owned(), opens);
            }
            drawn.notes.extend(folded(rest.len()));
        }
        walk.total(NOW, self.label_of(now), self.shown(total_now)?);
        drawn
            .marks
            .insert(NOW.to_owned(), mark(self.drill_of_whole(now)));
        let series = vec![
            Series {
                values: walk.totals,
                ..self.series(Vec::new())
            },
            Series {
                key: "change".to_owned(),
                label: pick(self.lang, "变化", "Change").to_owned(),
                role: Role::Change,
                values: walk.changes,
            },
        ];
        let kind = ChartKind::Waterfall;
        drawn.chart = Some(self.chart(kind, &drawn.title, walk.categories, series));
        Ok(drawn)
    }

    /// The parts whose value changed.
    async fn steps(&self, then: Days, now: Days) -> Result<Vec<Step>> {
        let values_then = self.values(self.split(), &[then]).await?;
        let values_now = self.values(self.split(), &[now]).await?;
        let mut keys: BTreeSet<MeasureKey> = values_then.parts();
        keys.extend(values_now.parts());
        let mut steps = Vec::new();
        for key in keys {
            let of = |values| self.question.value(values, &key, 0).unwrap_or(Ratio::ZERO);
            let change = of(&values_now).checked_sub(of(&values_then))?;
            if change != Ratio::ZERO {
                let label = self.label(&key);
                steps.push(Step { key, label, change });
            }
        }
        Ok(steps)
    }

    /// Days in words: the period that they are, or begin.
    fn label_of(&self, days: Days) -> String {
        let kind = self.period().kind();
        match yeji_core::calendar::Period::containing(kind, days.from) {
            Ok(period) if Days::from(period) == days || period == self.period() => {
                words::period(period, self.lang)
            }
            Ok(period) if period.start() == days.from => {
                let name = words::period(period, self.lang);
                let last = days.to.pred_opt().unwrap_or(days.to);
                match self.lang {
                    yeji_report::chart::Lang::ZhCn => format!("{name}（至 {last}）"),
                    yeji_report::chart::Lang::En => format!("{name} (to {last})"),
                }
            }
            _ => {
                let last = days.to.pred_opt().unwrap_or(days.to);
                format!("{} – {last}", days.from)
            }
        }
    }
}

/// The places of a waterfall, from left to right.
#[derive(Default)]
struct Walk {
    categories: Vec<Category>,
    totals: Vec<Option<Value>>,
    changes: Vec<Option<Value>>,
}

impl Walk {
    fn total(&mut self, key: &str, label: String, value: Value) {
        self.place(key, label, Some(value), None);
    }

    fn change(&mut self, key: &str, label: String, value: Value) {
        self.place(key, label, None, Some(value));
    }

    fn place(&mut self, key: &str, label: String, total: Option<Value>, change: Option<Value>) {
        self.categories.push(Category {
            key: key.to_owned(),
            label,
        });
        self.totals.push(total);
        self.changes.push(change);
    }
}

fn difference(now: crate::api::kpi::MetricDrill, then: crate::api::kpi::MetricDrill) -> Mark {
    Mark {
        less: Some(then),
        ..mark(now)
    }
}
