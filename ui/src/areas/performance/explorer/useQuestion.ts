/** What is asked, in the address: it survives a reload, and Back goes to the question before. */
import { useNavigate, useSearch } from "@tanstack/react-router";

import type { MetricInfo, ViewQuestion } from "../../../backend/generated";
import { COMPARISONS, fitted, FORMS, GRAINS, MAX_LIMIT, SPLITS } from "../boards/questions";

type Search = Record<string, string | undefined>;

export function useQuestion(metrics: readonly MetricInfo[]): [ViewQuestion, (question: ViewQuestion, view?: string | null) => void] {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = (question: ViewQuestion, view?: string | null) =>
    void navigate({
      to: ".",
      search: (old: Search) => ({ ...old, ...written(question), ...(view !== undefined && { view: view ?? undefined }) }) as never,
    });
  return [read(search, metrics), set];
}

function written({ form, metric, by, grain, compare, filter, limit }: ViewQuestion): Search {
  return {
    form,
    metric,
    by: by ?? undefined,
    grain: grain ?? undefined,
    compare: compare ?? undefined,
    only: filter?.by,
    // The part "without" has an empty key, which an address would lose.
    part: filter ? `=${filter.key}` : undefined,
    limit: limit ? String(limit) : undefined,
  };
}

function read(search: Search, metrics: readonly MetricInfo[]): ViewQuestion {
  const pick = <T extends string>(all: readonly T[], text: string | undefined) => all.find((one) => one === text) ?? null;
  const usable = metrics.filter(({ problem }) => problem === null);
  const only = pick(SPLITS, search["only"]);
  const limit = Number(search["limit"]);
  const by = pick(SPLITS, search["by"]);
  const grain = pick(GRAINS, search["grain"]);
  return fitted(
    {
      form: pick(FORMS, search["form"]) ?? (by === null ? "bars" : "ranking"),
      // One that is gone stays asked for, and is answered with that: another in its place would be taken for it.
      metric: search["metric"] ?? usable[0]?.code ?? "won_amount",
      by,
      grain: grain ?? (search["form"] === undefined && by === null ? "month" : null),
      compare: pick(COMPARISONS, search["compare"]),
      filter: only && search["part"]?.startsWith("=") ? { by: only, key: search["part"].slice(1) } : null,
      limit: Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT ? limit : null,
    },
    metrics,
  );
}
