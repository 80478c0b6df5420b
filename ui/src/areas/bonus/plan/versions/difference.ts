/** Two texts line by line, beside each other: what stands in both, what is gone, what is new. */

export interface Line {
  kind: "same" | "gone" | "new";
  left: string | null;
  right: string | null;
}

/** The longest common lines stand beside each other; plans have a few hundred lines at most. */
export function difference(before: string, after: string): Line[] {
  const [a, b] = [before.trimEnd().split("\n"), after.trimEnd().split("\n")];
  const longest: number[][] = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = longest[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i] ?? null, b[j] ?? null];
    if (left !== null && left === right) {
      lines.push({ kind: "same", left, right });
      [i, j] = [i + 1, j + 1];
    } else if (right === null || (left !== null && at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: "gone", left, right: null });
      i += 1;
    } else {
      lines.push({ kind: "new", left: null, right });
      j += 1;
    }
  }
  return lines;
}
