/** Chooses whose progress is shown: a unit with all below it, or a person. */
import { TreeSelect } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { OrganisationTree } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { sharedNames } from "../../../components/sharedNames";
import { useWhole } from "../../../components/useWhole";

interface Node {
  value: string;
  title: string;
  children: Node[];
}

interface Props {
  value: string | null;
  onChange: (unit: string | null) => void;
  /** Of a form's label. */
  id?: string;
  label?: string;
  /** Also who leads, and carries no goal in amounts. */
  everybody?: boolean;
  testId?: string;
}

export function Chooser({ value, onChange, id, label, everybody = false, testId = "progress-who" }: Props) {
  const { t } = useTranslation();
  const whole = useWhole();
  const organisation = useRead("get_organisation", {}).data;
  const tree = useMemo(() => (organisation ? treeOf(organisation, everybody) : []), [organisation, everybody]);
  return (
    <TreeSelect
      {...(id === undefined ? { "aria-label": label ?? t("goalProgress.who") } : { id })}
      data-testid={testId}
      className="progress-who"
      value={value ?? tree[0]?.value ?? whole}
      treeData={tree}
      treeDefaultExpandedKeys={tree.map((node) => node.value)}
      showSearch={{ treeNodeFilterProp: "title" }}
      popupMatchSelectWidth={300}
      onChange={(chosen: string) => onChange(chosen)}
    />
  );
}

function treeOf({ units, people }: OrganisationTree, everybody: boolean): Node[] {
  const nodes = new Map<string, Node>();
  const roots: Node[] = [];
  for (const unit of units) {
    const node: Node = { value: unit.id, title: unit.name, children: [] };
    nodes.set(unit.id, node);
    (nodes.get(unit.parent ?? "")?.children ?? roots).push(node);
  }
  const carriers = people.filter((person) => person.carries_goal || (everybody && person.team !== null));
  const shared = sharedNames(carriers);
  for (const person of carriers) {
    const title = shared.has(person.name) && person.staff_number ? `${person.name} ${person.staff_number}` : person.name;
    (nodes.get(person.team ?? "")?.children ?? roots).push({ value: person.id, title, children: [] });
  }
  return roots;
}
