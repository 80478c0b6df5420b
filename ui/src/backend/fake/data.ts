/** Imports: what the dialog returns, drafts, previews, batches, undo. */
import type { ImportDraft, ImportFile, ImportPreview, ImportRequest, LaterImport } from "../generated";
import { fillWorld, type World } from "./company";
import { refuse, type Context, type Handlers } from "./fake";
import { sourceHandlers } from "./sources";
import { watchHandlers } from "./watching";
import { FIELDS, NEW_DEALS, REJECTED, sampleAliases, sampleControls, sampleFiles, UNREADABLE } from "./importFiles";

function decide(given: ImportFile, { decisions }: ImportRequest): ImportFile {
  const file = decisions.tax_included === null ? given : { ...given, tax_included: given.kind === "opportunities" ? decisions.tax_included || null : null };
  const decision = decisions.files[file.index];
  if (!decision) return file;
  const kind = decision.kind ?? file.kind;
  const base = kind === file.kind || !kind ? file.fields : (FIELDS[kind] ?? []).map(([field, required]) => ({ field, required, column: null, date_order: null, readings: null }));
  return {
    ...file,
    kind,
    encoding: decision.encoding ?? file.encoding,
    fields: base.map((field) => ({
      ...field,
      column: decision.columns[field.field] === undefined ? field.column : (decision.columns[field.field] ?? null),
      date_order: decision.date_orders[field.field] ?? field.date_order,
    })),
    stages: file.stages.map((stage) => ({ ...stage, stage: decision.stages[stage.value] ?? stage.stage })),
    roles: file.roles.map((role) => ({ ...role, role: decision.roles[role.value] ?? role.role })),
  };
}

function laterImports(world: World, batch: string): LaterImport[] {
  const repeats = world.repeats?.[batch] ?? {};
  return world.batches
    .filter(({ id, undone_at }) => !undone_at && repeats[id] !== undefined)
    .map((one) => ({ import: { ...one }, repeated_rows: repeats[one.id] ?? 0 }))
    .toReversed();
}

function draft(request: ImportRequest, world: World): ImportDraft {
  return {
    session: request.session,
    source: "crm",
    files: sampleFiles(world.openDates, world.taxRemembered).map((file) => decide(file, request)),
    unreadable: UNREADABLE,
  };
}

function preview(request: ImportRequest, committed: boolean, known: boolean, world: World): ImportPreview {
  const files = draft(request, world).files.filter((file) => file.kind && !request.decisions.files[file.index]?.skip);
  const aliases = sampleAliases().map((alias) => ({ ...alias, decided: alias.key in request.decisions.aliases }));
  return {
    files: files.map((file) => {
      const rejected = file.kind === "opportunities" ? REJECTED : [];
      const taken = file.rows - rejected.length;
      return {
        index: file.index,
        file: file.file,
        kind: file.kind ?? "",
        new_rows: known ? 0 : taken,
        changed_rows: 0,
        unchanged_rows: known ? taken : 0,
        rejected_rows: rejected.length,
        rejected,
        new_samples: file.kind === "opportunities" && !known && !committed ? NEW_DEALS : [],
        changed_samples: [],
      };
    }),
    aliases,
    controls: sampleControls(committed),
    undecided: { rows: 0, amount: null },
    notes: [
      { code: "deals_without_customer", params: { count: "26" } },
      { code: "agents_without_deals", params: { count: "1", names: "徐浩" } },
    ],
    disagreements: { count: 0, samples: [] },
    emptied: { count: 0, fields: [], example: null },
    batch: committed ? `b-${request.session}` : null,
    nothing_to_do: known,
  };
}

const knows = (context: Context) => context.world.batches.some((batch) => batch.source === "CRM 导出" && !batch.undone_at);

export const dataHandlers = {
  pick_import_files: (_, { world }) =>
    draft({ session: "s-1", decisions: { files: {}, aliases: {}, currency: null, tax_included: null, source: null, remember_mapping: true, in_full: false } }, world),
  update_import: (request, { world }) => draft(request, world),
  preview_import: async (request, context) => {
    await context.work([
      ["reading", 1_318],
      ["matching", 1_318],
    ]);
    return preview(request, false, knows(context), context.world);
  },
  commit_import: async (request, context) => {
    const { world, changed, work } = context;
    const known = knows(context);
    const before = preview(request, false, known, world);
    const open = before.aliases.filter((alias) => !alias.decided);
    if (open.length > 0) throw refuse("undecided_aliases", { count: String(open.length), first: open[0]?.text ?? "" });
    await work([
      ["writing", 1_318],
      ["rollups", 1_318],
    ]);
    const result = preview(request, true, known, world);
    if (world.state !== "ready") {
      fillWorld(world);
      world.batches = [];
    }
    const sum = (key: "new_rows" | "changed_rows" | "unchanged_rows" | "rejected_rows") =>
      result.files.reduce((total, file) => total + file[key], 0);
    world.batches.push({
      id: result.batch ?? "",
      source: "CRM 导出",
      files: result.files.map((file) => file.file),
      at: "2026-11-24T03:05:00Z",
      new_rows: sum("new_rows"),
      changed_rows: sum("changed_rows"),
      unchanged_rows: sum("unchanged_rows"),
      rejected_rows: sum("rejected_rows"),
      undone_at: null,
    });
    changed("organisation", "facts", "batches");
    return result;
  },
  list_batches: (_, { world }) => world.batches.toReversed(),
  list_later_imports: ({ batch }, { world }) => laterImports(world, batch),
  undo_batch: ({ batch, later }, { world, changed }) => {
    const found = world.batches.find((candidate) => candidate.id === batch);
    if (!found) throw refuse("no_such_batch");
    if (found.undone_at) throw refuse("batch_undone_already");
    const repeating = laterImports(world, batch);
    const given = later === "ask" ? null : later;
    const goToo = given !== null && "take_back_too" in given;
    const shown = given === null ? [] : "leave" in given ? given.leave.imports : given.take_back_too.imports;
    if (repeating.some(({ import: one }) => !shown.includes(one.id))) {
      throw refuse("repeated_later", { batch, count: String(repeating.length), imports: repeating[0]?.import.files.join(", ") ?? "" });
    }
    const too = goToo ? repeating.map(({ import: one }) => one) : [];
    const going = new Set([batch, ...too.map(({ id }) => id)]);
    for (const one of world.batches.filter(({ id }) => going.has(id))) one.undone_at = "2026-11-24T03:20:00Z";
    if (world.batches.every((candidate) => candidate.undone_at)) world.state = "empty";
    changed("organisation", "facts", "batches");
    const kept = Array.from({ length: world.keptByUndo ?? 0 }, (_, index) => ({
      code: "kept_referred_to",
      params: { entity: "person", name: `N${index + 1}` },
    }));
    return { later: too.toReversed(), removed: found.new_rows, restored: found.changed_rows, kept, kept_count: kept.length };
  },
  list_rejected: ({ offset, counted }) => {
    const all = counted ? REJECTED.filter((row) => row.reason.params["counted"] === `${counted.kind} ${counted.period}`) : REJECTED;
    return { rows: all.slice(offset), total: all.length, next: null };
  },
  list_facts: ({ kind, after }, { world }) => {
    const columns = (...all: readonly [field: string, holds: string][]) => all.map(([field, holds]) => ({ field, holds }));
    const line = (id: string, source: string, ...cells: string[]) => ({ id, source, cells });
    if (kind === "contracts") {
      const lines = [
        line("f-1", "crm", "HT-2026-001", "宏远贸易", "1234567.00", "2026-03-02"),
        line("f-2", "erp", "HT-2026-001", "新禾食品", "25600.00", ""),
      ];
      return {
        entity: "contract",
        columns: columns(["external_id", "text"], ["customer", "text"], ["amount", "amount"], ["signed_on", "date"]),
        rows: world.pagedFacts ? lines.slice(after ? 1 : 0, after ? 2 : 1) : lines,
        next: world.pagedFacts && !after ? "f-1" : null,
        currency: "CNY",
        total: lines.length,
      };
    }
    if (kind === "stage_history") {
      return {
        entity: "stage_event",
        columns: columns(["external_id", "text"], ["stage", "stage"]),
        rows: [line("f-3", "crm", "S-1", "won")],
        next: null,
        currency: "CNY",
        total: 1,
      };
    }
    return { entity: kind, columns: columns(["external_id", "text"]), rows: [], next: null, currency: "CNY", total: 0 };
  },
  ...sourceHandlers,
  ...watchHandlers,
  get_reconciliation: (_, { world }) =>
    world.batches.length === 0
      ? []
      : [
          {
            source: "crm",
            kind: "invoices",
            period: "2026-03",
            batch: world.batches[0]!.id,
            files: world.batches[0]!.files,
            file_rows: 2,
            file_amount: { amount: "339.00", currency: "CNY" },
            store_rows: 1,
            store_amount: { amount: "113.00", currency: "CNY" },
            imports: 1,
            row_difference: -1,
            amount_difference: { amount: "-226.00", currency: "CNY" },
            agrees: false,
          },
          {
            source: "crm",
            kind: "opportunities",
            period: "2026-04",
            batch: world.batches[0]!.id,
            files: world.batches[0]!.files,
            file_rows: 1,
            file_amount: null,
            store_rows: 0,
            store_amount: null,
            imports: 1,
            row_difference: -1,
            amount_difference: null,
            agrees: false,
          },
          {
            source: "crm",
            kind: "opportunities",
            period: "stage_undecided",
            batch: world.batches[0]!.id,
            files: world.batches[0]!.files,
            file_rows: 1,
            file_amount: { amount: "77.00", currency: "CNY" },
            store_rows: 0,
            store_amount: { amount: "0.00", currency: "CNY" },
            imports: 1,
            row_difference: -1,
            amount_difference: { amount: "-77.00", currency: "CNY" },
            agrees: false,
          },
        ],
  save_template: ({ kind }) => ({ folder: "~/Documents", files: [`template - ${kind}.xlsx`], failed: [] }),
  export_rejected: () => ({ folder: "~/Documents", files: ["未导入行.xlsx"], failed: [] }),
} satisfies Partial<Handlers>;
