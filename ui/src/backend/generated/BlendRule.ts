// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { FactorShare } from "./FactorShare";
import type { MarketPotential } from "./MarketPotential";
import type { PersonTerms } from "./PersonTerms";
import type { RoundLevel } from "./RoundLevel";
import type { TimeBy } from "./TimeBy";

/**
 * A split by a blend.
 */
export type BlendRule = { 
/**
 * The factors; their shares total 1.
 */
factors: Array<FactorShare>, 
/**
 * Years before that are history, 1 to 5; 0 and none: 1.
 */
years: number, 
/**
 * This share of the history's part goes by history, the rest equally; none: all of it.
 */
damping?: string, 
/**
 * A goal is at most this times what the person made in as many days.
 */
cap?: string, 
/**
 * And at least this times it.
 */
floor?: string, 
/**
 * Assigned in all, as a multiple of the goal, at least 1; what is above stands beside the goals.
 */
over_assignment?: string, 
/**
 * New people carry their goal from the first day, without the ramp of 25, 50, 75 and 100 %.
 */
no_ramp: boolean, 
/**
 * By staff number, name or id.
 */
people: { [key in string]: PersonTerms }, 
/**
 * Potentials, for the factor market.
 */
markets: Array<MarketPotential>, 
/**
 * Weights of customer segments, for the factor segment.
 */
segments: { [key in string]: string }, 
/**
 * Years of units and people in multiples.
 */
round: Array<RoundLevel>, 
/**
 * Every number in multiples of this, in major units.
 */
cell_unit?: string, 
/**
 * Along time.
 */
time: TimeBy, };
