/** What every field of the plan's form has to know. */
import { createContext, useContext } from "react";

import type { FieldErrors } from "./fields";

export interface Shared {
  errors: FieldErrors;
  currency: string;
}

const SharedContext = createContext<Shared>({ errors: new Map(), currency: "CNY" });
export const SharedProvider = SharedContext.Provider;

export function useShared(): Shared {
  return useContext(SharedContext);
}

/** The id of the field at a place of the plan. */
export function idOf(path: string): string {
  return `plan-${path.replaceAll(".", "-")}`;
}
