/** Types of boards and saved views as agreed, until the generated ones exist. This file goes then. */
import type { AccountRole, Chart, Comparison, Grain, LeaderboardRow, Message, NoArgs, MetricBy, MetricCell, MetricDrill, MetricInfo, MetricTable, Scope, Lang } from "./generated";

export type Place = { x: number; y: number; w: number; h: number };
export type Form = "bars" | "shares" | "ranking" | "attainment" | "trend" | "funnel" | "heat_map" | "pareto" | "cohort" | "distribution" | "waterfall" | "table";
export type PartFilter = { by: MetricBy; key: string };
export type ViewQuestion = { form: Form; metric: string; by: MetricBy | null; grain: Grain | null; compare: Comparison | null; filter: PartFilter | null; limit: number | null };
export type Shows =
  | { kind: "tiles"; metrics: Array<string> }
  | { kind: "chart"; question: ViewQuestion }
  | { kind: "leaderboard" }
  | { kind: "view"; view: string };
export type Widget = { id: string; place: Place; title?: string; shows: Shows };
export type BoardInfo = { id: string; name: string; is_built_in: boolean; roles: Array<AccountRole>; owner: string | null; can_edit: boolean; is_home: boolean };
export type Board = { info: BoardInfo; widgets: Array<Widget> };
export type Mark = { drill: MetricDrill; measure: string | null; less: MetricDrill | null };
export type MetricTile = { metric: MetricInfo; currency: string | null; cell: MetricCell; compared_with: string | null; goal: string | null; attainment: string | null; sparkline: Array<string | null> };
export type Drawn = { title: string; chart: Chart | null; tiles: Array<MetricTile>; table: MetricTable | null; leaderboard: Array<LeaderboardRow>; marks: { [key in string]: Mark }; lack: Message | null; notes: Array<Message>; explain: MetricInfo | null };
export type SavedView = { id: string; name: string; question: ViewQuestion; roles: Array<AccountRole>; owner: string | null; can_edit: boolean };

declare module "./generated/commands" {
  interface Commands {
    list_boards: { args: { language?: Lang }; result: Array<BoardInfo> };
    get_board: { args: { id: string | null; language?: Lang }; result: Board };
    draw_widget: { args: { shows: Shows; scope: Scope; language: Lang }; result: Drawn };
    save_board: { args: { id: string | null; name: string; roles: Array<AccountRole>; widgets: Array<Widget> }; result: Board };
    remove_board: { args: { id: string }; result: null };
    set_home: { args: { id: string | null }; result: null };
    list_views: { args: NoArgs; result: Array<SavedView> };
    save_view: { args: { id: string | null; name: string; question: ViewQuestion; roles: Array<AccountRole> }; result: SavedView };
    remove_view: { args: { id: string }; result: null };
  }
}
export type SaveBoard = { id: string | null; name: string; roles: Array<AccountRole>; widgets: Array<Widget> };
