/** Goals: to be filled. */
import { refuse, type Handlers } from "./fake";

export const goalHandlers = {
  get_goal_years: () => {
    throw refuse("not_in_fake");
  },
  set_goal: () => {
    throw refuse("not_in_fake");
  },
  split_goal: () => {
    throw refuse("not_in_fake");
  },
  get_goal: () => {
    throw refuse("not_in_fake");
  },
  get_goal_weeks: () => {
    throw refuse("not_in_fake");
  },
} satisfies Partial<Handlers>;
