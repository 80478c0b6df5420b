/** One part of a component, as the document has them: its name, its problems, its settings. */
import { useId, type ReactNode } from "react";

import type { PlanProblem } from "../../../../backend/generated";
import type { Component } from "../document";
import { ofPart, type Part as PartName } from "../places";
import { Problems } from "../Problems";

/** What every part is given. */
export interface PartProps {
  component: Component;
  /** Its place in the plan: `components.0`. */
  path: string;
  /** Of this component. */
  problems: readonly PlanProblem[];
  onChange: (component: Component) => void;
}

export function Part(props: { name: PartName; title: string; context?: ReactNode; problems: readonly PlanProblem[]; actions?: ReactNode; children?: ReactNode }) {
  const id = useId();
  return (
    <section className="plan-part" aria-labelledby={id} data-testid={`plan-part-${props.name}`}>
      <header className="plan-part-head">
        <h3 id={id}>{props.title}</h3>
        {props.context && <p className="quiet">{props.context}</p>}
        {props.actions}
      </header>
      <Problems problems={ofPart(props.problems, props.name)} />
      {props.children}
    </section>
  );
}
