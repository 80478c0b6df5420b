/** Texts on their way into a spreadsheet. */

/** A number, with a sign, commas between thousands and a decimal point; or the dash that stands for nothing. */
const HARMLESS = /^(?:[+-]?\d[\d,.]*|-)$/;

/** A text that a spreadsheet would run as a formula gets an apostrophe. For texts only: amounts stay numbers. */
export function defuse(text: string): string {
  // Some programs leave out blanks before they look whether it is a formula.
  return /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/.test(text) && !HARMLESS.test(text) ? `'${text}` : text;
}
