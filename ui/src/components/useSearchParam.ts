/** One search parameter of the address as state: a page's state survives reload, and Back works. */
import { useNavigate, useSearch } from "@tanstack/react-router";

export function useSearchParam(name: string): [string | null, (value: string | null, replace?: boolean) => void] {
  const search: Record<string, string | undefined> = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = (value: string | null, replace = false) =>
    void navigate({
      to: ".",
      search: (old: Record<string, unknown>) => ({ ...old, [name]: value ?? undefined }) as never,
      replace,
    });
  return [search[name] ?? null, set];
}
