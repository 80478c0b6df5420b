/** Plans as TOML: as much of it as the fake's own documents have. */
import { refuse } from "./fake";

type Table = { [key: string]: unknown };

export function toToml(table: Table, path: readonly string[] = []): string {
  const [plain, nested]: [string[], string[]] = [[], []];
  for (const [key, value] of Object.entries(table)) {
    const at = [...path, key];
    if (value === undefined || value === null) continue;
    if (Array.isArray(value)) nested.push(...value.map((one: Table) => `\n[[${at.join(".")}]]\n${toToml(one, at)}`));
    else if (typeof value === "object") nested.push(`\n[${at.join(".")}]\n${toToml(value as Table, at)}`);
    else plain.push(`${key} = ${JSON.stringify(value)}`);
  }
  return [...plain, ...nested].join("\n");
}

/** Refuses what it cannot read with the line, as the program does. */
export function fromToml(text: string): Table {
  const root: Table = {};
  let here = root;
  text.split("\n").forEach((raw, index) => {
    const line = raw.trim();
    const header = /^(\[\[?)([\w.]+)\]\]?$/.exec(line);
    const setting = /^(\w+) = (.+)$/.exec(line);
    if (line === "" || line.startsWith("#")) return;
    if (header) here = tableAt(root, (header[2] ?? "").split("."), header[1] === "[[");
    else if (setting) here[setting[1] ?? ""] = valueOf(setting[2] ?? "", index + 1);
    else throw syntax(index + 1, "expected a setting or a table");
  });
  return root;
}

function syntax(line: number, message: string) {
  return refuse("plan_syntax", { format: "TOML", line: String(line), column: "1", message });
}

function valueOf(text: string, line: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw syntax(line, "invalid value");
  }
}

/** The last of a list, or the table itself. */
function tableAt(root: Table, path: readonly string[], listed: boolean): Table {
  return path.reduce<Table>((table, key, at) => {
    const last = at === path.length - 1;
    const found = table[key];
    if (last && listed) {
      const list = Array.isArray(found) ? (found as Table[]) : [];
      const added: Table = {};
      table[key] = [...list, added];
      return added;
    }
    if (Array.isArray(found)) return found.at(-1) as Table;
    if (found === undefined) table[key] = {};
    return table[key] as Table;
  }, root);
}
