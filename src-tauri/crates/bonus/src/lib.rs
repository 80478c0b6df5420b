//! Bonus plans as data and their exact calculation, with the trace of every number. Pure: no store,
//! no clock.

pub mod calculate;
pub mod causes;
pub mod check;
pub mod condition;
pub mod curve;
mod error;
mod exact;
mod fault;
pub mod hypothetical;
pub mod input;
mod legacy;
pub mod parse;
pub mod percent;
pub mod plan;
pub mod review;
pub mod simulate;
pub mod statement;

pub use calculate::{calculate, calculate_periods};
pub use check::{PlanProblem, Severity, check, require_currency, require_usable};
pub use curve::{CurvePoint, curve};
pub use error::{Error, Result};
pub use hypothetical::{DealOutput, DealQuestion, concerning, deal};
pub use input::{
    AdjustmentInput, AssignmentInput, CalculateInput, DealInput, Detail, FactInput, GoalInput,
    KpiInput, MemberInput, ObjectiveInput, PersonInput, ReportInput, ShareInput, Span,
    TargetBonusInput, TeamInput,
};
pub use legacy::read_statement;
pub use parse::{parse_plan, read_plan, to_toml};
pub use plan::{
    ATTAINMENT_BANDS, AppliesTo, Bound, By, Component, Edge, Event, Measure, Pay, Plan, PlanName,
    Rate, RoundingRule, TEMPLATES, Tier, attainment_bands,
};
pub use simulate::{Simulated, WhatIfInput, WhatIfOutput, what_if};
pub use statement::{
    AdjustmentLine, CalculateOutput, ComponentResult, CountedFact, CountedRefund, Figure, LeftOut,
    Note, RestatedAmount, Statement, StatementLine, Step, StepKind,
};
