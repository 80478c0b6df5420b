/** Two sources, their order, and a customer on which they disagree. */
import type { Disagreement, SourceList } from "../generated";
import { refuse, type Handlers } from "./fake";

const text = (value: string) => ({ code: "value_text", params: { text: value } });

const SAID: Record<string, string> = { crm: "华东", erp: "华北" };

/** The customer's region as the order or a person's choice has it. */
export function dispute(order: readonly string[], chosen: string | null): Disagreement {
  const winner = chosen ?? order[0] ?? "crm";
  return {
    entity: "customer",
    kind: "customers",
    id: "c-1",
    name: text("华讯科技"),
    field: "region",
    value: text(SAID[winner] ?? ""),
    reason: chosen && chosen !== order[0] ? "chosen" : "precedence",
    values: order.map((source) => ({
      source,
      value: text(SAID[source] ?? ""),
      at: "2026-11-02T08:00:00Z",
      batch: "b-1",
      stands: source === winner,
    })),
  };
}

export const sourceHandlers = {
  list_sources: (_, { world }): SourceList => ({
    sources: (world.sourceOrder ?? []).map((source, index) => ({
      source,
      place: index + 1,
      imports: 1,
      last_at: "2026-11-02T08:00:00Z",
      kinds: ["customers"],
      disagreements: 1,
    })),
    order: { order: world.sourceOrder ?? [], kinds: {} },
    changed_records: 0,
    apart: [],
  }),
  set_source_order: ({ order }, context): SourceList => {
    const before = context.world.sourceOrder ?? [];
    context.world.sourceOrder = order;
    context.changed("settings", "batches", "facts");
    return { ...sourceHandlers.list_sources({}, context), changed_records: 1, apart: order.length > 1 ? order.filter((one) => !before.includes(one)) : [] };
  },
  list_disagreements: ({ source }, { world }) => {
    const order = world.sourceOrder ?? [];
    const rows = order.length > 1 && (!source || order.includes(source)) ? [dispute(order, world.chosenSource ?? null)] : [];
    return { rows, next: null, total: rows.length };
  },
  take_value: ({ source }, { world, changed }) => {
    if (!world.sourceOrder?.includes(source)) throw refuse("not_found", { what: "source", value: source });
    world.chosenSource = source;
    changed("batches", "facts");
    return dispute(world.sourceOrder, source);
  },
} satisfies Partial<Handlers>;
