/** Which changes of the store make which answers old. */
import type { Command } from "./backend";

/** Topics of `Changed`. */
export type Topic = "organisation" | "facts" | "goals" | "bonus" | "settings" | "batches" | "boards" | "history" | "audit" | "accounts";

/** Reading commands with the topics that outdate them. Commands not named here are not cached. */
export const TOPICS = {
  get_status: ["organisation", "facts", "settings", "batches", "accounts"],
  get_key_state: ["settings"],
  get_backup_state: ["settings"],
  list_stores: ["settings"],
  get_organisation: ["organisation", "settings"],
  list_target_bonuses: ["organisation", "bonus", "settings"],
  list_accounts: ["accounts", "organisation"],
  get_policies: ["settings"],
  list_personal_files: ["accounts", "organisation"],
  list_follow_ups: ["organisation", "facts", "batches"],
  list_feedback: ["organisation", "facts", "batches"],
  list_batches: ["batches", "facts"],
  list_rejected: ["batches"],
  list_changes: ["history"],
  get_change: ["history"],
  list_history: ["history"],
  list_goal_history: ["history"],
  list_audit: ["audit", "history"],
  list_facts: ["organisation", "facts", "batches"],
  get_reconciliation: ["facts", "batches"],
  list_sources: ["batches", "settings"],
  list_disagreements: ["batches", "settings", "facts", "organisation"],
  list_watched: ["batches"],
  list_mappings: ["batches"],
  list_duplicates: ["organisation", "facts", "batches", "settings"],
  list_decided_customers: ["organisation", "facts", "batches", "settings"],
  compare_customers: ["organisation", "facts", "batches"],
  get_dashboard: ["organisation", "facts", "goals", "batches"],
  list_records: ["organisation", "facts", "goals", "batches"],
  get_kpi: ["organisation", "facts", "batches"],
  get_forecast: ["organisation", "facts", "batches", "settings"],
  get_landing: ["organisation", "facts", "goals", "batches", "settings"],
  get_kept_forecasts: ["organisation", "facts", "goals", "batches", "settings"],
  list_metrics: ["settings"],
  check_metric: ["settings"],
  get_metric: ["organisation", "facts", "goals", "batches", "settings"],
  list_metric_records: ["organisation", "facts", "goals", "batches", "settings"],
  list_boards: ["boards", "settings", "accounts"],
  get_board: ["boards", "settings", "accounts"],
  draw_widget: ["organisation", "facts", "goals", "batches", "boards", "settings"],
  list_views: ["boards", "accounts"],
  get_goal_years: ["facts", "goals", "batches"],
  get_goal: ["organisation", "facts", "goals", "batches"],
  get_goal_grid: ["organisation", "facts", "goals", "batches"],
  list_goal_versions: ["goals"],
  compare_goals: ["organisation", "goals"],
  get_goal_weeks: ["goals"],
  get_goal_why: ["organisation", "goals"],
  get_goal_progress: ["organisation", "facts", "goals", "batches", "settings"],
  get_goal_round: ["organisation", "facts", "goals", "batches"],
  list_goal_comments: ["organisation", "goals"],
  get_goal_confirmation: ["organisation", "goals"],
  list_goal_confirmations: ["organisation", "goals"],
  get_goal_aim: ["goals", "settings"],
  list_scorecards: ["organisation", "goals", "settings"],
  list_kpi_goals: ["organisation", "goals", "settings"],
  get_kpi_goal: ["organisation", "facts", "goals", "batches", "settings"],
  get_scorecard_result: ["organisation", "facts", "goals", "batches", "settings"],
  get_calendar: ["settings"],
  get_bonus_plan: ["bonus"],
  list_bonus_templates: [],
  list_bonus_runs: ["bonus", "facts", "goals"],
  get_bonus_run: ["organisation", "facts", "goals", "bonus", "batches"],
  explain_deal_bonus: ["organisation", "facts", "goals", "bonus", "batches"],
  get_expected_earnings: ["organisation", "facts", "goals", "bonus", "batches", "settings"],
  get_statement: ["organisation", "facts", "goals", "bonus", "batches"],
} as const satisfies Partial<Record<Command, readonly Topic[]>>;

export type ReadingCommand = keyof typeof TOPICS;

/** Whether an answer of `command` is old after a change of `topics`. */
export function isOutdated(command: unknown, topics: readonly string[]): boolean {
  const own: readonly string[] | undefined = TOPICS[command as ReadingCommand];
  return own?.some((topic) => topics.includes(topic)) ?? false;
}
