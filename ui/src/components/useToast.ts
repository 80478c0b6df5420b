/** A short word at the bottom right: it never covers the top bar or a field, and no more than two stand at once. */
import { App } from "antd";
import { useMemo } from "react";

/** Where toasts stand, for Ant Design's `App`. */
export const TOASTS = { placement: "bottomRight", maxCount: 2, stack: false } as const;

const STAY_S = 4;

export interface Toast {
  done: (text: string, seconds?: number) => void;
  failed: (text: string) => void;
  hint: (text: string) => void;
  /** Takes away what stands. */
  clear: () => void;
}

export function useToast(): Toast {
  const { notification } = App.useApp();
  return useMemo(
    () => ({
      done: (title, duration = STAY_S) => notification.success({ title, duration, role: "status" }),
      failed: (title) => notification.error({ title, duration: STAY_S * 2, role: "alert" }),
      hint: (title) => notification.info({ title, duration: STAY_S * 2, role: "status" }),
      clear: () => notification.destroy(),
    }),
    [notification],
  );
}
