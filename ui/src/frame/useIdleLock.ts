/** Locks the window after so many minutes without a key or a click. The program keeps it locked. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

import { BackendError, useBackend } from "../backend/backend";
import { startAnew } from "../backend/query";
import { useToast } from "../components/useToast";
import { useSay } from "../i18n/say";

/** What shows that somebody is there. */
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
const CHECK_MS = 5_000;

export function useIdleLock(minutes: number | null, locked: boolean): void {
  const backend = useBackend();
  const client = useQueryClient();
  const toast = useToast();
  // Words change with the language; that is no reason to count anew.
  const say = useEffectEvent(useSay());
  useEffect(() => {
    if (minutes === null || locked) return;
    let last = Date.now();
    const sign = () => {
      last = Date.now();
    };
    let [locking, held, told] = [false, false, false];
    const lock = async () => {
      locking = true;
      try {
        startAnew(backend, client, await backend.call("lock_app", {}), { keepDrafts: true });
        held = true;
      } catch (error) {
        // Tried again at the next look, until it holds; said once.
        if (!told) toast.failed(say(BackendError.from(error)));
        told = true;
      } finally {
        locking = false;
      }
    };
    // By the clock and not by one long timer: a laptop that slept wakes up locked.
    const timer = setInterval(() => {
      if (!locking && !held && Date.now() - last >= minutes * 60_000) void lock();
    }, CHECK_MS);
    for (const name of SIGNS) window.addEventListener(name, sign, { passive: true });
    return () => {
      clearInterval(timer);
      for (const name of SIGNS) window.removeEventListener(name, sign);
    };
  }, [backend, client, toast, minutes, locked]);
}
