/** Customers of the fake that may be one: a pair that is proposed, and what was decided on it. */
import type { CustomerCard, CustomerName, MergedPair } from "../generated";
import type { World } from "./company";
import { refuse, type Handlers } from "./fake";

interface Decisions {
  merged: MergedPair[];
  apart: boolean;
}

const DECISIONS = new WeakMap<World, Decisions>();

function decisionsOf(world: World): Decisions {
  const found = DECISIONS.get(world) ?? { merged: [], apart: false };
  DECISIONS.set(world, found);
  return found;
}

const CARDS: readonly CustomerCard[] = [
  {
    customer: { id: "k-1", name: "宏远贸易", source: "crm", external_id: "C-1001" },
    fields: [
      { field: "customer_type", value: "制造" },
      { field: "region", value: "上海" },
    ],
    contacts: ["王芳 13800000000"],
    rows: [
      { kind: "opportunities", count: 4 },
      { kind: "contacts", count: 1 },
    ],
  },
  {
    customer: { id: "k-2", name: "宏远贸易有限公司", source: "erp", external_id: "88" },
    fields: [{ field: "customer_type", value: "制造" }],
    contacts: [],
    rows: [{ kind: "opportunities", count: 1 }],
  },
];

function card(id: string): CustomerCard {
  const found = CARDS.find(({ customer }) => customer.id === id);
  if (!found) throw refuse("not_found", { what: "customer", value: id });
  return found;
}

const nameOf = (id: string): CustomerName => card(id).customer;
const rowsOf = (id: string) => card(id).rows.reduce((sum, { count }) => sum + count, 0);

export const customerHandlers = {
  list_duplicates: (_, { world }) => {
    const { merged, apart } = decisionsOf(world);
    const open = world.batches.length > 0 && !apart && merged.length === 0;
    return open ? [{ one: nameOf("k-1"), other: nameOf("k-2"), reasons: ["same_name", "same_phone"] }] : [];
  },
  list_decided_customers: (_, { world }) => {
    const { merged, apart } = decisionsOf(world);
    return { merged, apart: apart ? [{ one: nameOf("k-1"), other: nameOf("k-2") }] : [] };
  },
  compare_customers: ({ customer, into }) => ({ one: card(customer), other: card(into) }),
  merge_customers: ({ customer, into }, { world, changed }) => {
    const rows = rowsOf(customer);
    decisionsOf(world).merged.push({ customer: nameOf(customer), into: nameOf(into), rows });
    changed("facts");
    return { rows };
  },
  unmerge_customer: ({ customer }, { world, changed }) => {
    const own = decisionsOf(world);
    own.merged = own.merged.filter((pair) => pair.customer.id !== customer);
    changed("facts");
    return { rows: rowsOf(customer) };
  },
  keep_customers_apart: ({ apart }, { world, changed }) => {
    decisionsOf(world).apart = apart;
    changed("settings");
    return null;
  },
} satisfies Partial<Handlers>;
