// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CountedView } from "./CountedView";
import type { FigureView } from "./FigureView";
import type { LeftOutView } from "./LeftOutView";
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { StatementLineView } from "./StatementLineView";
import type { TraceStep } from "./TraceStep";

/**
 * One component of a statement.
 */
export type ComponentView = { 
/**
 * Code.
 */
code: string, 
/**
 * Chinese name.
 */
name_zh: string, 
/**
 * English name.
 */
name_en: string, 
/**
 * What it pays; None: blocked, a note says why.
 */
amount: Money | null, 
/**
 * What was measured.
 */
measure: FigureView | null, 
/**
 * The goal.
 */
goal: FigureView | null, 
/**
 * Exact ratio.
 */
attainment: string | null, 
/**
 * Lines; their amounts sum to the amount.
 */
lines: Array<StatementLineView>, 
/**
 * The steps that made it, in order.
 */
steps: Array<TraceStep>, 
/**
 * Facts that count; what is credited of them sums to the measure.
 */
counted: Array<CountedView>, 
/**
 * Facts of the person that do not count.
 */
left_out: Array<LeftOutView>, 
/**
 * Why nothing, or no amount.
 */
notes: Array<Message>, };
