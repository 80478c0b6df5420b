/** Everybody of the organisation for a chooser, told apart by number and team. */
import { useMemo } from "react";

import { useRead } from "../../../backend/query";

export function usePeople() {
  const organisation = useRead("get_organisation", {}).data;
  return useMemo(() => {
    const units = new Map(organisation?.units.map((unit) => [unit.id, unit.name]));
    return (organisation?.people ?? []).map((person) => ({
      value: person.id,
      label: [person.name, person.staff_number, person.team && units.get(person.team)].filter(Boolean).join(" "),
    }));
  }, [organisation]);
}
