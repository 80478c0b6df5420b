/** Signing in and out: what one person was shown is forgotten before the next one sees anything. */
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { useBackend, type Args, type Backend, type BackendError } from "./backend";
import type { Status } from "./generated";
import { read } from "./query";

/** Shows the new status and drops every other answer; pages that stay read theirs again. */
function begin(client: QueryClient, backend: Backend, status: Status): void {
  const own = read(backend, "get_status", {}).queryKey;
  client.setQueryData<Status>(own, status);
  void client.resetQueries({ predicate: (query) => query.queryKey[0] !== own[0] });
}

export function useSignIn() {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation<Status, BackendError, Args<"sign_in">>({
    mutationFn: (args) => backend.call("sign_in", args),
    onSuccess: (status) => begin(client, backend, status),
  });
}

export function useSignOut() {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation<Status, BackendError, Args<"sign_out">>({
    mutationFn: (args) => backend.call("sign_out", args),
    onSuccess: (status) => {
      client.setQueryData<Status>(read(backend, "get_status", {}).queryKey, status);
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== "get_status" });
    },
  });
}
