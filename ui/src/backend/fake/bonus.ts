/** Bonus: to be filled. */
import { refuse, type Handlers } from "./fake";

export const bonusHandlers = {
  get_bonus_plan: () => {
    throw refuse("not_in_fake");
  },
  check_bonus_plan: () => {
    throw refuse("not_in_fake");
  },
  save_bonus_plan: () => {
    throw refuse("not_in_fake");
  },
  list_bonus_runs: () => {
    throw refuse("not_in_fake");
  },
  get_bonus_run: () => {
    throw refuse("not_in_fake");
  },
  run_bonus: () => {
    throw refuse("not_in_fake");
  },
  get_statement: () => {
    throw refuse("not_in_fake");
  },
} satisfies Partial<Handlers>;
