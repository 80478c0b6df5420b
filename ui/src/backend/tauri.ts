/** The real backend: Tauri's commands, channel and event. The only file that imports @tauri-apps. */
import { Channel, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

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
      let stopped = false;
      let stop: (() => void) | undefined;
      void listen<Changed>("changed", (event) => listener(event.payload)).then((unlisten) => {
        if (stopped) unlisten();
        else stop = unlisten;
      });
      return () => {
        stopped = true;
        stop?.();
      };
    },
  };
}

/** Whether the page runs inside the program's window. */
export function insideTauri(): boolean {
  return "__TAURI_INTERNALS__" in window;
}
