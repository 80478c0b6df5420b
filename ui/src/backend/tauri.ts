/** The real backend: Tauri's commands, channel and event. The only file that imports @tauri-apps. */
import { Channel, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWindow } from "@tauri-apps/api/window";

import { BackendError, type Backend } from "./backend";
import type { Changed, Progress } from "./generated";
import { LONG_COMMANDS } from "./generated/commands";

const long: readonly string[] = LONG_COMMANDS;

export function createTauriBackend(): Backend {
  return {
    async call(name, args, onProgress) {
      const payload: Record<string, unknown> = { args };
      if (long.includes(name)) {
        const progress = new Channel<Progress>();
        progress.onmessage = (message) => onProgress?.(message);
        payload["progress"] = progress;
      }
      try {
        return await invoke(name, payload);
      } catch (error) {
        throw BackendError.from(error);
      }
    },
    onChanged(listener) {
      return stoppable(listen<Changed>("changed", (event) => listener(event.payload)));
    },
    onCloseRequested(ask) {
      const own = getCurrentWindow();
      return stoppable(
        own.onCloseRequested((event) => {
          event.preventDefault();
          ask(() => void own.destroy());
        }),
      );
    },
  };
}

/** How to stop what begins to listen only later. */
function stoppable(listening: Promise<() => void>): () => void {
  let stopped = false;
  let stop: (() => void) | undefined;
  void listening.then((unlisten) => {
    if (stopped) unlisten();
    else stop = unlisten;
  });
  return () => {
    stopped = true;
    stop?.();
  };
}

/** Whether the page runs inside the program's window. */
export function insideTauri(): boolean {
  return "__TAURI_INTERNALS__" in window;
}
