// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A traffic light.
 */
export type GoalLight = "green" | "amber" | "red";
