// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { WhatIfComparison } from "./WhatIfComparison";
import type { WhatIfMonth } from "./WhatIfMonth";
import type { WhatIfPerson } from "./WhatIfPerson";
import type { WhatIfPlan } from "./WhatIfPlan";

/**
 * What plans would have cost.
 */
export type WhatIf = { 
/**
 * Currency.
 */
currency: string, 
/**
 * First day.
 */
from: string, 
/**
 * Day after the last.
 */
to: string, 
/**
 * The budget, major units.
 */
budget: string | null, 
/**
 * What was sold, major units.
 */
sales: string, 
/**
 * The plan in force, then the others.
 */
plans: Array<WhatIfPlan>, 
/**
 * By months.
 */
months: Array<WhatIfMonth>, 
/**
 * The others against the plan in force.
 */
comparisons: Array<WhatIfComparison>, 
/**
 * Those with the largest differences first; at most 2,000.
 */
people: Array<WhatIfPerson>, 
/**
 * All of them.
 */
people_count: number, 
/**
 * What to know.
 */
notes: Array<Message>, };
