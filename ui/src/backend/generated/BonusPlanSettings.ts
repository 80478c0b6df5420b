// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { TierSettings } from "./TierSettings";

/**
 * Every setting of a tiered plan on the target bonus.
 */
export type BonusPlanSettings = { 
/**
 * Chinese name.
 */
name_zh: string, 
/**
 * English name.
 */
name_en: string, 
/**
 * Tiers in order.
 */
tiers: Array<TierSettings>, 
/**
 * The edge of a tier belongs to the `lower` or the `upper` one.
 */
edge: string, 
/**
 * Target bonus of a person without a record, major units; None: nothing is paid and the statement says so.
 */
default_target_bonus: string | null, };
