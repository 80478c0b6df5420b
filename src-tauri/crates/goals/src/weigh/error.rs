//! What can be wrong with weights, each with its place and what to do about it.

/// An input of `goal.weigh` that has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeighError {
    /// A person outside every unit.
    #[error("`{name}` ({unit}) stands in no team: name one, or leave the person out of the goal")]
    PersonWithoutTeam {
        /// Id of the person.
        unit: String,
        /// Their name.
        name: String,
    },
    /// A figure below zero where only zero and above make sense: history, pipeline, own weight ...
    #[error(
        "`{name}` ({unit}) has the {figure} {value}, which is below zero: correct it or set it to 0"
    )]
    NegativeFigure {
        /// Id of the unit or person.
        unit: String,
        /// Its name.
        name: String,
        /// Code of the figure.
        figure: &'static str,
        /// Its value.
        value: String,
    },
    /// Nobody has any history, and it is to decide.
    #[error(
        "nobody in `{name}` ({unit}) has any history: weigh equally, by pipeline or by own weights"
    )]
    HistoryAllZero {
        /// Id of the unit.
        unit: String,
        /// Its name.
        name: String,
    },
    /// Shares of the factors that do not total 100 %.
    #[error("the shares of the factors total {sum}, not 1: change them by {missing}")]
    BlendTotal {
        /// What they total.
        sum: String,
        /// What is missing, or negative what is too much.
        missing: String,
    },
    /// A factor that is named twice.
    #[error("the factor {factor} is named twice: add its shares up")]
    FactorTwice {
        /// Code of the factor.
        factor: &'static str,
    },
    /// A share, a cap, a step that is outside its range.
    #[error("{what} is {value}: it must be from {low} to {high}")]
    SettingRange {
        /// Code of the setting.
        what: &'static str,
        /// Its value.
        value: String,
        /// Least value.
        low: String,
        /// Greatest value, `none` for no limit.
        high: String,
    },
    /// Days at work that are negative or more than there are, or a year without a working day.
    #[error(
        "`{name}` ({unit}) is at work on {present} of {all} working days: give days of one calendar"
    )]
    Presence {
        /// Id of the person.
        unit: String,
        /// Their name.
        name: String,
        /// Days at work.
        present: String,
        /// Working days.
        all: u64,
    },
    /// A region or segment for which no potential or weight is given.
    #[error(
        "`{name}` ({unit}) serves {tag}, for which nothing is given: add it or correct the tag"
    )]
    UnknownTag {
        /// Id of the person.
        unit: String,
        /// Their name.
        name: String,
        /// The segment, or region and segment.
        tag: String,
    },
    /// Some siblings with a weight of their own and some without.
    #[error(
        "below `{name}` ({unit}) some units have a weight of their own and some none: give all or none"
    )]
    GivenWeightsMixed {
        /// Id of the unit above.
        unit: String,
        /// Its name.
        name: String,
    },
    /// Caps under which the goal cannot be placed.
    #[error(
        "{left} of the goal of `{name}` ({unit}) cannot be placed: the growth caps of {people} \
         (people in all: {count}) allow {most}; raise the caps to at least {needed} or lower the goal"
    )]
    CapsBind {
        /// Id of the unit.
        unit: String,
        /// Its name.
        name: String,
        /// Minor units that cannot be placed.
        left: i128,
        /// Minor units that the caps allow.
        most: i128,
        /// Who is at their cap, at most ten of them.
        people: String,
        /// How many are.
        count: usize,
        /// The smallest cap for all under which it could be placed, rounded up to four decimals;
        /// `none` if nobody has a history.
        needed: String,
    },
    /// Floors that are more than the goal.
    #[error(
        "the growth floors of {people} (people in all: {count}) need {least}, which is {over} more than the goal of `{name}` \
         ({unit}): lower the floors or raise the goal"
    )]
    FloorsBind {
        /// Id of the unit.
        unit: String,
        /// Its name.
        name: String,
        /// Minor units that the floors need.
        least: i128,
        /// Minor units above the goal.
        over: i128,
        /// Who has a floor, at most ten of them.
        people: String,
        /// How many have.
        count: usize,
    },
    /// A goal below zero.
    #[error("the goal is {minor}: a goal that is weighed must not be below zero")]
    NegativeGoal {
        /// Its minor units.
        minor: i64,
    },
}

impl WeighError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::PersonWithoutTeam { .. } => "person_without_team",
            Self::NegativeFigure { .. } => "negative_figure",
            Self::HistoryAllZero { .. } => "history_all_zero",
            Self::BlendTotal { .. } => "blend_total",
            Self::FactorTwice { .. } => "factor_twice",
            Self::SettingRange { .. } => "setting_range",
            Self::Presence { .. } => "presence",
            Self::UnknownTag { .. } => "unknown_tag",
            Self::GivenWeightsMixed { .. } => "given_weights_mixed",
            Self::CapsBind { .. } => "growth_caps_bind",
            Self::FloorsBind { .. } => "growth_floors_bind",
            Self::NegativeGoal { .. } => "negative_goal",
        }
    }

    pub(crate) fn params(&self) -> Vec<(&'static str, String)> {
        let place =
            |unit: &String, name: &String| vec![("unit", unit.clone()), ("name", name.clone())];
        let mut pairs = match self {
            Self::PersonWithoutTeam { unit, name }
            | Self::NegativeFigure { unit, name, .. }
            | Self::HistoryAllZero { unit, name }
            | Self::Presence { unit, name, .. }
            | Self::UnknownTag { unit, name, .. }
            | Self::GivenWeightsMixed { unit, name }
            | Self::CapsBind { unit, name, .. }
            | Self::FloorsBind { unit, name, .. } => place(unit, name),
            _ => Vec::new(),
        };
        match self {
            Self::NegativeFigure { figure, value, .. } => {
                pairs.push(("figure", (*figure).to_owned()));
                pairs.push(("value", value.clone()));
            }
            Self::BlendTotal { sum, missing } => {
                pairs.push(("sum", sum.clone()));
                pairs.push(("missing", missing.clone()));
            }
            Self::FactorTwice { factor } => pairs.push(("factor", (*factor).to_owned())),
            Self::SettingRange {
                what,
                value,
                low,
                high,
            } => {
                pairs.push(("what", (*what).to_owned()));
                pairs.push(("value", value.clone()));
                pairs.push(("low", low.clone()));
                pairs.push(("high", high.clone()));
            }
            Self::Presence { present, all, .. } => {
                pairs.push(("present", present.clone()));
                pairs.push(("all", all.to_string()));
            }
            Self::UnknownTag { tag, .. } => pairs.push(("tag", tag.clone())),
            Self::CapsBind {
                left,
                most,
                people,
                count,
                needed,
                ..
            } => {
                pairs.push(("left", left.to_string()));
                pairs.push(("most", most.to_string()));
                pairs.push(("people", people.clone()));
                pairs.push(("count", count.to_string()));
                pairs.push(("needed", needed.clone()));
            }
            Self::FloorsBind {
                least,
                over,
                people,
                count,
                ..
            } => {
                pairs.push(("least", least.to_string()));
                pairs.push(("over", over.to_string()));
                pairs.push(("people", people.clone()));
                pairs.push(("count", count.to_string()));
            }
            Self::NegativeGoal { minor } => pairs.push(("minor", minor.to_string())),
            Self::PersonWithoutTeam { .. }
            | Self::HistoryAllZero { .. }
            | Self::GivenWeightsMixed { .. } => {}
        }
        pairs
    }
}
