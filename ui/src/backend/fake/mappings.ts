/** Kept mappings of the fake: one that was remembered, one with a name; a dialog that brings a third. */
import type { MappingInfo } from "../generated";
import type { World } from "./company";
import { refuse, type Handlers } from "./fake";

const KEPT = new WeakMap<World, MappingInfo[]>();

function keptOf(world: World): MappingInfo[] {
  const found = KEPT.get(world) ?? [
    { name: `people:${"a".repeat(32)}`, kind: "people", columns: ["姓名", "团队"], remembered: true, source: "erp" },
    { name: "CRM 商机", kind: "opportunities", columns: ["商机编号", "负责人", "阶段"], remembered: false, source: null },
  ];
  KEPT.set(world, found);
  return found;
}

function find(world: World, name: string): MappingInfo {
  const found = keptOf(world).find((one) => one.name === name);
  if (!found) throw refuse("not_found", { what: "mapping", value: name });
  return found;
}

export const mappingHandlers = {
  list_mappings: (_, { world }) => keptOf(world),
  export_mapping: ({ name }) => ({ folder: "~/Documents", files: [`mapping - ${name}.toml`], failed: [] }),
  import_mapping: (_, { world, changed }) => {
    const kept = { name: "发票导出", kind: "invoices", columns: ["号码", "购方"], remembered: false, source: null };
    keptOf(world).push(kept);
    changed("batches");
    return kept;
  },
  name_mapping: ({ name, new_name }, { world, changed }) => {
    const found = find(world, name);
    if (keptOf(world).some((one) => one !== found && one.name === new_name)) {
      throw refuse("input", { what: "name", value: new_name, expected: "a name that no mapping has" });
    }
    const named = { ...found, name: new_name, remembered: false, source: null };
    if (found.remembered) keptOf(world).push(named);
    else Object.assign(found, named);
    changed("batches");
    return named;
  },
  delete_mapping: ({ name }, { world, changed }) => {
    const all = keptOf(world);
    all.splice(all.indexOf(find(world, name)), 1);
    changed("batches");
    return null;
  },
} satisfies Partial<Handlers>;
