/** The sentences that window and command line share, without what only helps on a terminal. */

/** A part in brackets about the command line: `（命令行：--currency）`, ` (--yes on the command line)`. */
const TERMINAL = /（命令行[^）]*）| ?\([^()]*command line[^()]*\)/g;

export function forWindow(words: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(words).map(([code, text]) => [code, text.replaceAll(TERMINAL, "")]));
}
