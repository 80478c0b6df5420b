/** Which records are open: a `Drill` in the address, so that the drawer survives a reload and Back closes it. */
import type { Drill } from "../backend/generated";
import { useSearchParam } from "./useSearchParam";

export function drillText(drill: Drill): string {
  const text = new URLSearchParams({ figure: drill.figure, from: drill.days.from, to: drill.days.to });
  if (drill.unit) text.set("unit", drill.unit);
  if (drill.directly) text.set("directly", "1");
  if (drill.person) text.set("person", drill.person);
  // An empty type is a type of its own: deals without one.
  for (const type of drill.customer_types) text.append("type", type);
  if (drill.customer) text.set("customer", drill.customer);
  return text.toString();
}

export function parseDrill(text: string): Drill | null {
  const params = new URLSearchParams(text);
  const [figure, from, to] = [params.get("figure"), params.get("from"), params.get("to")];
  if (!figure || !from || !to) return null;
  const customer = params.get("customer");
  return {
    figure,
    unit: params.get("unit"),
    directly: params.has("directly"),
    days: { from, to },
    person: params.get("person"),
    customer_types: params.getAll("type"),
    ...(customer === null ? {} : { customer }),
    cursor: null,
  };
}

export function useDrill() {
  const [text, setText] = useSearchParam("records");
  return {
    drill: text === null ? null : parseDrill(text),
    open: (drill: Drill) => setText(drillText(drill)),
    close: () => setText(null, true),
  };
}
