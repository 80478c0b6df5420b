/** What a person decided on an import, changed step by step without touching what came before. */
import type { FileDecision, ImportDecisions, ImportPreview } from "../../../backend/generated";

export const NOTHING_DECIDED: ImportDecisions = { files: {}, aliases: {}, currency: null, tax_included: null, source: null, remember_mapping: true, in_full: false };

const KEEP: FileDecision = { skip: false, kind: null, encoding: null, columns: {}, date_orders: {}, stages: {}, roles: {} };

/** The decision on a file, where none was made yet the one that keeps every proposal. */
export function decisionOn(decisions: ImportDecisions, index: number): FileDecision {
  return decisions.files[index] ?? KEEP;
}

function withFile(decisions: ImportDecisions, index: number, change: Partial<FileDecision>): ImportDecisions {
  return { ...decisions, files: { ...decisions.files, [index]: { ...decisionOn(decisions, index), ...change } } };
}

export function skipFile(decisions: ImportDecisions, index: number, skip: boolean): ImportDecisions {
  return withFile(decisions, index, { skip });
}

/** Another kind has other fields: what was decided on the columns is dropped. */
export function chooseKind(decisions: ImportDecisions, index: number, kind: string): ImportDecisions {
  const { encoding } = decisionOn(decisions, index);
  return withFile(decisions, index, { ...KEEP, kind, encoding });
}

/** Read in another encoding the columns have other names: what was decided on them is dropped. */
export function chooseEncoding(decisions: ImportDecisions, index: number, encoding: string): ImportDecisions {
  const { kind } = decisionOn(decisions, index);
  return withFile(decisions, index, { ...KEEP, kind, encoding });
}

/** What was decided on the dates of the column before says nothing about those of this one. */
export function chooseColumn(
  decisions: ImportDecisions,
  index: number,
  field: string,
  column: string | null,
): ImportDecisions {
  const { columns, date_orders } = decisionOn(decisions, index);
  const { [field]: _, ...orders } = date_orders;
  return withFile(decisions, index, { columns: { ...columns, [field]: column }, date_orders: orders });
}

export function chooseDateOrder(
  decisions: ImportDecisions,
  index: number,
  field: string,
  order: string,
): ImportDecisions {
  return withFile(decisions, index, { date_orders: { ...decisionOn(decisions, index).date_orders, [field]: order } });
}

export function chooseStage(decisions: ImportDecisions, index: number, value: string, stage: string): ImportDecisions {
  return withFile(decisions, index, { stages: { ...decisionOn(decisions, index).stages, [value]: stage } });
}

export function chooseRole(decisions: ImportDecisions, index: number, value: string, role: string): ImportDecisions {
  return withFile(decisions, index, { roles: { ...decisionOn(decisions, index).roles, [value]: role } });
}

/** Whether both say the same on everything but names: what a preview of one asks about names holds for the other. */
export function sameButNames(one: ImportDecisions, other: ImportDecisions): boolean {
  return one.files === other.files && one.currency === other.currency && one.tax_included === other.tax_included;
}

/** Whether a preview of one shows what an import by the other would do. */
export function samePreview(one: ImportDecisions, other: ImportDecisions): boolean {
  return sameButNames(one, other) && one.aliases === other.aliases;
}

/** A name: the known name that it means, null for "not the same", undefined to leave it open again. */
export function chooseName(decisions: ImportDecisions, key: string, target: string | null | undefined): ImportDecisions {
  const aliases = { ...decisions.aliases };
  if (target === undefined) delete aliases[key];
  else aliases[key] = target;
  return { ...decisions, aliases };
}

/** Takes every proposal that nobody has decided yet. Names without a proposal stay open. */
export function takeProposals(decisions: ImportDecisions, preview: ImportPreview): ImportDecisions {
  const open = preview.aliases.filter((alias) => alias.proposal !== null && !isDecided(decisions, alias));
  return open.reduce((decided, alias) => chooseName(decided, alias.key, alias.proposal), decisions);
}

/** Whether a name was decided now or in an earlier import. */
export function isDecided(decisions: ImportDecisions, alias: { key: string; decided: boolean }): boolean {
  return alias.decided || alias.key in decisions.aliases;
}

/** Whether an import waits for a word on it: a proposal, and each person. Other names that no known one is like may stay unknown. */
export function mustBeDecided(decisions: ImportDecisions, alias: { key: string; kind: string; proposal: string | null; decided: boolean }): boolean {
  return !isDecided(decisions, alias) && (alias.proposal !== null || alias.kind === "person");
}
