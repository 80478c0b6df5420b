/** Codes of the program (errors and messages) as sentences in both languages. */
import { useTranslation } from "react-i18next";

import { formatCount, formatDate, formatDecimal, formatMoment, formatPercent } from "../components/format";
import { periodLabel } from "../components/period";
import { useLanguage, type Language } from ".";
import en from "./en/messages";
import enTerms from "./en/terms.json";
import zhCN from "./zh-CN/messages";
import zhCNTerms from "./zh-CN/terms.json";

/**
 * Sentences by code. `{name}` is a value; `{name:how}` is written by one of FORMATS, as a `period`, as a
 * `message` (a code with values, said in its turn), as a `kpi` (a code, whose names the program sends beside it as `name_zh` and `name_en`), or as the
 * word for a code of a group of TERMS (`{kind:kind}`); `how[]` does so with each of a list (`a, b`).
 * A part in `<>` is said only if the program sent all its values and none is empty.
 */
export const SENTENCES: Record<Language, Readonly<Record<string, string>>> = { "zh-CN": zhCN, en };

type Terms = Readonly<Record<string, Readonly<Record<string, string>>>>;
/** Words for values that are codes themselves, by group. What has no word is shown as it is. */
export const TERMS: Record<Language, Terms> = { "zh-CN": zhCNTerms, en: enTerms };

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
  text: (value) => value,
};

/** Between the parts of a list. */
export const SEPARATORS: Record<Language, string> = { "zh-CN": "、", en: ", " };

const PLACE = /\{(\w+)(?::([\w.]+)(\[\])?)?\}/g;

/** Drops the parts in `<>` that lack a value. */
function completeParts(sentence: string, params: Sayable["params"]): string {
  return sentence.replaceAll(/<([^>]*)>/g, (_, part: string) =>
    [...part.matchAll(PLACE)].every(([, name = ""]) => params[name]) ? part : "",
  );
}

/** Fills a sentence's places; a value that the program did not send is shown as its name in brackets. */
export function fill(
  sentence: string,
  params: Sayable["params"],
  special: (how: string, value: string, name: string) => string,
  separator = ", ",
): string {
  return completeParts(sentence, params).replaceAll(PLACE, (_, name: string, how?: string, list?: string) => {
    const value = params[name];
    if (value === undefined) return `[${name}]`;
    if (!how) return value;
    const write = (one: string) => FORMATS[how]?.(one) ?? special(how, one, name);
    return list ? value.split(", ").map(write).join(separator) : write(value);
  });
}

/** The word for a code of a group of TERMS; a code without one is shown as it is. */
export function useTerm(): (group: string, code: string) => string {
  const language = useLanguage();
  return (group, code) => TERMS[language][group]?.[code] ?? code;
}

/** What a KPI is called: its code, where the program sent no name. */
function kpiName(params: Sayable["params"], name: string, code: string, language: Language): string {
  const [codes, names] = [params[name], params[`${name}_${language === "zh-CN" ? "zh" : "en"}`]];
  if (codes === code) return names ?? code;
  return names?.split(", ")[codes?.split(", ").indexOf(code) ?? -1] ?? code;
}

/** A value that is a message itself; undefined for any other. */
function inner(value: string): Sayable | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    const isMessage = typeof parsed === "object" && parsed !== null && "code" in parsed && "params" in parsed;
    return isMessage ? (parsed as Sayable) : undefined;
  } catch {
    return undefined;
  }
}

/** Says a code in the language in use. An unknown code stays readable and keeps its code and values. */
export function useSay(): (message: Sayable) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = ({ code, params }: Sayable): string => {
    const sentence = SENTENCES[language][code];
    if (sentence === undefined) {
      const values = Object.entries(params).map(([name, value]) => `${name}: ${value}`);
      return t("common.unknownCode", { code, values: values.join(", ") || "—" });
    }
    const special = (how: string, value: string, name: string) => {
      if (how === "kpi") return kpiName(params, name, value, language);
      if (how === "period") return periodLabel(value, t, language);
      if (how === "message") {
        const message = inner(value);
        return message ? say(message) : value;
      }
      return TERMS[language][how]?.[value] ?? value;
    };
    return fill(sentence, params, special, SEPARATORS[language]);
  };
  return say;
}
