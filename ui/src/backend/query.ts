/** The backend as TanStack queries and mutations: cached answers, and long tasks with progress and cancel. */
import { QueryClient, queryOptions, useMutation, useQuery, type UseQueryOptions } from "@tanstack/react-query";
import { useCallback, useState } from "react";

import { useBackend, type Args, type Backend, type BackendError, type Command, type Result } from "./backend";
import { DRAFTS, DRAFTS_OF } from "../components/useDraft";
import type { Progress, Status } from "./generated";
import { isOutdated, type ReadingCommand } from "./topics";

/** A client whose answers stay fresh until the program says otherwise; the store is local, so no retries. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  client.setQueryDefaults([DRAFTS], { gcTime: Number.POSITIVE_INFINITY });
  return client;
}

/** Refetches what a change of the store made old. Returns how to stop. */
export function followChanges(backend: Backend, client: QueryClient): () => void {
  return backend.onChanged(({ topics }) => {
    void client.invalidateQueries({ predicate: (query) => isOutdated(query.queryKey[0], topics) });
  });
}

/** Options of a cached answer, for `useQuery`, `useInfiniteQuery` keys and `setQueryData`. */
export function read<K extends ReadingCommand>(backend: Backend, name: K, args: Args<K>) {
  return queryOptions<Result<K>, BackendError>({
    queryKey: [name, args],
    queryFn: () => backend.call(name, args),
  });
}

/** A cached answer of a reading command. */
export function useRead<K extends ReadingCommand>(
  name: K,
  args: Args<K>,
  options?: Partial<Pick<UseQueryOptions<Result<K>, BackendError>, "enabled" | "placeholderData">>,
) {
  const backend = useBackend();
  return useQuery<Result<K>, BackendError>({ ...read(backend, name, args), ...options });
}

/**
 * Shows a status in which nothing of before may be seen: the window is locked, or another store is open. A lock keeps
 * the drafts, which no locked page shows: whoever opens it goes on where they were.
 */
export function startAnew(backend: Backend, client: QueryClient, status: Status, { keepDrafts = false } = {}): void {
  const own = read(backend, "get_status", {}).queryKey;
  if (keepDrafts) client.setQueryData(DRAFTS_OF, client.getQueryData<Status>(own)?.signed_in?.account ?? null);
  client.setQueryData(own, status);
  // What was typed lies in the mutations.
  client.getMutationCache().clear();
  // First the pages go, by the status; then what they showed goes, and what still shows is fetched.
  setTimeout(() => void client.resetQueries({ predicate: ({ queryKey: [name] }) => name !== "get_status" && !(keepDrafts && name === DRAFTS) }));
}

/** A command as a mutation. What it changed announces itself by the `changed` event. */
export function useCommand<K extends Command>(name: K) {
  const backend = useBackend();
  return useMutation<Result<K>, BackendError, Args<K>>({ mutationFn: (args) => backend.call(name, args) });
}

/** A long command: its progress, and a way to cancel it (the command then rejects with `cancelled`). */
export function useTask<K extends Command>(name: K) {
  const backend = useBackend();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [cancelling, setCancelling] = useState(false);
  const mutation = useMutation<Result<K>, BackendError, Args<K>>({
    mutationFn: (args) => {
      setProgress(null);
      setCancelling(false);
      return backend.call(name, args, setProgress);
    },
  });
  const cancel = useCallback(() => {
    setCancelling(true);
    // If cancelling fails the task simply goes on; its end is shown either way.
    backend.call("cancel_task", {}).catch(() => setCancelling(false));
  }, [backend]);
  const error = mutation.error?.code === "cancelled" ? null : mutation.error;
  return { ...mutation, error, progress, cancel, cancelling, cancelled: mutation.error?.code === "cancelled" };
}
