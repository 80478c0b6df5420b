/** Every word is in both languages and used; every code of the program has a sentence in both. */
import { describe, expect, it } from "vitest";

import { CODES } from "../backend/generated/codes";
import en from "./en";
import { fill, SENTENCES } from "./say";
import zhCN from "./zh-CN";

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const all = new Map<string, string>();
  for (const [name, value] of Object.entries(tree)) {
    const key = prefix ? `${prefix}.${name}` : name;
    if (typeof value === "string") all.set(key, value);
    else for (const [inner, text] of flatten(value, key)) all.set(inner, text);
  }
  return all;
}

/** Places of a sentence without their format: `{rows:number}` is "rows". */
function places(text: string): string[] {
  return [...text.matchAll(/\{(\w+)(?::[\w.]+(?:\[\])?)?\}/g)].map((match) => match[1] ?? "").toSorted();
}

const words = { "zh-CN": flatten(zhCN), en: flatten(en) };

/** The sources of the UI as text, without the words themselves and without tests. */
const sources = Object.entries(
  import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*", "!../i18n/{zh-CN,en}/**", "!../backend/**"], {
    query: "?raw",
    import: "default",
    eager: true,
  }),
);
const code = sources.map(([, text]) => text).join("\n");
/** Groups whose words are picked by a code of the program inside a sentence, as in `{kind:data.kind}`. */
const sentences = Object.values(SENTENCES["zh-CN"]).join("\n");

/** `common.rows` of `common.rows_one` and `common.rows_other`: what is counted, and asked for with a `count`. */
const PLURAL = /_(?:zero|one|two|few|many|other)$/;
const counted = new Set([...words.en.keys()].filter((key) => PLURAL.test(key)).map(stem));

function stem(key: string): string {
  return key.replace(PLURAL, "");
}

describe("words", () => {
  it("are the same keys in both languages, none empty", () => {
    const keys = (all: Map<string, string>) => [...new Set([...all.keys()].map(stem))].toSorted();
    expect(keys(words.en)).toEqual(keys(words["zh-CN"]));
    for (const [language, all] of Object.entries(words)) {
      for (const [key, text] of all) expect(text.trim(), `${language} ${key}`).not.toBe("");
    }
  });

  it("have the same places in both languages", () => {
    for (const [key, text] of words.en) {
      // English months are names without the year's place and the like: places may only differ in order.
      expect(places(text), key).toEqual(places(words["zh-CN"].get(key.replace(/_one$/, "_other")) ?? ""));
    }
  });

  it("have the forms that each language counts with, and no form is a key of its own besides", () => {
    expect(counted.size, "there are such words").toBeGreaterThan(5);
    for (const [language, all] of Object.entries(words)) {
      const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.map((form) => `_${form}`);
      for (const one of counted) {
        const forms = [...all.keys()].filter((key) => stem(key) === one).map((key) => key.slice(one.length));
        expect(forms.toSorted(), `${language} ${one}`).toEqual(wanted.toSorted());
      }
    }
  });

  it("that are counted are asked for with the count", () => {
    for (const one of counted) {
      const calls = [...code.matchAll(new RegExp(`"${one.replaceAll(".", "\\.")}"(.{0,40})`, "gs"))].map((match) => match[1] ?? "");
      expect(calls.length, `${one} is used`).toBeGreaterThan(0);
      for (const after of calls) expect(after, `t("${one}", { count, … })`).toMatch(/^,\s*\{\s*count\b/);
    }
  });

  it("say no number before a plural noun that one would contradict", () => {
    const plural = /\{(\w+)\} (?:\w+ )?(?:rows|people|salespeople|deals|names|days|sums|files|records|batches|weeks|months|units)\b/;
    const wrong = [...words.en].filter(([key, text]) => plural.test(text) && !counted.has(stem(key))).map(([key]) => key);
    expect(wrong, "give these _one and _other").toEqual([]);
  });

  it("are all used", () => {
    // Whole keys in quotes, beginnings of keys in templates (`home.tile.${code}`), groups of `word(...)`.
    const beginnings = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? "");
    const groups = [
      ...[...code.matchAll(/word\("([\w.]+)"/g)].map((match) => `${match[1]}.`),
      ...[...sentences.matchAll(/:([\w]+\.[\w.]+)(?:\[\])?\}/g)].map((match) => `${match[1]}.`),
    ];
    const starts = [...new Set([...beginnings, ...groups])];
    const unused = [...words["zh-CN"].keys()].filter(
      (key) => !code.includes(`"${stem(key)}"`) && !starts.some((start) => key.startsWith(start)),
    );
    expect(unused, "delete words that nothing shows").toEqual([]);
  });

  it("asked for by whole keys exist", () => {
    const asked = [...code.matchAll(/\bt\(\s*"([\w.]+)"/g)].map((match) => match[1] ?? "");
    expect(asked.length, "the pattern finds calls").toBeGreaterThan(100);
    expect(asked.filter((key) => !words["zh-CN"].has(key) && !counted.has(key))).toEqual([]);
  });
});

describe("sentences", () => {
  it("exist for every code of the program, in both languages", () => {
    for (const language of ["zh-CN", "en"] as const) {
      expect(CODES.filter((one) => !SENTENCES[language][one]?.trim()), language).toEqual([]);
    }
  });

  it("say the same values in both languages", () => {
    for (const [one, text] of Object.entries(SENTENCES["zh-CN"])) {
      expect(places(SENTENCES.en[one] ?? ""), one).toEqual(places(text));
    }
  });

  it("write values as they are told, and name a value that was not sent", () => {
    const special = (how: string, value: string) => `${how}=${value}`;
    expect(fill("{n:number} {p:percent} {x} {l:data.field[]} {gone}", { n: "1234", p: "1/2", x: "y", l: "a, b" }, special)).toBe(
      "1,234 50.0% y data.field=a, data.field=b [gone]",
    );
  });
});
