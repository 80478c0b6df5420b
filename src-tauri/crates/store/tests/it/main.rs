//! The store as its callers see it, on real files in temporary folders.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod changing;
mod copies;
mod exiting;
mod fixture;
mod goal_packs;
mod naming;
mod opening;
mod reading;
mod rollups;
mod taking_back;
mod undoing;
mod verifying;
