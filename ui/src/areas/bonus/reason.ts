/** Of every reason in bonuses: longer ones are refused by the program. */
export const MAX_REASON = 200;
