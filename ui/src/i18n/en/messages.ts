/** A sentence for each code of the program, in messages.json (the command line has the same); see say.ts. */
import { forWindow } from "../forWindow";
import words from "./messages.json";

export default {
  ...forWindow(words),
  // The window's own
  unexpected: "Something unexpected happened: {detail}. Try again; if it stays, send the log to the administrator.",
} as Record<string, string>;
