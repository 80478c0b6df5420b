/** Puts people, a unit or everybody under a plan; changes, ends or removes an assignment. */
import { Button, DatePicker, Drawer, Form, Input, Popconfirm, Segmented, Select, TreeSelect } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { AssignPlan, PlanAssignmentRow, PlanChange, UnitRow } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { formatDate, parseTyped } from "../../../components/format";
import { Notes } from "../../../components/MessageText";
import { useChangeToast } from "../../../components/useChangeToast";
import { dayAfter, lastOf } from "./days";
import { usePlans } from "./usePlanNames";

interface Props {
  /** The one that is changed; null: a new one. */
  assignment: PlanAssignmentRow | null;
  people: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

interface Fields {
  whom: "person" | "unit" | "everybody";
  people: string[];
  unit: string | null;
  plan: string;
  from: Dayjs;
  last: Dayjs | null;
  target: string;
}

export function AssignDrawer({ assignment, people, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const saved = useChangeToast();
  const { plans, options, nextStart } = usePlans();
  const assign = useCommand("assign_plan");
  const end = useCommand("end_plan_assignment");
  const [form] = Form.useForm<Fields>();
  const [effect, setEffect] = useState<PlanChange | null>(null);
  const today = useRead("get_status", {}).data?.today ?? dayjs().format("YYYY-MM-DD");
  const initial = assignment
    ? fieldsOf(assignment)
    : { whom: "person" as const, people: [...people], unit: null, plan: "", from: dayjs(today).startOf("month"), last: null, target: "" };
  const send = (fields: Fields, preview: boolean) =>
    assign.mutate(argsOf(fields, assignment, preview), {
      onSuccess: (done) => {
        if (preview) return setEffect(done);
        saved(t("bonusPeople.saved", { people: done.people }));
        onDone();
      },
    });
  const remove = (id: string) =>
    end.mutate({ assignment: id, preview: false }, {
      onSuccess: () => {
        saved(t("bonusPeople.removed"));
        onDone();
      },
    });
  // What does not fit is said at its field.
  const check = () => void form.validateFields().then((fields) => send(fields, true), () => undefined);
  const failed = assign.error ?? end.error ?? plans.error;
  return (
    <Drawer open onClose={onClose} size={480} title={t(assignment ? "bonusPeople.change" : "bonusPeople.assign")} data-testid="assign-drawer">
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="assign-form"
        initialValues={initial}
        onValuesChange={({ plan }) => {
          // Within a period somebody would be under two plans: proposed is the start of the next one.
          const start = plan === undefined || assignment || form.isFieldTouched("from") ? null : nextStart(plan);
          if (start !== null) form.setFieldValue("from", dayjs(start));
          setEffect(null);
          assign.reset();
        }}
        onFinish={(fields) => send(fields, false)}
      >
        {assignment ? <p>{assignment.name ?? t("bonusPeople.everybody")}</p> : <Whom />}
        <Form.Item name="plan" label={t("bonusPeople.plan")} rules={[{ required: true, message: t("bonusPeople.planRule") }]}>
          <Select options={options} data-testid="assign-plan" />
        </Form.Item>
        <div className="assign-days">
          <Form.Item name="from" label={t("bonusPeople.from")} rules={[{ required: true, message: t("bonusPeople.fromRule") }]}>
            <DatePicker allowClear={false} data-testid="assign-from" />
          </Form.Item>
          <Form.Item name="last" label={t("bonusPeople.last")} extra={t("bonusPeople.lastHelp")}>
            <DatePicker data-testid="assign-last" />
          </Form.Item>
        </div>
        <Form.Item
          name="target"
          label={t("bonusPeople.target")}
          extra={t("bonusPeople.targetHelp")}
          rules={[{ validator: (_, text: string) => (text.trim() === "" || isAmount(text) ? Promise.resolve() : Promise.reject(new Error(t("bonusPeople.targetRule")))) }]}
        >
          <Input inputMode="decimal" data-testid="assign-target" />
        </Form.Item>
        {effect && <Effect effect={effect} />}
        {failed && <ErrorState error={failed} />}
        <div className="assign-actions">
          {assignment && (
            <Popconfirm title={t("bonusPeople.removeTitle")} description={t("bonusPeople.removeText")} okText={t("bonusPeople.remove")} cancelText={t("common.cancel")} onConfirm={() => remove(assignment.id)}>
              <Button danger loading={end.isPending} data-testid="assign-remove">
                {t("bonusPeople.remove")}
              </Button>
            </Popconfirm>
          )}
          <Button onClick={check} loading={assign.isPending && assign.variables.preview} data-testid="assign-check">
            {t("bonusPeople.check")}
          </Button>
          <Button type="primary" htmlType="submit" loading={assign.isPending && !assign.variables.preview} data-testid="assign-save">
            {t("common.save")}
          </Button>
        </div>
      </Form>
    </Drawer>
  );
}

/** Whom a new assignment is for. */
function Whom() {
  const { t } = useTranslation();
  const organisation = useRead("get_organisation", {}).data;
  const whom = Form.useWatch<Fields["whom"]>("whom") ?? "person";
  const people = useMemo(
    () => (organisation?.people ?? []).map((one) => ({ value: one.id, label: [one.name, one.staff_number].filter(Boolean).join(" ") })),
    [organisation],
  );
  const units = useMemo(() => treeOf(organisation?.units ?? []), [organisation]);
  return (
    <>
      <Form.Item name="whom" label={t("bonusPeople.whom")}>
        <Segmented
          block
          options={(["person", "unit", "everybody"] as const).map((value) => ({ value, label: t(`bonusPeople.whomKinds.${value}`) }))}
        />
      </Form.Item>
      {whom === "person" && (
        <Form.Item name="people" label={t("bonusPeople.whomKinds.person")} rules={[{ required: true, message: t("bonusPeople.peopleRule") }]}>
          <Select mode="multiple" options={people} showSearch={{ optionFilterProp: "label" }} data-testid="assign-people" />
        </Form.Item>
      )}
      {whom === "unit" && (
        <Form.Item name="unit" label={t("bonusPeople.whomKinds.unit")} rules={[{ required: true, message: t("bonusPeople.unitRule") }]}>
          <TreeSelect treeData={units} treeDefaultExpandAll showSearch={{ treeNodeFilterProp: "title" }} data-testid="assign-unit" />
        </Form.Item>
      )}
      {whom === "everybody" && <p className="quiet">{t("bonusPeople.everybodyHelp")}</p>}
    </>
  );
}

function Effect({ effect }: { effect: PlanChange }) {
  const { t } = useTranslation();
  return (
    <div className="assign-effect" role="status" data-testid="assign-effect">
      <p>
        {effect.people === 0
          ? t("bonusPeople.noEffect")
          : t("bonusPeople.effect", {
              people: effect.people,
              from: formatDate(effect.from),
              names: effect.names.join(t("bonusPeople.comma")),
              more: effect.people > effect.names.length ? t("bonusPeople.more") : "",
            })}
      </p>
      <Notes messages={effect.notes} tone="warning" />
    </div>
  );
}

interface Node {
  value: string;
  title: string;
  children: Node[];
}

/** The flat list (parents before children) as a tree. */
function treeOf(units: readonly UnitRow[]): Node[] {
  const nodes = new Map<string, Node>();
  const roots: Node[] = [];
  for (const unit of units) {
    const node: Node = { value: unit.id, title: unit.name, children: [] };
    nodes.set(unit.id, node);
    const above = unit.parent ? nodes.get(unit.parent) : undefined;
    (above?.children ?? roots).push(node);
  }
  return roots;
}

function isAmount(text: string): boolean {
  const typed = parseTyped(text);
  return typed !== null && !typed.startsWith("-");
}

function fieldsOf(row: PlanAssignmentRow): Fields {
  const last = lastOf(row.to);
  return {
    whom: row.person ? "person" : row.unit ? "unit" : "everybody",
    people: [],
    unit: null,
    plan: row.plan,
    from: dayjs(row.from ?? "1900-01-01"),
    last: last ? dayjs(last) : null,
    target: row.target_bonus?.amount ?? "",
  };
}

function argsOf(fields: Fields, assignment: PlanAssignmentRow | null, preview: boolean): AssignPlan {
  const target = fields.target.trim() === "" ? null : parseTyped(fields.target);
  return {
    plan: fields.plan,
    from: fields.from.format("YYYY-MM-DD"),
    ...(fields.last ? { to: dayAfter(fields.last.format("YYYY-MM-DD")) } : {}),
    ...(target === null ? {} : { target_bonus: target }),
    ...(assignment ? { assignment: assignment.id } : {}),
    ...(!assignment && fields.whom === "person" ? { people: fields.people } : {}),
    ...(!assignment && fields.whom === "unit" && fields.unit ? { unit: fields.unit } : {}),
    preview,
  };
}
