/** What the person at the window may do: it shows nothing else. The program checks it all the same. */
import { useCallback } from "react";

import type { Right } from "../backend/generated";
import { useRead } from "../backend/query";

export function useRights(): (right: Right) => boolean {
  const rights = useRead("get_status", {}).data?.signed_in?.rights;
  return useCallback((right: Right) => rights?.includes(right) ?? false, [rights]);
}
