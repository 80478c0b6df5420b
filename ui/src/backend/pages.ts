/** Lists that come in windows: the rows of all windows together, what fetches the next, and what failed. */
import { keepPreviousData, useInfiniteQuery, type InfiniteData } from "@tanstack/react-query";

import { useBackend, type Args, type BackendError, type Result } from "./backend";
import type { ReadingCommand } from "./topics";

/** Reading commands whose answers are windows of rows. */
export type PagedCommand = {
  [K in ReadingCommand]: Result<K> extends { rows: readonly unknown[] } ? K : never;
}[ReadingCommand];

/** What a table does at its last row; spread it into a `DataTable`. */
export interface End {
  /** Fetches the next window. None while one is on its way, at the end, and after a failure: scrolling does not ask again. */
  onEnd: (() => void) | undefined;
  /** The failure after which rows are missing, or old, and the way to try again. */
  endError: { error: BackendError; retry: () => void } | null;
}

/**
 * `argsAt` gives the arguments of the window after a cursor (null: the first), `next` the cursor after a window.
 * The answer is the first window's with the rows of all.
 */
export function usePages<K extends PagedCommand, C extends string | number>(
  name: K,
  argsAt: (cursor: C | null) => Args<K>,
  next: (last: Result<K>, all: readonly Result<K>[]) => C | null | undefined,
  options: { keepPrevious?: boolean } = {},
) {
  const backend = useBackend();
  const pages = useInfiniteQuery<Result<K>, BackendError, Result<K>, readonly unknown[], C | null>({
    queryKey: [name, argsAt(null), "pages"],
    queryFn: ({ pageParam }) => backend.call(name, argsAt(pageParam as C | null)),
    initialPageParam: null,
    getNextPageParam: (last, all) => next(last, all),
    select: joined,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
  const more = () => void pages.fetchNextPage();
  const failed = pages.data !== undefined && pages.error !== null && !pages.isFetching;
  const end: End = {
    onEnd: pages.hasNextPage && !pages.isFetching && !failed ? more : undefined,
    endError: failed ? { error: pages.error, retry: pages.isFetchNextPageError ? more : () => void pages.refetch() } : null,
  };
  return {
    data: pages.data,
    error: pages.error,
    isPending: pages.isPending,
    refetch: pages.refetch,
    isLoadingMore: pages.isFetchingNextPage,
    end,
  };
}

function joined<P>({ pages }: InfiniteData<P>): P {
  const rows = pages.flatMap((page) => (page as { rows: readonly unknown[] }).rows);
  return { ...(pages[0] as P), rows };
}
