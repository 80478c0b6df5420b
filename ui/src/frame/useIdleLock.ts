/** Locks the window after so many minutes without a key or a click. The program keeps it locked. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { useBackend } from "../backend/backend";
import { startAnew } from "../backend/query";

/** What shows that somebody is there. */
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
const CHECK_MS = 5_000;

export function useIdleLock(minutes: number | null, locked: boolean): void {
  const backend = useBackend();
  const client = useQueryClient();
  useEffect(() => {
    if (minutes === null || locked) return;
    let last = Date.now();
    const sign = () => {
      last = Date.now();
    };
    // By the clock and not by one long timer: a laptop that slept wakes up locked.
    const timer = setInterval(() => {
      if (Date.now() - last < minutes * 60_000) return;
      clearInterval(timer);
      void backend.call("lock_app", {}).then((status) => startAnew(backend, client, status));
    }, CHECK_MS);
    for (const name of SIGNS) window.addEventListener(name, sign, { passive: true });
    return () => {
      clearInterval(timer);
      for (const name of SIGNS) window.removeEventListener(name, sign);
    };
  }, [backend, client, minutes, locked]);
}
