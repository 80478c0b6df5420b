/** Names of units where results are shown. */
import type { TFunction } from "i18next";

import type { OrganisationTree } from "../backend/generated";

/** What a unit made itself: its name, said so where others are below it; null is people of no unit. */
export function ownName(unit: string | null, { units }: OrganisationTree, t: TFunction): string {
  if (unit === null) return t("records.noUnit");
  const name = units.find(({ id }) => id === unit)?.name ?? unit;
  return units.some(({ parent }) => parent === unit) ? t("records.directly", { name }) : name;
}
