//! What is seen, in words: metric, form, split.

use yeji_report::chart::Lang;

use super::look::Look;
use crate::api::boards::Form;
use crate::api::kpi::{Grain, MetricBy};
use crate::words::pick;

/// A split in words.
pub(super) fn split(by: MetricBy, lang: Lang) -> &'static str {
    match by {
        MetricBy::Person => pick(lang, "人员", "person"),
        MetricBy::Team => pick(lang, "团队", "team"),
        MetricBy::Region => pick(lang, "地区", "region"),
        MetricBy::Segment => pick(lang, "客户分类", "segment"),
        MetricBy::CustomerType => pick(lang, "客户类型", "customer type"),
        MetricBy::Product => pick(lang, "产品", "product"),
        MetricBy::Source => pick(lang, "来源", "source"),
    }
}

/// Periods in words.
pub(super) fn grain(grain: Grain, lang: Lang) -> &'static str {
    match grain {
        Grain::Week => pick(lang, "周", "week"),
        Grain::Month => pick(lang, "月", "month"),
        Grain::Quarter => pick(lang, "季度", "quarter"),
        Grain::Year => pick(lang, "年", "year"),
    }
}

impl Look<'_> {
    /// The title of the form with what the question is split by.
    pub fn title(&self) -> String {
        self.title_by(self.ask.grain)
    }

    /// The same by other periods than the question says.
    pub fn title_by(&self, periods: Option<Grain>) -> String {
        let (name, lang) = (self.name(), self.lang);
        let by = self.ask.by.map(|by| split(by, lang));
        let grain = periods.map(|one| grain(one, lang));
        let parts: Vec<&str> = by.into_iter().chain(grain).collect();
        match (self.ask.form, lang) {
            (Form::Funnel, lang) => pick(
                lang,
                "新开商机到达的阶段",
                "Deals opened, by the stages reached",
            )
            .to_owned(),
            (Form::Distribution, lang) => {
                pick(lang, "赢单商机的金额分布", "Won deals by size").to_owned()
            }
            (Form::Cohort, Lang::ZhCn) => format!("{name}，按开始月份和经过的月数"),
            (Form::Cohort, Lang::En) => format!("{name} by month of opening and months since"),
            (Form::Shares, Lang::ZhCn) => format!("{name}占比，按{}", parts.join("和")),
            (Form::Shares, Lang::En) => format!("{name}: shares by {}", parts.join(" and ")),
            (Form::Pareto, Lang::ZhCn) => format!("{name}及累计占比，按{}", parts.join("和")),
            (Form::Pareto, Lang::En) => {
                format!("{name} and cumulative share by {}", parts.join(" and "))
            }
            (Form::Waterfall, Lang::ZhCn) => format!("{name}的变化，按{}", parts.join("和")),
            (Form::Waterfall, Lang::En) => format!("Change of {name} by {}", parts.join(" and ")),
            (_, _) if parts.is_empty() => name.to_owned(),
            (_, Lang::ZhCn) => format!("{name}，按{}", parts.join("和")),
            (_, Lang::En) => format!("{name} by {}", parts.join(" and ")),
        }
    }

    /// The title of a heat map: parts by periods, whatever the question leaves open.
    pub fn title_of_map(&self, by: MetricBy, periods: Grain) -> String {
        let (name, lang) = (self.name(), self.lang);
        let (by, periods) = (split(by, lang), grain(periods, lang));
        match lang {
            Lang::ZhCn => format!("{name}，按{by}和{periods}"),
            Lang::En => format!("{name} by {by} and {periods}"),
        }
    }
}
