/** Whether a text answers a query: by its letters, or by the pinyin of its 汉字 (whole or initials). */
import { match } from "pinyin-pro";

export function matches(text: string, query: string): boolean {
  const [words, wanted] = [text.toLowerCase(), query.trim().toLowerCase()];
  if (wanted === "") return true;
  return words.includes(wanted) || match(text, wanted.replaceAll(/\s/g, ""), { continuous: true }) !== null;
}
