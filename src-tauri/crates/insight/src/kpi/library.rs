//! The metrics of a company: the built-in ones and its own, with their formulas read and put in order.

mod parts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use yeji_core::Ratio;

use super::{Definition, EventDate, Expression, KpiError, Measure, NoValue, parse, units};

/// Own metrics that a company may have.
const MAX_OWN: usize = 200;
/// Metrics that a metric may stand on, one above the other.
const MAX_CHAIN: usize = 8;

/// A metric that can be calculated.
#[derive(Debug, Clone)]
pub struct Metric {
    /// What it is.
    pub definition: Definition,
    /// Whether it comes with the program.
    pub built_in: bool,
    expression: Expression,
    measures: BTreeSet<Measure>,
    /// Metrics that it stands on, one above the other.
    height: usize,
}

/// Metrics by code, and in an order in which each stands after those that it needs.
#[derive(Debug, Clone, Default)]
pub struct Library {
    metrics: Vec<Metric>,
    places: BTreeMap<String, usize>,
}

/// The file of the built-in metrics.
#[derive(Deserialize)]
struct Document {
    metric: Vec<Definition>,
}

static BUILT_IN: LazyLock<Library> = LazyLock::new(|| {
    let document: Document = toml::from_str(include_str!("built_in.toml"))
        .expect("a test reads the same committed file");
    let mut library = Library::default();
    let broken = library.add_all(document.metric, true);
    assert!(broken.is_empty(), "a test reads the same file: {broken:?}");
    library
});

impl Metric {
    /// The measures that its formula needs, with those of the metrics in it.
    pub fn measures(&self) -> &BTreeSet<Measure> {
        &self.measures
    }

    /// The only day by which its facts count; none where they count by several, or are no facts.
    pub fn event_date(&self) -> Option<EventDate> {
        let days = || {
            self.measures
                .iter()
                .filter_map(|one| one.origin().counts_by())
        };
        let first = days().next()?;
        days().all(|day| day == first).then_some(first)
    }

    /// Its formula as a tree.
    pub fn expression(&self) -> &Expression {
        &self.expression
    }
}

impl Library {
    /// The metrics that come with the program.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// The built-in metrics and own ones. Those that cannot be calculated (any more) are not in it; they
    /// are given back with the reason, so that one of them breaks nothing else.
    pub fn with_own(own: Vec<Definition>) -> (Self, BTreeMap<String, KpiError>) {
        let mut library = BUILT_IN.clone();
        let broken = library.add_all(own, false);
        (library, broken)
    }

    /// Checks an own metric that is to be added to others (or to take the place of the one of its code).
    ///
    /// # Errors
    /// What is wrong with it, or with a metric that needs it.
    pub fn check_own(definition: &Definition, others: &[Definition]) -> Result<(), KpiError> {
        definition.check()?;
        let is_other = |one: &&Definition| one.code != definition.code;
        let mut own: Vec<Definition> = others.iter().filter(is_other).cloned().collect();
        let (library_before, before) = Self::with_own(others.to_vec());
        own.push(definition.clone());
        if own.len() > MAX_OWN {
            return Err(KpiError::TooMany { limit: MAX_OWN });
        }
        let (library, mut broken) = Self::with_own(own);
        if let Some(error) = broken.remove(&definition.code) {
            return Err(error);
        }
        // Asked of what is written now: one that was kept before this was asked goes on.
        if let Some(metric) = library.metric(&definition.code) {
            units::check(metric, &library)?;
        }
        // Those that name it are asked again, if they were right before.
        for metric in library.metrics().filter(|one| !one.built_in) {
            let earlier = library_before.metric(&metric.definition.code);
            let was_right = earlier.is_some_and(|one| units::check(one, &library_before).is_ok());
            if was_right {
                units::check(metric, &library)?;
            }
        }
        match broken
            .into_iter()
            .find(|(code, _)| !before.contains_key(code))
        {
            Some((_, error)) => Err(error),
            None => Ok(()),
        }
    }

    /// Checks that no own metric needs the one that is to be removed.
    ///
    /// # Errors
    /// The metric that needs it.
    pub fn check_removal(code: &str, own: &[Definition]) -> Result<(), KpiError> {
        let needs = |one: &&Definition| {
            one.code != code
                && parse(&one.formula).is_ok_and(|formula| formula.names().contains(code))
        };
        match own.iter().find(needs) {
            None => Ok(()),
            Some(by) => Err(KpiError::Needed {
                metric: code.to_owned(),
                by: by.code.clone(),
            }),
        }
    }

    /// All metrics, built-in ones first, as they are listed.
    pub fn metrics(&self) -> impl Iterator<Item = &Metric> {
        self.metrics.iter()
    }

    /// The metric of a code.
    pub fn metric(&self, code: &str) -> Option<&Metric> {
        self.metrics.get(*self.places.get(code)?)
    }

    /// The exact value of a metric from its measures: the one place where a metric is calculated.
    ///
    /// # Errors
    /// Why there is no value.
    pub fn evaluate(
        &self,
        metric: &Metric,
        measure: &dyn Fn(Measure) -> Result<Ratio, NoValue>,
    ) -> Result<Ratio, NoValue> {
        if metric.height == 0 {
            return metric
                .expression
                .evaluate(&|name| value_of(name, measure, &BTreeMap::new()));
        }
        // Each metric stands on metrics before it: every one is calculated once, whatever refers to it.
        let mut known: BTreeMap<&str, Result<Ratio, NoValue>> = BTreeMap::new();
        let mut needed = BTreeSet::new();
        self.gather(metric, &mut needed);
        for place in needed {
            let one = &self.metrics[place];
            let value = one
                .expression
                .evaluate(&|name| value_of(name, measure, &known));
            known.insert(&one.definition.code, value);
        }
        metric
            .expression
            .evaluate(&|name| value_of(name, measure, &known))
    }

    /// Places of the metrics that a metric stands on.
    fn gather(&self, metric: &Metric, places: &mut BTreeSet<usize>) {
        for name in metric.expression.names() {
            if Measure::of(name).is_some() {
                continue;
            }
            if let Some(place) = self.places.get(name)
                && places.insert(*place)
            {
                self.gather(&self.metrics[*place], places);
            }
        }
    }

    /// Adds definitions, each after those that it needs; gives back those that cannot be added.
    fn add_all(
        &mut self,
        definitions: Vec<Definition>,
        built_in: bool,
    ) -> BTreeMap<String, KpiError> {
        let mut broken = BTreeMap::new();
        let mut waiting = Vec::new();
        for definition in definitions {
            match self.read(&definition, built_in) {
                Ok(expression) => waiting.push((definition, expression)),
                Err(error) => {
                    broken.insert(definition.code, error);
                }
            }
        }
        loop {
            let (ready, rest): (Vec<_>, Vec<_>) = waiting
                .into_iter()
                .partition(|(_, expression)| self.knows_all(expression));
            waiting = rest;
            if ready.is_empty() {
                break;
            }
            for (definition, expression) in ready {
                if let Err(error) = self.add(definition.clone(), expression, built_in) {
                    broken.insert(definition.code, error);
                }
            }
        }
        let earlier = broken.clone();
        for (definition, expression) in &waiting {
            let error = self.why_not(&definition.code, expression, &waiting, &earlier);
            broken.insert(definition.code.clone(), error);
        }
        broken
    }

    fn read(&self, definition: &Definition, built_in: bool) -> Result<Expression, KpiError> {
        definition.check()?;
        let code = &definition.code;
        let expression = parse(&definition.formula)?;
        // A built-in metric may have the name of the one measure that it shows.
        let shows = built_in && expression == Expression::Name(code.clone());
        if self.places.contains_key(code) || Measure::of(code).is_some() && !shows {
            let code = code.clone();
            return Err(KpiError::CodeTaken { code });
        }
        Ok(expression)
    }

    fn knows_all(&self, expression: &Expression) -> bool {
        expression
            .names()
            .iter()
            .all(|name| Measure::of(name).is_some() || self.places.contains_key(*name))
    }

    fn add(
        &mut self,
        definition: Definition,
        expression: Expression,
        built_in: bool,
    ) -> Result<(), KpiError> {
        let mut measures = BTreeSet::new();
        let mut height = 0;
        for name in expression.names() {
            if let Some(measure) = Measure::of(name) {
                measures.insert(measure);
            } else if let Some(metric) = self.metric(name) {
                measures.extend(&metric.measures);
                height = height.max(metric.height + 1);
            }
        }
        if height > MAX_CHAIN {
            return Err(KpiError::Chain {
                metric: definition.code,
                limit: MAX_CHAIN,
            });
        }
        if let Some(wanted) = definition.event_date {
            let other = measures.iter().find_map(|measure: &Measure| {
                let has = measure.origin().counts_by()?;
                (has != wanted).then_some((measure.code(), has.code()))
            });
            if let Some((measure, has)) = other {
                return Err(KpiError::EventDate {
                    metric: definition.code,
                    wanted: wanted.code(),
                    measure,
                    has,
                });
            }
        }
        self.places
            .insert(definition.code.clone(), self.metrics.len());
        self.metrics.push(Metric {
            definition,
            built_in,
            expression,
            measures,
            height,
        });
        Ok(())
    }

    /// Why a metric waits in vain: a name that nothing has, or a circle.
    fn why_not(
        &self,
        code: &str,
        expression: &Expression,
        waiting: &[(Definition, Expression)],
        broken: &BTreeMap<String, KpiError>,
    ) -> KpiError {
        let mut path = vec![code.to_owned()];
        let (mut metric, mut expression) = (code, expression);
        loop {
            // The first name that is not known: either nobody has it, or it waits itself.
            let names = expression.names();
            let missing = names
                .iter()
                .find(|name| Measure::of(name).is_none() && !self.places.contains_key(**name));
            let Some(name) = missing.copied() else {
                return KpiError::Circle {
                    circle: path.join(" -> "),
                };
            };
            if let Some(error) = broken
                .get(name)
                .filter(|_| !path.iter().any(|one| one == name))
            {
                return error.clone();
            }
            let Some((next, formula)) = waiting.iter().find(|(one, _)| one.code == name) else {
                return KpiError::UnknownName {
                    metric: metric.to_owned(),
                    name: name.to_owned(),
                    meant: self.like(name).unwrap_or_default(),
                };
            };
            if let Some(start) = path.iter().position(|one| one == name) {
                path.drain(..start);
                path.push(name.to_owned());
                return KpiError::Circle {
                    circle: path.join(" -> "),
                };
            }
            path.push(name.to_owned());
            (metric, expression) = (&next.code, formula);
        }
    }

    /// A known name that is nearly this one.
    fn like(&self, name: &str) -> Option<String> {
        let measures = Measure::ALL.iter().map(|one| one.code());
        let known = measures.chain(self.places.keys().map(String::as_str));
        nearest(name, known).map(str::to_owned)
    }
}

/// The known name that is nearly this one.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|one| (distance(one, name), one))
        .filter(|(far, one)| *far <= 3 && *far < one.len())
        .min()
        .map(|(_, one)| one)
}

fn value_of(
    name: &str,
    measure: &dyn Fn(Measure) -> Result<Ratio, NoValue>,
    known: &BTreeMap<&str, Result<Ratio, NoValue>>,
) -> Result<Ratio, NoValue> {
    match (Measure::of(name), known.get(name)) {
        (Some(one), _) => measure(one),
        (None, Some(value)) => value.clone(),
        // Names of a metric in the library are all known.
        (None, None) => Err(NoValue::TooLarge),
    }
}

/// Characters to change, add or leave out between two names (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(60).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let change = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
