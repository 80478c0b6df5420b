/** Performance: to be filled. */
import { refuse, type Handlers } from "./fake";

export const performanceHandlers = {
  get_dashboard: () => {
    throw refuse("not_in_fake");
  },
  list_records: () => {
    throw refuse("not_in_fake");
  },
  get_kpi: () => {
    throw refuse("not_in_fake");
  },
  export_dashboard: () => {
    throw refuse("not_in_fake");
  },
} satisfies Partial<Handlers>;
