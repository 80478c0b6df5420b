/** HR's own KPIs: listed, added, changed and removed. Each is a change that can be taken back. */
import { App, Button, Drawer } from "antd";
import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { MetricInfo } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { ErrorState } from "../../../components/ErrorState";
import { EmptyState } from "../../../components/Page";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { useSay } from "../../../i18n/say";
import { both } from "../../../i18n/both";
import { OwnMetricForm } from "./OwnMetricForm";

const REMOVE_BUTTON = { danger: true, "data-testid": "own-remove-confirm" };
const LEAVE_BUTTON = { danger: true, "data-testid": "own-leave" };

interface Props {
  metrics: readonly MetricInfo[];
  open: boolean;
  onClose: () => void;
}

export function OwnMetrics({ metrics, open, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  // The code of the one that is changed; an empty one is new.
  const [code, setCode] = useState<string | null>(null);
  const edited = metrics.find((one) => one.code === code) ?? null;
  const isTyped = useRef(false);
  const { modal } = App.useApp();
  const toList = () => {
    isTyped.current = false;
    setCode(null);
  };
  /** Asks before what was entered is thrown away. */
  const leave = (end: () => void) => {
    if (!isTyped.current) return end();
    void modal.confirm({
      title: t("performance.own.leaveQuestion"),
      content: t("performance.own.leaveText"),
      okText: t("performance.own.leave"),
      cancelText: t("performance.own.stay"),
      okButtonProps: LEAVE_BUTTON,
      onOk: end,
    });
  };
  const close = () =>
    leave(() => {
      toList();
      onClose();
    });
  const title = code === null ? t("performance.own.title") : edited ? both(edited.name, language) : t("performance.own.add");
  return (
    <Drawer open={open} onClose={close} title={title} size={760} destroyOnHidden data-testid="own-metrics">
      {code === null ? (
        <List metrics={metrics.filter((one) => !one.built_in)} onOpen={setCode} />
      ) : (
        <Edit key={code} edited={edited} metrics={metrics} onTyped={() => (isTyped.current = true)} onDone={toList} onCancel={() => leave(toList)} />
      )}
    </Drawer>
  );
}

function List({ metrics, onOpen }: { metrics: readonly MetricInfo[]; onOpen: (code: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSay();
  const columns: Column<MetricInfo>[] = [
    { key: "name", title: t("performance.own.name"), text: (row) => both(row.name, language), compare: (a, b) => both(a.name, language).localeCompare(both(b.name, language), language) },
    { key: "code", title: t("performance.own.code"), width: 150, text: (row) => row.code },
    { key: "formula", title: t("performance.library.formula"), text: (row) => row.formula },
    { key: "date", title: t("performance.own.eventDate"), width: 130, text: (row) => (row.event_date ? both(row.event_date.words, language) : "") },
    { key: "problem", title: t("performance.own.problem"), text: (row) => (row.problem ? say(row.problem) : "") },
  ];
  return (
    <>
      <p className="quiet">{t("performance.own.text")}</p>
      <p>
        <Button icon={<Plus size={15} aria-hidden />} onClick={() => onOpen("")} data-testid="own-add">
          {t("performance.own.add")}
        </Button>
      </p>
      {metrics.length === 0 ? (
        <EmptyState title={t("performance.own.none")} text={t("performance.own.noneText")} />
      ) : (
        <DataTable label={t("performance.own.title")} columns={columns} rows={metrics} rowKey={({ code }) => code} onOpen={({ code }) => onOpen(code)} />
      )}
    </>
  );
}

interface EditProps {
  edited: MetricInfo | null;
  metrics: readonly MetricInfo[];
  onTyped: () => void;
  onDone: () => void;
  onCancel: () => void;
}

function Edit({ edited, metrics, onTyped, onDone, onCancel }: EditProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const toast = useToast();
  const { modal } = App.useApp();
  const remove = useCommand("remove_metric");
  const askRemove = (one: MetricInfo) =>
    void modal.confirm({
      title: t("performance.own.removeQuestion", { name: both(one.name, language) }),
      content: t("performance.own.removeText"),
      okText: t("performance.own.remove"),
      cancelText: t("common.cancel"),
      okButtonProps: REMOVE_BUTTON,
      // A failure is shown under the form.
      onOk: () =>
        remove.mutateAsync({ code: one.code }).then(
          () => {
            toast.done(t("performance.own.removed", { name: both(one.name, language) }));
            onDone();
          },
          () => undefined,
        ),
    });
  return (
    <>
      <OwnMetricForm
        edited={edited}
        metrics={metrics}
        onTyped={onTyped}
        onSaved={(saved) => {
          toast.done(t("performance.own.saved", { name: both(saved.name, language) }));
          onDone();
        }}
        onCancel={onCancel}
        {...(edited && { onRemove: () => askRemove(edited) })}
      />
      {remove.error && <ErrorState error={remove.error} />}
    </>
  );
}
