//! How a metric of a whole follows from its parts: by adding, or as a ratio that is weighed by what it is
//! divided by.

use std::collections::BTreeSet;

use super::{Library, Metric};
use crate::kpi::{Expression, Measure, Operator, Origin};

impl Library {
    /// Whether a metric is a sum of sums: then what its parts are to reach adds up to what the whole is.
    pub fn is_sum(&self, metric: &Metric) -> bool {
        self.adds(&metric.expression)
    }

    /// Whether a sum is also one along time: what stands at the end of a period, or came together up to it, is
    /// not that of its months together, nor are customers that are counted once.
    pub fn adds_along_time(&self, metric: &Metric) -> bool {
        let along_time = |measure: &Measure| {
            !matches!(
                measure.origin(),
                Origin::Stock | Origin::Customers | Origin::CustomersToDate | Origin::People
            ) || matches!(measure, Measure::NewCustomers | Measure::LostCustomers)
        };
        self.is_sum(metric) && metric.measures.iter().all(along_time)
    }

    /// What a ratio is divided by, as a metric of its own: what its parts weigh in it. None for sums, and for
    /// formulas that are no ratio as a whole.
    pub fn denominator(&self, metric: &Metric) -> Option<Metric> {
        let expression = self.divisor(&metric.expression)?.clone();
        let mut measures = BTreeSet::new();
        let mut height = 0;
        for name in expression.names() {
            if let Some(measure) = Measure::of(name) {
                measures.insert(measure);
            } else if let Some(part) = self.metric(name) {
                measures.extend(&part.measures);
                height = height.max(part.height + 1);
            }
        }
        Some(Metric {
            definition: metric.definition.clone(),
            built_in: metric.built_in,
            expression,
            measures,
            height,
        })
    }

    fn adds(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Name(name) => match Measure::of(name) {
                Some(measure) => measure.origin() != Origin::People,
                None => self.metric(name).is_some_and(|metric| self.is_sum(metric)),
            },
            Expression::Minus(of) => self.adds(of),
            Expression::Both(Operator::Add | Operator::Subtract, left, right) => {
                self.adds(left) && self.adds(right)
            }
            Expression::Both(Operator::Multiply, left, right) => match (&**left, &**right) {
                (Expression::Number(_), of) | (of, Expression::Number(_)) => self.adds(of),
                _ => false,
            },
            Expression::Both(Operator::Divide, of, by) => {
                matches!(**by, Expression::Number(_)) && self.adds(of)
            }
            Expression::Number(_) => false,
        }
    }

    /// The divisor of a ratio; constant factors around it change nothing of what its parts weigh.
    fn divisor<'a>(&'a self, expression: &'a Expression) -> Option<&'a Expression> {
        match expression {
            Expression::Name(name) if Measure::of(name).is_none() => {
                self.divisor(&self.metric(name)?.expression)
            }
            Expression::Minus(of) => self.divisor(of),
            Expression::Both(Operator::Multiply, left, right) => match (&**left, &**right) {
                (Expression::Number(_), of) | (of, Expression::Number(_)) => self.divisor(of),
                _ => None,
            },
            Expression::Both(Operator::Divide, of, by) => match &**by {
                Expression::Number(_) => self.divisor(of),
                by => Some(by),
            },
            _ => None,
        }
    }
}
