/** Changes of the fake: those that a handler notes can be taken back, and done again. */
import type { AuditLine, ChangeInfo, ChangeUndone, FieldLine, Message, RecordLine } from "../generated";
import type { World } from "./company";
import { refuse, type Context, type Handlers } from "./fake";

interface Entry {
  info: ChangeInfo;
  records: RecordLine[];
  undo: () => void;
  /** Does again what was undone; without, only the company's name comes back. */
  again?: (() => void) | undefined;
  /** Of an undo: what it took back. */
  base?: Entry;
}

const LOGS = new WeakMap<World, Entry[]>();

function logOf(world: World): Entry[] {
  const log = LOGS.get(world) ?? [];
  LOGS.set(world, log);
  return log;
}

export function said(text: string): Message {
  return { code: "value_text", params: { text } };
}

/** The field `name` from one text to another. */
export function nameField(from: string, to: string): FieldLine {
  return { field: "name", from: said(from), to: said(to), can_restore: true };
}

/** Notes a change with the way back. */
export function note(world: World, kind: string, what: Message, fields: FieldLine[], undo: () => void, again?: () => void): ChangeInfo {
  const entry = add(world, kind, what, null, fields, undo);
  entry.again = again;
  return entry.info;
}

function add(world: World, kind: string, what: Message, of: Message | null, fields: FieldLine[], undo: () => void): Entry {
  const log = logOf(world);
  const seq = log.length + 1;
  const entry: Entry = {
    info: {
      seq,
      id: `c-${seq}`,
      at: `2026-11-24T0${Math.min(seq, 9)}:00:00Z`,
      author: "local",
      kind,
      what,
      of,
      records: 1,
      batch: null,
      taken_back: false,
      can_take_back: kind !== "redo",
    },
    records: [{ entity: "org_unit", id: "u-company", name: said(world.company), fate: "changed", fields }],
    undo,
  };
  log.push(entry);
  return entry;
}

function find(world: World, id: string): Entry {
  const entry = logOf(world).find(({ info }) => info.id === id);
  if (!entry) throw refuse("no_such_change", { change: id });
  return entry;
}

function takeBack(entry: Entry, { world, changed }: Context): ChangeUndone {
  if (entry.info.taken_back) throw refuse("taken_back_already", { change: entry.info.id });
  const redo = entry.base !== undefined;
  const base = entry.base ?? entry;
  const before = world.company;
  entry.undo();
  entry.info.taken_back = true;
  entry.info.can_take_back = false;
  if (redo) base.info.taken_back = false;
  if (redo) base.info.can_take_back = true;
  const by = add(
    world,
    redo ? "redo" : "undo",
    { code: redo ? "change_redo" : "change_undo", params: {} },
    base.info.what,
    [nameField(before, world.company)],
    () => {
      base.again?.();
      world.company = before;
      for (const unit of world.units) if (!unit.parent) unit.name = before;
    },
  );
  if (!redo) by.base = base;
  changed("organisation", "settings", "goals", "bonus", "facts", "history", "audit");
  return { undone: base.info, by: by.info.id, later: [], redo, can_redo: !redo, removed: 0, restored: 1, kept: [], kept_count: 0 };
}

const isAnswer = ({ info }: Entry) => ["undo", "redo", "undo_batch"].includes(info.kind);

const AUDIT: AuditLine[] = [
  {
    seq: 2,
    at: "2026-11-23T02:00:00Z",
    actor: "local",
    action: "export.report",
    what: { code: "audit_entry", params: { action: "export.report", subject: "云帆科技有限公司 2026-Q3" } },
    details: [{ code: "audit_detail", params: { name: "formats", value: "pdf" } }],
    mark: "2-3f9a2c41b7d0",
  },
  {
    seq: 1,
    at: "2026-11-22T02:00:00Z",
    actor: "local",
    action: "bonus.run",
    what: { code: "audit_entry", params: { action: "bonus.run", subject: "" } },
    details: [{ code: "audit_detail", params: { name: "period", value: "2026-Q3" } }],
    mark: "1-aa10be77c0de",
  },
];

export const historyHandlers = {
  list_changes: ({ kinds, author }, { world }) => {
    const rows = logOf(world)
      .map(({ info }) => info)
      .filter((info) => (kinds.length === 0 || kinds.includes(info.kind)) && (!author || info.author === author))
      .toReversed();
    return { rows, next_cursor: null, total: rows.length, authors: ["local"] };
  },
  get_change: ({ change }, { world }) => {
    const { info, records } = find(world, change);
    return { change: info, records, more: 0 };
  },
  list_history: ({ entity, id }, { world }) => {
    const rows = logOf(world)
      .flatMap(({ info, records }) => records.filter((record) => record.id === id).map((record) => ({ change: info, record })))
      .toReversed();
    return { entity, name: said(world.company), exists: true, rows, next_cursor: null, total: rows.length };
  },
  list_goal_history: () => [],
  restore_value: (args, { world, changed }) => {
    const record = find(world, args.change).records.find(({ id }) => id === args.id);
    const field = record?.fields.find((one) => one.field === args.field);
    if (!record || !field) throw refuse("not_found", { what: "field", value: args.field });
    const present = said(world.company);
    if (!args.preview) {
      const before = world.company;
      note(world, "restore", { code: "change_restore", params: { field: args.field } }, [{ ...field, from: present, to: field.from }], () => {
        world.company = before;
      });
      world.company = field.from.params["text"] ?? "";
      changed("organisation", "settings", "history");
    }
    return { name: record.name, present, value: field.from, change: args.preview ? null : "c-new" };
  },
  get_last_action: (_, { world }) => {
    const log = logOf(world);
    const change = log.findLast((entry) => !isAnswer(entry) && !entry.info.taken_back)?.info ?? null;
    const after = log.findLast(({ info }) => info.kind === "undo_batch" && info.seq > (change?.seq ?? 0))?.info ?? null;
    return { change, after };
  },
  undo_change: ({ change }, context) => {
    const last = logOf(context.world).findLast((entry) => !isAnswer(entry) && !entry.info.taken_back);
    const entry = change === null ? last : find(context.world, change);
    if (!entry) throw refuse("nothing_to_undo");
    return takeBack(entry, context);
  },
  redo_change: (_, context) => {
    const entry = logOf(context.world).findLast(({ info, base }) => base !== undefined && !info.taken_back);
    if (!entry) throw refuse("nothing_to_undo");
    return takeBack(entry, context);
  },
  list_audit: ({ action }) => {
    const rows = AUDIT.filter((line) => !action || line.action === action);
    return { rows, next_cursor: null, total: rows.length, head: "2-3f9a2c41b7d0", actions: ["bonus.run", "export.report"], actors: ["local"] };
  },
  export_audit: () => ({ folder: "~/Documents", files: ["audit-2026-11-24.csv"], failed: [] }),
  check_head: ({ head }) => {
    if (!/^(\d+-)?[0-9a-f]{8,}$/.test(head)) throw refuse("not_a_head", { value: head });
    const ok = AUDIT.some(({ mark }) => mark === head);
    return { ok, head: "2-3f9a2c41b7d0", checks: [{ name: "head", ok, known: true, detail: ok ? null : `${head}: no entry has this hash` }] };
  },
} satisfies Partial<Handlers>;
