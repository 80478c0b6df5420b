/** Which records are open: a `Drill` in the address, so that the drawer survives a reload and Back closes it. */
import type { Drill } from "../backend/generated";
import { useSearchParam } from "./useSearchParam";

/** What a caller says; the rest is "all". */
export type DrillStart = Pick<Drill, "figure" | "scope"> & Partial<Pick<Drill, "person" | "customer_type" | "part">>;

export function drillText(drill: DrillStart): string {
  const text = new URLSearchParams({ figure: drill.figure, period: drill.scope.period });
  if (drill.scope.unit) text.set("unit", drill.scope.unit);
  if (drill.person) text.set("person", drill.person);
  // An empty type is a type of its own: deals without one.
  if (drill.customer_type !== undefined && drill.customer_type !== null) text.set("type", drill.customer_type);
  if (drill.part) text.set("part", drill.part);
  return text.toString();
}

export function parseDrill(text: string): Drill | null {
  const params = new URLSearchParams(text);
  const [figure, period] = [params.get("figure"), params.get("period")];
  if (!figure || !period) return null;
  return {
    figure,
    scope: { unit: params.get("unit"), period },
    person: params.get("person"),
    customer_type: params.get("type"),
    part: params.get("part"),
    cursor: null,
  };
}

export function useDrill() {
  const [text, setText] = useSearchParam("records");
  return {
    drill: text === null ? null : parseDrill(text),
    open: (drill: DrillStart) => setText(drillText(drill)),
    close: () => setText(null, true),
  };
}
