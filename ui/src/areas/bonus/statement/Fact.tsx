/** A figure with its name above. */
import type { ReactNode } from "react";

export function Fact({ label, strong, children }: { label: string; strong?: boolean; children: ReactNode }) {
  return (
    <div className={strong ? "fact fact-strong" : "fact"}>
      <span className="quiet">{label}</span>
      <strong>{children}</strong>
    </div>
  );
}
