/** A page opens at its top; going back finds it where it was left. Parameters of one page move nothing. */
import { useRouter, type ParsedLocation } from "@tanstack/react-router";
import { useEffect, type RefObject } from "react";

export function useScrollPlaces(box: RefObject<HTMLElement | null>): void {
  const router = useRouter();
  useEffect(() => {
    const places = new Map<string, number>();
    let returns = false;
    const leaves = [
      router.history.subscribe(({ action }) => {
        returns = action.type === "BACK" || action.type === "FORWARD" || action.type === "GO";
      }),
      router.subscribe("onBeforeNavigate", ({ fromLocation, pathChanged }) => {
        if (fromLocation && pathChanged) places.set(keyOf(fromLocation), box.current?.scrollTop ?? 0);
      }),
      router.subscribe("onRendered", ({ toLocation, pathChanged }) => {
        if (pathChanged && box.current) box.current.scrollTop = (returns && places.get(keyOf(toLocation))) || 0;
      }),
    ];
    return () => leaves.forEach((leave) => leave());
  }, [router, box]);
}

/** An entry of the history; two visits of one page are two places. */
function keyOf(location: ParsedLocation): string {
  // oxlint-disable-next-line no-underscore-dangle -- the router's own name
  return location.state.__TSR_key ?? location.href;
}
