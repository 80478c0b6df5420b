/** Sentences that hold another one. */
import { renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { expect, it } from "vitest";

import { createI18n, LANGUAGES, type Language } from ".";
import { useSay } from "./say";

function sayIn(language: Language) {
  const wrapper = ({ children }: { children: ReactNode }) => <I18nextProvider i18n={createI18n(language)}>{children}</I18nextProvider>;
  return renderHook(() => useSay(), { wrapper }).result.current;
}

const REASON = { code: "disk_full", params: {} };
const partly = (reason: string) => ({ code: "taken_back_partly", params: { count: "1", imports: "三月.csv", reason } });

it.each(LANGUAGES)("say in %s why an undo of several imports stopped", (language) => {
  const say = sayIn(language);
  const reason = say(REASON);
  expect(say(partly(JSON.stringify(REASON)))).toContain(reason);
  expect(say(partly(JSON.stringify(REASON)))).not.toContain("{");
  // What is no message is shown as it is.
  expect(say(partly("disk is gone"))).toContain("disk is gone");
});
