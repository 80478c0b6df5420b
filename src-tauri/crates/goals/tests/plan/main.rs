//! What `goal.season`, `goal.smart` and `goal.pace` promise.

mod pace;
mod scorecard;
mod season;
mod smart;
