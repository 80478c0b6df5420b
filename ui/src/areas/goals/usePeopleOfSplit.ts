/** Whom a split of the year counts: asked of the split itself, so that the list and the outcome never differ. */
import { useQuery } from "@tanstack/react-query";

import { useBackend, type BackendError } from "../../backend/backend";
import { peopleOfSplit, type Weighed } from "./weights";
import { useGoalMetric } from "./metric";

export function usePeopleOfSplit(year: number, enabled: boolean) {
  const [metric] = useGoalMetric();
  const backend = useBackend();
  return useQuery<Weighed[], BackendError>({
    queryKey: ["people_of_split", metric, year],
    queryFn: async () => {
      const [split, organisation] = await Promise.all([
        backend.call("split_goal", { metric, year, rule: { by: "equal" }, preview: true }),
        backend.call("get_organisation", {}),
      ]);
      return peopleOfSplit(split, organisation);
    },
    enabled,
    // The assistant asks anew each time it opens.
    gcTime: 0,
    staleTime: 0,
  });
}
