/** Data: to be filled. */
import { refuse, type Handlers } from "./fake";

export const dataHandlers = {
  pick_import_files: () => {
    throw refuse("not_in_fake");
  },
  update_import: () => {
    throw refuse("not_in_fake");
  },
  preview_import: () => {
    throw refuse("not_in_fake");
  },
  commit_import: () => {
    throw refuse("not_in_fake");
  },
  list_batches: () => {
    throw refuse("not_in_fake");
  },
  undo_batch: () => {
    throw refuse("not_in_fake");
  },
  list_rejected: () => {
    throw refuse("not_in_fake");
  },
  export_rejected: () => {
    throw refuse("not_in_fake");
  },
} satisfies Partial<Handlers>;
