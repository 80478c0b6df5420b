/** Customers that were made one, with the way back, and those that are known not to be the same. */
import { App, Button } from "antd";
import { Split } from "lucide-react";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ApartPair, CustomerName, DecidedCustomers, MergedPair } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { ErrorState } from "../../../components/ErrorState";
import { formatCount } from "../../../components/format";
import { Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useToast } from "../../../components/useToast";
import { useWord } from "../../../i18n";

const APART_BUTTON = { "data-testid": "unmerge-confirm" };

function useShown() {
  const word = useWord();
  return useCallback(({ name, source, external_id }: CustomerName) => `${name} (${word("data.source", source)} ${external_id})`, [word]);
}

export function Decided({ decided }: { decided: DecidedCustomers }) {
  return (
    <>
      {decided.merged.length > 0 && <Merged pairs={decided.merged} />}
      {decided.apart.length > 0 && <Apart pairs={decided.apart} />}
    </>
  );
}

function Merged({ pairs }: { pairs: readonly MergedPair[] }) {
  const { t } = useTranslation();
  const toast = useToast();
  const shown = useShown();
  const may = useRights()("import_data");
  const { modal } = App.useApp();
  const { mutateAsync, error } = useCommand("unmerge_customer");
  const columns = useMemo<Column<MergedPair>[]>(() => {
    const ask = ({ customer, into }: MergedPair) =>
      void modal.confirm({
        title: t("data.duplicates.unmergeQuestion", { given: customer.name, kept: into.name }),
        content: t("data.duplicates.unmergeExplanation"),
        okText: t("data.duplicates.unmerge"),
        cancelText: t("common.cancel"),
        okButtonProps: APART_BUTTON,
        onOk: () =>
          mutateAsync({ customer: customer.id, into: into.id }).then(
            ({ rows }) => toast.done(t("data.duplicates.unmerged", { count: rows, rows: formatCount(rows) })),
            () => undefined, // shown above the table
          ),
      });
    return [
      { key: "customer", title: t("data.duplicates.given"), text: (pair) => shown(pair.customer) },
      { key: "into", title: t("data.duplicates.kept"), text: (pair) => shown(pair.into) },
      { key: "rows", title: t("data.duplicates.rows"), text: (pair) => formatCount(pair.rows), numeric: true, width: 120 },
      {
        key: "action",
        title: t("data.columns.state"),
        text: () => (may ? t("data.duplicates.unmerge") : ""),
        render: (pair) => may && (
          <Button size="small" icon={<Split size={13} aria-hidden />} onClick={() => ask(pair)} data-testid={`unmerge-${pair.customer.id}`}>
            {t("data.duplicates.unmerge")}
          </Button>
        ),
        width: 140,
      },
    ];
  }, [t, toast, shown, may, modal, mutateAsync]);
  return (
    <Section title={t("data.duplicates.mergedTitle")} context={t("data.duplicates.mergedContext")} flush testId="merged">
      {error && <ErrorState error={error} />}
      <DataTable label={t("data.duplicates.mergedTitle")} columns={columns} rows={pairs} rowKey={(pair) => pair.customer.id} rowPx={44} testId="merged-table" />
    </Section>
  );
}

function Apart({ pairs }: { pairs: readonly ApartPair[] }) {
  const { t } = useTranslation();
  const shown = useShown();
  const may = useRights()("import_data");
  const { mutate, error } = useCommand("keep_customers_apart");
  const columns = useMemo<Column<ApartPair>[]>(
    () => [
      { key: "one", title: t("data.duplicates.one"), text: (pair) => shown(pair.one) },
      { key: "other", title: t("data.duplicates.other"), text: (pair) => shown(pair.other) },
      {
        key: "action",
        title: t("data.columns.state"),
        text: () => (may ? t("data.duplicates.forget") : ""),
        render: ({ one, other }) => may && (
          <Button size="small" onClick={() => mutate({ one: one.id, other: other.id, apart: false })} data-testid={`forget-${one.id}`}>
            {t("data.duplicates.forget")}
          </Button>
        ),
        width: 170,
      },
    ],
    [t, shown, may, mutate],
  );
  return (
    <Section title={t("data.duplicates.apartTitle")} context={t("data.duplicates.apartContext")} flush testId="apart">
      {error && <ErrorState error={error} />}
      <DataTable label={t("data.duplicates.apartTitle")} columns={columns} rows={pairs} rowKey={({ one, other }) => `${one.id}~${other.id}`} rowPx={44} testId="apart-table" />
    </Section>
  );
}
