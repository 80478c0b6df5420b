//! Who may do what, on which rows: rights, who acts, what they see, and the desk that checks it once.

mod actor;
mod desk;
mod error;
mod right;
mod sight;
#[cfg(test)]
mod tests;

pub use actor::LOCAL_AUTHOR;
pub(crate) use actor::{Actor, App};
pub use desk::{Desk, USE_CASES, UseCase, nobody_can_be_asked};
pub use error::AccessError;
pub use right::Right;
pub(crate) use right::may;
pub(crate) use sight::{PaySight, Sight, led_units};
