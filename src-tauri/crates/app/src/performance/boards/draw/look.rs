//! A question with all that answers it: the metric, whose figures, which days, and words for parts.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::calendar::Period;
use yeji_core::ids::ProductId;
use yeji_core::org::Organisation;
use yeji_core::{Ratio, Rounding};
use yeji_insight::kpi::Unit;
use yeji_report::chart::{Category, Chart, ChartKind, Lang, Role, Series, Value, ValueUnit};
use yeji_store::{MeasureKey, MeasureSplit};

use super::nothing;
use crate::api::boards::{DrawWidget, Drawn, ViewQuestion};
use crate::api::kpi::{MetricBy, MetricDrill, PartFilter};
use crate::api::performance::Days;
use crate::api::{Message, Scope};
use crate::context::App;
use crate::error::Result;
use crate::performance::boards::check::{Misfit, is_forecast, misfit};
use crate::performance::metrics::{
    MetricScope, Question, Values, key_text, message, metric_info, split_of,
};
use crate::words;

/// See the module.
pub(super) struct Look<'a> {
    pub app: &'a App,
    pub ask: &'a ViewQuestion,
    pub question: Question,
    pub lang: Lang,
    pub scope: &'a Scope,
    unit_name: String,
    products: BTreeMap<ProductId, String>,
    /// Names that several people have.
    shared_names: BTreeSet<String>,
}

/// A part with its value.
pub(super) struct Part {
    pub key: MeasureKey,
    pub label: String,
    pub value: Ratio,
}

impl<'a> Look<'a> {
    pub async fn new(app: &'a App, ask: &'a ViewQuestion, args: &'a DrawWidget) -> Result<Self> {
        let days = Days::from(args.scope.period);
        let mut question = app
            .metric_question(&ask.metric, ask.by, days, args.scope.unit)
            .await?;
        question.lang = args.language;
        question.only.part = app.part_of(ask.filter.as_ref())?;
        // Products are called by their names, also the one that is looked at.
        let names_of = match &question.only.part {
            Some((MeasureSplit::Product, _)) => MeasureSplit::Product,
            _ => split_of(ask.by),
        };
        Ok(Self {
            app,
            ask,
            lang: args.language,
            scope: &args.scope,
            unit_name: app.scope_name(&question, args.scope.unit),
            products: app.product_names(names_of).await?,
            shared_names: shared_names(&question.organisation),
            question,
        })
    }

    /// Why the form cannot show the question.
    pub fn misfit(&self) -> Option<Misfit> {
        misfit(self.ask, &self.question.metric, &self.question.library)
    }

    pub fn period(&self) -> Period {
        self.scope.period
    }

    pub fn days(&self) -> Days {
        self.scope.period.into()
    }

    /// The metric's name.
    pub fn name(&self) -> &str {
        let name = &self.question.metric.definition.name;
        match self.lang {
            Lang::ZhCn => &name.zh,
            Lang::En => &name.en,
        }
    }

    /// A widget of this metric, without content yet.
    pub fn drawn(&self, title: String) -> Drawn {
        Drawn {
            explain: Some(metric_info(&self.question.metric, &self.question.library)),
            ..nothing(title)
        }
    }

    /// A chart, with where and when under its title.
    pub fn chart(
        &self,
        kind: ChartKind,
        title: &str,
        categories: Vec<Category>,
        series: Vec<Series>,
    ) -> Chart {
        Chart {
            id: self.ask.form.code().to_owned(),
            kind,
            title: title.to_owned(),
            subtitle: Some(self.subtitle()),
            unit: self.unit(),
            categories,
            series,
            under_way: None,
            note: None,
        }
    }

    pub fn unit(&self) -> ValueUnit {
        match self.question.metric.definition.unit {
            Unit::Money => ValueUnit::money(self.question.currency),
            Unit::Ratio => ValueUnit::Percent,
            Unit::Count | Unit::Number | Unit::Days | Unit::Score => ValueUnit::Count,
        }
    }

    /// One actual series: the metric.
    pub fn series(&self, values: Vec<Option<Value>>) -> Series {
        Series {
            key: self.ask.metric.clone(),
            label: self.name().to_owned(),
            role: Role::Actual,
            values,
        }
    }

    /// A value as it travels: amounts in as many digits as the currency has, other numbers that are no whole
    /// ones in the metric's digits, shares exact.
    pub fn shown(&self, value: Ratio) -> Result<Value> {
        let definition = &self.question.metric.definition;
        let digits = match definition.unit {
            Unit::Ratio => return Ok(Value::ratio(value)),
            Unit::Money => self.question.currency.decimals(),
            _ => match value.to_integer() {
                Some(whole) => return Ok(Value::count(whole)),
                None => u32::from(definition.decimals),
            },
        };
        Ok(Value::parse(&value.to_decimal(digits, Rounding::HalfUp)?)?)
    }

    /// Values by the question's split, or of the whole.
    pub async fn values(&self, split: MeasureSplit, periods: &[Days]) -> Result<Values> {
        self.app
            .values_of(&self.question, split, periods.iter().copied())
            .await
    }

    /// Values of some parts only.
    pub async fn values_among(
        &self,
        split: MeasureSplit,
        among: BTreeSet<MeasureKey>,
        periods: &[Days],
    ) -> Result<Values> {
        let scope = MetricScope {
            among: Some(among),
            ..self.question.scope(split, periods)
        };
        let measures = self.question.metric.measures();
        self.app.measure_values(measures, &scope).await
    }

    pub fn split(&self) -> MeasureSplit {
        split_of(self.ask.by)
    }

    /// The parts that have a value in the period, largest first; two of one value by name.
    pub async fn parts(&self) -> Result<Vec<Part>> {
        let (parts, _) = self.first_parts(self.split(), usize::MAX).await?;
        Ok(parts)
    }

    /// The first of them, and how many are left out. Of two thousand people a board shows ten or thirty: only those
    /// get names.
    pub async fn first_parts(
        &self,
        split: MeasureSplit,
        most: usize,
    ) -> Result<(Vec<Part>, usize)> {
        let values = self.values(split, &[self.days()]).await?;
        let mut all: Vec<(Ratio, MeasureKey)> = Vec::new();
        for key in values.parts() {
            if let Ok(value) = self.question.value(&values, &key, 0) {
                all.push((value, key));
            }
        }
        all.sort_by_key(|(value, _)| std::cmp::Reverse(*value));
        let count = all.len();
        // Those of one value with the last that is shown compete by name.
        if let Some((last, _)) = most.checked_sub(1).and_then(|at| all.get(at)) {
            let last = *last;
            all.truncate(all.partition_point(|(value, _)| *value >= last));
        }
        let named = all.into_iter().map(|(value, key)| Part {
            label: self.label(&key),
            key,
            value,
        });
        let mut parts: Vec<Part> = named.collect();
        parts.sort_by(|a, b| {
            let by_value = b.value.cmp(&a.value);
            by_value.then_with(|| (&a.label, &a.key).cmp(&(&b.label, &b.key)))
        });
        parts.truncate(most);
        let left_out = count - parts.len();
        Ok((parts, left_out))
    }

    /// The metric of the whole in some days.
    pub async fn whole(&self, days: Days) -> Result<std::result::Result<Ratio, Message>> {
        let values = self.values(MeasureSplit::None, &[days]).await?;
        let value = self.question.value(&values, &MeasureKey::All, 0);
        Ok(value.map_err(|why| message(&why)))
    }

    /// Why nothing is there to be shown: what the metric lacks, or that nothing happened.
    pub async fn why_nothing(&self) -> Result<Message> {
        let nothing = |_| Message::new("drawn_nothing", &[]);
        Ok(self
            .whole(self.days())
            .await?
            .map_or_else(|why| why, nothing))
    }

    /// A part in words; people who share a name with their numbers.
    pub fn label(&self, key: &MeasureKey) -> String {
        if let MeasureKey::Product(id) = key {
            let name = id.and_then(|id| self.products.get(&id).cloned());
            return name.unwrap_or_else(|| words::pick(self.lang, "未知", "Unknown").to_owned());
        }
        let (label, number) = App::label_in(&self.question, key, self.lang);
        match (key, number) {
            (MeasureKey::Person(_), Some(number)) if self.shared_names.contains(&label) => {
                format!("{label} {number}")
            }
            _ => label,
        }
    }

    /// What opens the records of a part.
    pub fn drill(&self, by: Option<MetricBy>, key: &MeasureKey, days: Days) -> MetricDrill {
        MetricDrill {
            by,
            key: key_text(key),
            ..self.drill_of_whole(days)
        }
    }

    /// What opens the records of several parts as one.
    pub fn drill_of_rest(&self, keys: &[MeasureKey], days: Days) -> MetricDrill {
        MetricDrill {
            by: self.ask.by,
            keys: keys.iter().map(key_text).collect(),
            ..self.drill_of_whole(days)
        }
    }

    pub fn drill_of_whole(&self, days: Days) -> MetricDrill {
        MetricDrill {
            metric: self.ask.metric.clone(),
            by: None,
            key: String::new(),
            days,
            unit: self.scope.unit,
            keys: Vec::new(),
            filter: self.ask.filter.clone(),
            closed_before: None,
            sizes: None,
        }
    }

    /// Where and when: the quieter line under every title.
    pub fn subtitle(&self) -> String {
        let period = words::period(self.period(), self.lang);
        format!("{} · {period}", self.whose())
    }

    /// Whose figures these are: of a unit, a person, and of which part of another split.
    pub fn whose(&self) -> String {
        match &self.ask.filter {
            Some(filter) => format!("{} · {}", self.unit_name, self.filter_name(filter)),
            None => self.unit_name.clone(),
        }
    }

    /// Whether the metric's trend goes on as a forecast.
    pub fn is_forecast(&self) -> bool {
        is_forecast(self.question.metric.definition.unit)
    }

    /// The part that is looked at.
    fn filter_name(&self, filter: &PartFilter) -> String {
        match &self.question.only.part {
            Some((_, key)) => self.label(key),
            None => filter.key.clone(),
        }
    }
}

fn shared_names(organisation: &Organisation) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let names = organisation.people().map(|person| person.name.as_str());
    let again = names.filter(|name| !seen.insert(*name));
    again.map(str::to_owned).collect()
}
