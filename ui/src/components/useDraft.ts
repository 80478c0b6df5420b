/**
 * What was entered and is not saved yet. It is kept while the window is open: leaving the page loses nothing, nor does
 * a lock that the same person opens. Signing out, somebody else and another store end it (see `startAnew`, `begin`).
 */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

/** The first part of a draft's key; drafts are never dropped for being unused (see `createQueryClient`). */
export const DRAFTS = "draft";

/** Where a lock notes whose drafts lie behind it: an account, or null where there are none. */
export const DRAFTS_OF = [DRAFTS, "whose"] as const;

export function useDraft<T>(name: string): [T | null, (draft: T | null) => void] {
  const client = useQueryClient();
  const key = [DRAFTS, name];
  const [draft, setDraft] = useState<T | null>(() => client.getQueryData<T>(key) ?? null);
  return [
    draft,
    (next) => {
      if (next === null) client.removeQueries({ queryKey: key, exact: true });
      else client.setQueryData<T>(key, next);
      setDraft(next);
    },
  ];
}
