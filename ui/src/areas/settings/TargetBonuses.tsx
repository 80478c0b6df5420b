/** Target bonuses: a dated record per person, set for the chosen or for all. */
import { Button, DatePicker, Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { SetTargetBonuses, Status, TargetBonusRow } from "../../backend/generated";
import { useCommand, useRead } from "../../backend/query";
import { DataTable, type Column } from "../../components/DataTable";
import { ErrorState } from "../../components/ErrorState";
import { compareExact, currencySymbol, formatAmount, formatCount, formatDate, parseTyped, signOf } from "../../components/format";
import { Money } from "../../components/figures";
import { HistoryDrawer, type Subject } from "../../components/history/HistoryDrawer";
import { lastDay, parsePeriod } from "../../components/period";
import { Answer, EmptyState, Section } from "../../components/Page";
import { useRights } from "../../components/rights";
import { useScope } from "../../components/scope";
import { useToast } from "../../components/useToast";

export function TargetBonuses({ status }: { status: Status }) {
  const { t } = useTranslation();
  const may = useRights();
  const maySet = may("set_target_bonuses");
  const rows = useRead("list_target_bonuses", {});
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  return (
    <Section title={t("settings.bonuses.title")} context={t("settings.bonuses.context")} testId="target-bonuses">
      <Answer query={rows}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t(may("see_all_pay") ? "settings.bonuses.empty" : "settings.bonuses.none")} />
          ) : (
            <>
              {maySet && <SetForm status={status} all={list.length} selected={selected} onDone={() => setSelected(new Set())} />}
              <BonusTable rows={list} currency={status.currency} selected={selected} onSelect={maySet ? setSelected : null} />
            </>
          )
        }
      </Answer>
    </Section>
  );
}

interface Fields {
  amount: string;
  from: Dayjs;
}

function SetForm(props: { status: Status; all: number; selected: ReadonlySet<string>; onDone: () => void }) {
  const { status, all, selected, onDone } = props;
  const { t } = useTranslation();
  const toast = useToast();
  const { period } = useScope();
  const set = useCommand("set_target_bonuses");
  const people = selected.size || all;
  const year = (parsePeriod(period) && lastDay(parsePeriod(period)!).slice(0, 4)) ?? status.today.slice(0, 4);
  const send = (args: SetTargetBonuses) =>
    set.mutate(args, {
      onSuccess: () => {
        toast.done(t("settings.bonuses.saved", { count: people, people: formatCount(people) }));
        onDone();
      },
    });
  const submit = ({ amount, from }: Fields) => {
    const per_quarter = parseTyped(amount);
    if (per_quarter !== null) send({ people: [...selected], per_quarter, from: from.format("YYYY-MM-DD") });
  };
  return (
    <>
      <Form<Fields>
        layout="inline"
        colon={false}
        requiredMark={false}
        initialValues={{ amount: "", from: dayjs(`${year}-01-01`) }}
        onFinish={submit}
        className="bonus-form"
      >
        <Form.Item
          name="amount"
          label={t("settings.bonuses.amount", { symbol: currencySymbol(status.currency).trim() })}
          rules={[{ validator: (_, value: string) => (isAmount(value) ? Promise.resolve() : Promise.reject(new Error(t("settings.bonuses.amountRule")))) }]}
        >
          <Input inputMode="decimal" className="bonus-amount" data-testid="bonus-amount" />
        </Form.Item>
        <Form.Item name="from" label={t("settings.bonuses.from")} rules={[{ required: true, message: t("settings.bonuses.fromRule") }]}>
          <DatePicker allowClear={false} data-testid="bonus-from" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={set.isPending} data-testid="bonus-set">
          {selected.size > 0
            ? t("settings.bonuses.setSelected", { people: formatCount(people) })
            : t("settings.bonuses.setAll", { count: people, people: formatCount(people) })}
        </Button>
      </Form>
      {set.error && <ErrorState error={set.error} onRetry={() => send(set.variables)} />}
    </>
  );
}

function isAmount(text: string | undefined): boolean {
  const amount = parseTyped(text ?? "");
  return amount !== null && signOf(amount) >= 0;
}

function BonusTable(props: {
  rows: readonly TargetBonusRow[];
  currency: string;
  selected: ReadonlySet<string>;
  /** Null: nothing is set here, so nobody is chosen. */
  onSelect: ((keys: ReadonlySet<string>) => void) | null;
}) {
  const { rows, currency, selected, onSelect } = props;
  const { t } = useTranslation();
  const maySeeHistory = useRights()("see_history");
  const [history, setHistory] = useState<Subject | null>(null);
  const columns = useMemo<Column<TargetBonusRow>[]>(
    () => [
      { key: "name", title: t("settings.bonuses.name"), text: (row) => row.name, compare: (a, b) => a.name.localeCompare(b.name, "zh-CN") },
      {
        key: "staff",
        title: t("settings.bonuses.staff"),
        text: (row) => row.staff_number ?? "—",
        compare: (a, b) => (a.staff_number ?? "").localeCompare(b.staff_number ?? ""),
      },
      {
        key: "team",
        title: t("settings.bonuses.team"),
        text: (row) => row.team ?? "—",
        compare: (a, b) => (a.team ?? "").localeCompare(b.team ?? "", "zh-CN"),
      },
      {
        key: "amount",
        title: t("settings.bonuses.amount", { symbol: currencySymbol(currency).trim() }),
        text: (row) => formatAmount(row.per_quarter),
        render: (row) => <Money value={row.per_quarter} bare />,
        compare: (a, b) => compareExact(a.per_quarter?.amount ?? "", b.per_quarter?.amount ?? ""),
        numeric: true,
      },
      { key: "from", title: t("settings.bonuses.from"), text: (row) => formatDate(row.from), width: 130 },
    ],
    [t, currency],
  );
  return (
    <>
    <HistoryDrawer subject={history} onClose={() => setHistory(null)} />
    <DataTable
      label={t("settings.bonuses.title")}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.person}
      {...(onSelect ? { selected, onSelect } : {})}
      {...(maySeeHistory ? { onOpen: (row: TargetBonusRow) => row.record && setHistory({ entity: "target_bonus", id: row.record }) } : {})}
      maxHeight={400}
      testId="target-bonus-table"
    />
    </>
  );
}
