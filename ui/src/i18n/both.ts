/** Words that the program gives in both languages. */
import type { BothWords } from "../backend/generated";
import type { Language } from ".";

/** The text of the language. */
export function both(words: BothWords, language: Language): string {
  return language === "zh-CN" ? words.zh : words.en;
}
