//! Personal files: what one person may see of the company, as an encrypted store of its own that works
//! without the company's, and what was entered there coming back (`docs/decisions/0012`).
//!
//! [`extract`] reads, with that person's eyes, the rows that go in, and [`blanks`] leaves out the fields
//! that no use case shows them; [`boards`] keeps the places of others on boards. [`handing_out`] makes the
//! file, [`returning`] writes what comes back (sealed by [`seal`]), [`taking_in`] brings that into the
//! company's store: [`judging`] says of each entry what becomes of it, by what its person sees ([`seen`]).

mod blanks;
mod boards;
mod error;
mod extract;
mod handing_out;
mod judging;
mod owner;
mod returning;
mod rounds;
mod seal;
mod seen;
mod statements;
mod taking_in;
#[cfg(test)]
mod tests;

pub use error::PersonalError;
pub(crate) use owner::{Owner, owner_of};

/// Source of what people enter themselves.
pub(crate) const ENTERED: &str = "personal";
