//! Reads, one file per subject. All of them are methods of [`crate::Store`] on the read-only
//! connections, so they never wait for the writer.

pub(crate) mod accounts;
pub(crate) mod boards;
pub(crate) mod bonus;
pub(crate) mod bonus_cycle;
pub(crate) mod bonus_facts;
pub(crate) mod catalogue;
pub(crate) mod customer_value;
pub(crate) mod deals;
pub(crate) mod facts;
pub(crate) mod goal_facts;
pub(crate) mod goal_history;
pub(crate) mod goal_matrix;
pub(crate) mod goal_rounds;
pub(crate) mod goal_sums;
pub(crate) mod goals;
pub(crate) mod history;
pub(crate) mod imports;
pub(crate) mod known_lines;
pub(crate) mod landing;
pub(crate) mod measures;
pub(crate) mod naming;
pub(crate) mod organisation;
pub(crate) mod people_months;
pub(crate) mod personal;
pub(crate) mod rollups;
pub(crate) mod scorecards;
pub(crate) mod sources;
pub(crate) mod totals;
pub(crate) mod watched;
