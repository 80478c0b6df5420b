//! Bonus plans as data and their exact calculation, with the trace of every number. Pure: no store,
//! no clock.

pub mod calculate;
pub mod check;
pub mod curve;
mod error;
pub mod parse;
pub mod percent;
pub mod plan;
mod rate;
pub mod statement;
mod trace;

pub use calculate::{CalculateInput, DealInput, PersonInput, TargetBonusInput, calculate};
pub use check::{PlanProblem, Severity, check, require_usable};
pub use curve::{CurvePoint, curve};
pub use error::{Error, Result};
pub use parse::{parse_plan, read_plan, to_toml};
pub use plan::{ATTAINMENT_BANDS, AppliesTo, Edge, Pay, Plan, PlanName, Tier, attainment_bands};
pub use statement::{CalculateOutput, CountedDeal, Note, Statement, StatementLine, Step, StepKind};
