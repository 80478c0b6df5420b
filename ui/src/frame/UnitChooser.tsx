/** Chooses an organisation unit with all below it. */
import { TreeSelect } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { UnitRow } from "../backend/generated";
import { useRead } from "../backend/query";
import { useScope } from "../components/scope";
import { useWhole } from "../components/useWhole";

interface Node {
  value: string;
  title: string;
  children: Node[];
}

/** The flat list (parents before children) as a tree. */
export function unitTree(units: readonly UnitRow[], wholeCompany: string): Node[] {
  const nodes = new Map<string, Node>();
  const roots: Node[] = [];
  for (const unit of units) {
    // The company's name already stands beside the chooser.
    const node: Node = { value: unit.id, title: unit.kind === "company" ? wholeCompany : unit.name, children: [] };
    nodes.set(unit.id, node);
    const above = unit.parent ? nodes.get(unit.parent) : undefined;
    (above?.children ?? roots).push(node);
  }
  return roots;
}

export function UnitChooser() {
  const { t } = useTranslation();
  const { unit, setUnit } = useScope();
  const units = useRead("get_organisation", {}).data?.units;
  const whole = useWhole();
  const tree = useMemo(() => unitTree(units ?? [], whole), [units, whole]);
  const root = tree[0]?.value;
  return (
    <TreeSelect
      className="unit-chooser"
      variant="borderless"
      aria-label={t("frame.unit")}
      data-testid="unit-chooser"
      value={unit ?? root ?? whole}
      treeData={tree}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: "title" }}
      placeholder={whole}
      popupMatchSelectWidth={280}
      onChange={(value: string) => setUnit(value === root ? null : value)}
    />
  );
}
