/** Codes of the program (errors and messages) as sentences in both languages. */
import { useTranslation } from "react-i18next";

import { formatCount, formatDate, formatDecimal, formatMoment, formatPercent } from "../components/format";
import { periodLabel } from "../components/period";
import { useLanguage, useWord, type Language } from ".";
import en from "./en/messages";
import zhCN from "./zh-CN/messages";

/**
 * Sentences by code. `{name}` is a value; `{name:how}` is written by one of FORMATS, as a `period`, or as
 * the word for a code of a group (`{kind:data.kind}`); `how[]` does so with each of a list (`a, b`).
 */
export const SENTENCES: Record<Language, Readonly<Record<string, string>>> = { "zh-CN": zhCN, en };

export interface Sayable {
  code: string;
  params: { [key in string]?: string };
}

const FORMATS: Record<string, (value: string) => string> = {
  number: formatCount,
  money: formatDecimal,
  percent: formatPercent,
  date: formatDate,
  moment: formatMoment,
};

/** Fills a sentence's places; a value that the program did not send is shown as its name in brackets. */
export function fill(
  sentence: string,
  params: Sayable["params"],
  special: (how: string, value: string) => string,
): string {
  return sentence.replaceAll(/\{(\w+)(?::([\w.]+)(\[\])?)?\}/g, (_, name: string, how?: string, list?: string) => {
    const value = params[name];
    if (value === undefined) return `[${name}]`;
    if (!how) return value;
    const write = (one: string) => FORMATS[how]?.(one) ?? special(how, one);
    return list ? value.split(", ").map(write).join(", ") : write(value);
  });
}

/** Says a code in the language in use. An unknown code stays readable and keeps its code and values. */
export function useSay(): (message: Sayable) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = useWord();
  return ({ code, params }) => {
    const sentence = SENTENCES[language][code];
    if (sentence === undefined) {
      const values = Object.entries(params).map(([name, value]) => `${name}: ${value}`);
      return t("common.unknownCode", { code, values: values.join(", ") || "—" });
    }
    return fill(sentence, params, (how, value) =>
      how === "period" ? periodLabel(value, t, language) : word(how, value),
    );
  };
}
