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

describe("words", () => {
  it("are the same keys in both languages, none empty", () => {
    expect([...words.en.keys()].toSorted()).toEqual([...words["zh-CN"].keys()].toSorted());
    for (const [language, all] of Object.entries(words)) {
      for (const [key, text] of all) expect(text.trim(), `${language} ${key}`).not.toBe("");
    }
  });

  it("have the same places in both languages", () => {
    for (const [key, text] of words["zh-CN"]) {
      // English months are names without the year's place and the like: places may only differ in order.
      expect(places(words.en.get(key) ?? ""), key).toEqual(places(text));
    }
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
      (key) => !code.includes(`"${key}"`) && !starts.some((start) => key.startsWith(start)),
    );
    expect(unused, "delete words that nothing shows").toEqual([]);
  });

  it("asked for by whole keys exist", () => {
    const asked = [...code.matchAll(/\bt\(\s*"([\w.]+)"/g)].map((match) => match[1] ?? "");
    expect(asked.length, "the pattern finds calls").toBeGreaterThan(100);
    expect(asked.filter((key) => !words["zh-CN"].has(key))).toEqual([]);
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
