/** Signing in and out: what one person was shown is forgotten before the next one sees anything. */
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { DRAFTS, DRAFTS_OF } from "../components/useDraft";
import { useBackend, type Args, type Backend, type BackendError } from "./backend";
import type { Status } from "./generated";
import { read } from "./query";

/** Shows the new status and drops every other answer; pages that stay read theirs again. Drafts stay with who left them. */
export function begin(client: QueryClient, backend: Backend, status: Status): void {
  const own = read(backend, "get_status", {}).queryKey;
  client.setQueryData<Status>(own, status);
  const same = client.getQueryData(DRAFTS_OF) === status.signed_in?.account;
  void client.resetQueries({ predicate: ({ queryKey: [name] }) => name !== own[0] && !(same && name === DRAFTS) });
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
