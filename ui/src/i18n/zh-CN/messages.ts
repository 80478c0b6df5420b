/** 程序里每个代码对应的一句话，写在 messages.json（命令行也用它）；写法见 say.ts。 */
import { forWindow } from "../forWindow";
import words from "./messages.json";

export default {
  ...forWindow(words),
  // 窗口自己的
  unexpected: "发生了意外：{detail}。请重试；仍不行时，把日志发给管理员。",
} as Record<string, string>;
