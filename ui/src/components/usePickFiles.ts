/** Opens the program's file dialog; the wizard goes on with what it returned. */
import { useNavigate } from "@tanstack/react-router";

import { useCommand } from "../backend/query";

export function usePickFiles() {
  const navigate = useNavigate();
  const pick = useCommand("pick_import_files");
  return {
    picking: pick.isPending,
    error: pick.error,
    reset: pick.reset,
    /** `profile` names a kept mapping to read the files by. */
    pick: (folder = false, profile: string | null = null) =>
      pick.mutate(
        { folder, profile },
        {
          onSuccess: (draft) => {
            // Nothing was chosen: everything stays as it is.
            if (!draft) return;
            void navigate({
              to: "/data/import",
              search: (old: Record<string, unknown>) => ({ ...old, session: draft.session, step: undefined }) as never,
            });
          },
        },
      ),
  };
}
