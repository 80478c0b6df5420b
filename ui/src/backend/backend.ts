/** What the window needs from the program behind it: commands and the event that something changed. */
import { createContext, useContext } from "react";

import type { Commands } from "./generated/commands";
import type { ApiError, Changed, Progress } from "./generated";

export type Command = keyof Commands;
export type Args<K extends Command> = Commands[K]["args"];
export type Result<K extends Command> = Commands[K]["result"];

/** The window's only way out. `tauri.ts` is the real one, `fake.ts` the one of tests and of a plain browser. */
export interface Backend {
  /** Runs a use case. Rejects with a `BackendError` and nothing else. */
  call<K extends Command>(
    name: K,
    args: Args<K>,
    onProgress?: (progress: Progress) => void,
  ): Promise<Result<K>>;
  /** Calls back whenever the store changed, also from the command line. Returns how to stop. */
  onChanged(listener: (changed: Changed) => void): () => void;
  /** From now on the window does not close when it is asked to, but calls back; `close` closes it. Returns how to stop. */
  onCloseRequested(ask: (close: () => void) => void): () => void;
}

/** A use case said no: a closed code with values; the words are in i18n/<language>/messages.ts. */
export class BackendError extends Error {
  readonly code: string;
  readonly params: Record<string, string>;
  readonly retryable: boolean;
  readonly traceId: string;

  constructor(error: ApiError) {
    super(`${error.code} ${JSON.stringify(error.params)}`);
    this.name = "BackendError";
    this.code = error.code;
    this.params = error.params as Record<string, string>;
    this.retryable = error.retryable;
    this.traceId = error.trace_id;
  }

  /** Whatever was thrown, as a BackendError. */
  static from(thrown: unknown): BackendError {
    if (thrown instanceof BackendError) return thrown;
    if (isApiError(thrown)) return new BackendError(thrown);
    return new BackendError({
      code: "unexpected",
      params: { detail: thrown instanceof Error ? thrown.message : String(thrown) },
      retryable: false,
      trace_id: "",
    });
  }
}

function isApiError(value: unknown): value is ApiError {
  return (
    typeof value === "object" && value !== null && "code" in value && "params" in value && "trace_id" in value
  );
}

const BackendContext = createContext<Backend | null>(null);
export const BackendProvider = BackendContext.Provider;

export function useBackend(): Backend {
  const backend = useContext(BackendContext);
  if (!backend) throw new Error("BackendProvider is missing");
  return backend;
}
