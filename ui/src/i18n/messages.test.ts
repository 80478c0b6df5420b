/** The sentences of the program's codes, as the window and the command line read them. */
import { describe, expect, it } from "vitest";

import { CODES } from "../backend/generated/codes";
import en from "./en/messages.json";
import { fill, SENTENCES as inWindow, TERMS } from "./say";
import zhCN from "./zh-CN/messages.json";

const SENTENCES: Record<string, Readonly<Record<string, string>>> = { "zh-CN": zhCN, en };
/** Ways to write a value that are no group of terms. */
const WAYS = ["number", "money", "percent", "date", "moment", "period", "message", "text", "kpi"];

/** Places with their way of writing: `rows:number`. */
function places(text: string): string[] {
  return [...text.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? "").toSorted();
}

/** The sources of the UI as text, without tests. */
const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*", "!../i18n/**", "!../backend/**"], { query: "?raw", import: "default", eager: true });

describe("sentences of the program's codes", () => {
  it.each(Object.entries(SENTENCES))("%s has exactly the codes of the program, sorted", (_, sentences) => {
    expect(Object.keys(sentences)).toEqual([...CODES].toSorted());
    for (const [code, text] of Object.entries(sentences)) expect(text.trim(), code).not.toBe("");
  });

  it("have the same places in both languages, written in a way that exists", () => {
    for (const [code, text] of Object.entries(SENTENCES["zh-CN"] ?? {})) {
      expect(places(SENTENCES["en"]?.[code] ?? ""), code).toEqual(places(text));
      for (const place of places(text)) {
        const match = /^\w+(?::(\w+)(?:\[\])?)?$/.exec(place);
        expect(match, `${code}: {${place}}`).not.toBeNull();
        const how = match?.[1];
        if (how !== undefined) expect(WAYS.includes(how) || how in TERMS.en, `${code}: {${place}}`).toBe(true);
      }
    }
  });

  it("have Chinese punctuation in 中文", () => {
    for (const [code, text] of Object.entries(zhCN)) {
      // What stands in backquotes is what a file holds.
      expect(text.replaceAll(/\{[^}]*\}|`[^`]*`/g, ""), code).not.toMatch(/[,;:!?()]/);
    }
  });

  it("put no number before a plural noun in English: one would contradict it, and sentences have one form", () => {
    const plural = /\{(\w+)(?::number)?\} (?:\w+ )?(?:rows|days|years|weeks|months|people|deals|names|files|teams)\b/;
    // How many rows are looked at for a header is fixed, and more than one.
    const wrong = Object.entries(en).filter(([code, text]) => code !== "no_header" && plural.test(text));
    expect(wrong.map(([code]) => code)).toEqual([]);
  });

  it("are said without the parts whose values are missing", () => {
    const special = (how: string, value: string) => `${how}=${value}`;
    const sentence = "“{file}”< [{sheet}]>< ({headers:text[]})>.";
    expect(fill(sentence, { file: "a.csv", sheet: "" }, special)).toBe("“a.csv”.");
    expect(fill(sentence, { file: "a.xlsx", sheet: "S", headers: "x, y" }, special, "、")).toBe("“a.xlsx” [S] (x、y).");
  });
});

describe("sentences in the window", () => {
  it("name no argument of the command line, but for those that only the terminal says", () => {
    const terminal = ["board_document", "needs_confirmation", "no_accounts", "no_such_change", "sign_in_needed", "store_absent"];
    for (const words of Object.values(inWindow)) {
      const naming = Object.entries(words).filter(([, text]) => /--[a-z]|命令行|command line/.test(text));
      expect(naming.map(([code]) => code).filter((code) => !terminal.includes(code))).toEqual([]);
    }
    expect(inWindow.en["currency_assumed"]).toContain("choose the currency before importing; after importing");
    expect(inWindow["zh-CN"]["currency_assumed"]).toContain("请在导入前选择币种；已经导入的");
  });
});

describe("terms", () => {
  it("are the same in both languages, none empty", () => {
    const keys = (terms: (typeof TERMS)["en"]) => Object.entries(terms).map(([group, words]) => [group, Object.keys(words)]);
    expect(keys(TERMS["zh-CN"])).toEqual(keys(TERMS.en));
    for (const [language, groups] of Object.entries(TERMS)) {
      for (const [group, words] of Object.entries(groups)) {
        for (const [code, word] of Object.entries(words)) expect(word.trim(), `${language} ${group}.${code}`).not.toBe("");
      }
    }
  });

  it("are all used in a sentence, or asked for by their group", () => {
    const asked = Object.values(sources).flatMap((text) => [...text.matchAll(/\bterm\("(\w+)"/g)].map((match) => match[1]));
    const used = new Set(asked);
    for (const group of Object.values(zhCN).flatMap((text) => [...text.matchAll(/:(\w+)(?:\[\])?\}/g)].map((match) => match[1]))) used.add(group);
    expect(Object.keys(TERMS.en).filter((group) => !used.has(group))).toEqual([]);
  });
});
