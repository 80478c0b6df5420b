/** The areas, each with the right without which it would be empty. */
import { Award, ChartColumn, Database, House, Settings, Target } from "lucide-react";

import type { Right } from "../backend/generated";

export const AREAS = [
  { name: "home", to: "/", Icon: House, needs: "own_account" },
  { name: "goals", to: "/goals", Icon: Target, needs: "see_own_results" },
  { name: "performance", to: "/performance", Icon: ChartColumn, needs: "see_own_results" },
  { name: "bonus", to: "/bonus", Icon: Award, needs: "see_own_pay" },
  { name: "data", to: "/data", Icon: Database, needs: "see_imports" },
  { name: "settings", to: "/settings", Icon: Settings, needs: "own_account" },
] as const satisfies readonly { name: string; to: string; Icon: unknown; needs: Right }[];
