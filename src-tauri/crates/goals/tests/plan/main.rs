//! What `goal.season`, `goal.smart` and `goal.pace` promise.

mod pace;
mod season;
mod scorecard;
mod smart;
