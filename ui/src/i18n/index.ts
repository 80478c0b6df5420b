/** The two languages: typed keys, one file an area and language. 中文 is the language that keys are typed by. */
import i18next, { type i18n } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";

import en from "./en";
import zhCN from "./zh-CN";

export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The same keys with any words: the shape that English must have. What is counted (`rows_other`, asked for as
 * `rows` with a `count`) has one form in 中文 and two in English.
 */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> } & {
  readonly [K in keyof T as K extends `${infer Stem}_other` ? `${Stem}_one` : never]: string;
};

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof zhCN };
    returnNull: false;
    enableSelector: false;
  }
}

/** A new i18n instance, started in a language. */
export function createI18n(language: Language): i18n {
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    resources: { "zh-CN": { translation: zhCN }, en: { translation: en } },
    lng: language,
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false, prefix: "{", suffix: "}" },
    returnNull: false,
  });
  return instance;
}

/** The language for a language tag of the system. */
export function languageOf(tag: string | null | undefined): Language {
  return tag?.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

/** The language of the system. */
export function systemLanguage(): Language {
  return languageOf(navigator.language);
}

/** The language in use. */
export function useLanguage(): Language {
  return languageOf(useTranslation().i18n.language);
}

/**
 * Looks up a word for a code that comes from the program (a kind, a stage, a field) in a group of keys.
 * An unknown code is shown as it is, readable: better than nothing, and the tests name the known ones.
 */
export function useWord(): (group: string, code: string) => string {
  const { i18n: instance } = useTranslation();
  return (group, code) => {
    const key = `${group}.${code}`;
    return instance.exists(key) ? String(instance.t(key as never)) : code.replaceAll("_", " ");
  };
}
