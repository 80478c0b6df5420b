/** One text of the page's state, kept in the address: going back undoes it. */
import { useNavigate, useSearch } from "@tanstack/react-router";

/** The parameter, and how to set it (null removes it). Opening adds to the history, `replace` does not. */
export function useSearchText(name: string): [string | null, (value: string | null, replace?: boolean) => void] {
  const search: Record<string, string | undefined> = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = (value: string | null, replace = false) =>
    void navigate({
      to: ".",
      replace,
      search: (old: Record<string, unknown>) => ({ ...old, [name]: value ?? undefined }) as never,
    });
  return [search[name] ?? null, set];
}
