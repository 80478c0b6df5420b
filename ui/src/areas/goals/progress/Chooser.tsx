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
}

export function Chooser({ value, onChange }: Props) {
  const { t } = useTranslation();
  const whole = useWhole();
  const organisation = useRead("get_organisation", {}).data;
  const tree = useMemo(() => (organisation ? treeOf(organisation) : []), [organisation]);
  return (
    <TreeSelect
      aria-label={t("goalProgress.who")}
      data-testid="progress-who"
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

function treeOf({ units, people }: OrganisationTree): Node[] {
  const nodes = new Map<string, Node>();
  const roots: Node[] = [];
  for (const unit of units) {
    const node: Node = { value: unit.id, title: unit.name, children: [] };
    nodes.set(unit.id, node);
    (nodes.get(unit.parent ?? "")?.children ?? roots).push(node);
  }
  const carriers = people.filter((person) => person.carries_goal);
  const shared = sharedNames(carriers);
  for (const person of carriers) {
    const title = shared.has(person.name) && person.staff_number ? `${person.name} ${person.staff_number}` : person.name;
    (nodes.get(person.team ?? "")?.children ?? roots).push({ value: person.id, title, children: [] });
  }
  return roots;
}
