/** Language and theme: the person's choice kept by the program, else the system's. */
import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useMemo, useSyncExternalStore, type ReactNode } from "react";

import { useBackend } from "../backend/backend";
import type { Preferences, Status } from "../backend/generated";
import { read, useCommand, useRead } from "../backend/query";
import { systemLanguage, type Language } from "../i18n";
import type { Mode } from "../theme";

export interface PreferencesState {
  /** In use. */
  language: Language;
  mode: Mode;
  /** Chosen; null follows the system. */
  chosenLanguage: Language | null;
  chosenMode: Mode | null;
  setLanguage(language: Language | null): void;
  setMode(mode: Mode | null): void;
}

const Context = createContext<PreferencesState | null>(null);

export function usePreferences(): PreferencesState {
  const state = useContext(Context);
  if (!state) throw new Error("PreferencesProvider is missing");
  return state;
}

const darkQuery = "(prefers-color-scheme: dark)";

function subscribeMode(onChange: () => void): () => void {
  const query = window.matchMedia(darkQuery);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}

function systemMode(): Mode {
  return window.matchMedia(darkQuery).matches ? "dark" : "light";
}

function languageChoice(text: string | null | undefined): Language | null {
  return text === "zh-CN" || text === "en" ? text : null;
}

function modeChoice(text: string | null | undefined): Mode | null {
  return text === "light" || text === "dark" ? text : null;
}

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const backend = useBackend();
  const client = useQueryClient();
  const preferences = useRead("get_status", {}).data?.preferences;
  const system = useSyncExternalStore(subscribeMode, systemMode);
  const { mutate } = useCommand("set_preferences");

  const chosenLanguage = languageChoice(preferences?.language);
  const chosenMode = modeChoice(preferences?.theme);
  const state = useMemo<PreferencesState>(() => {
    const set = (change: Partial<Preferences>) => {
      const next = { language: chosenLanguage, theme: chosenMode, ...change };
      // At once on the screen; keeping it may take a moment, or fail while the store is unavailable.
      client.setQueryData<Status>(read(backend, "get_status", {}).queryKey, (old) => old && { ...old, preferences: next });
      mutate(next);
    };
    return {
      language: chosenLanguage ?? systemLanguage(),
      mode: chosenMode ?? system,
      chosenLanguage,
      chosenMode,
      setLanguage: (language) => set({ language }),
      setMode: (theme) => set({ theme }),
    };
  }, [backend, client, mutate, chosenLanguage, chosenMode, system]);
  return <Context value={state}>{children}</Context>;
}
