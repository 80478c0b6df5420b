/** The audit log: what was paid, planned, exported and taken back, in a chain whose mark stands on every statement. */
import { Button, Form, Input, Select } from "antd";
import { ShieldCheck } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { AuditLine, AuditPage, VerifyResult } from "../../../backend/generated";
import { usePages, type End } from "../../../backend/pages";
import { useCommand } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { ErrorState } from "../../../components/ErrorState";
import { formatMoment, MISSING } from "../../../components/format";
import { useAuthor } from "../../../components/history/ChangeHead";
import { Answer, EmptyState, Page, Section } from "../../../components/Page";
import { useSearchParam } from "../../../components/useSearchParam";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { SEPARATORS, useSay, useTerm } from "../../../i18n/say";
import { DataNav } from "../DataNav";
import "../../../components/history/history.css";

export default function AuditLogPage() {
  const { t } = useTranslation();
  const [action, setAction] = useSearchParam("action");
  const [actor, setActor] = useSearchParam("actor");
  const pages = useAudit(action, actor);
  return (
    <Page title={t("history.audit.title")} context={t("history.audit.context")} actions={<ExportButton />}>
      <DataNav />
      <Section title={t("history.audit.mark")} context={t("history.audit.markContext")}>
        <p className="figure" data-testid="audit-head">
          {pages.data ? (pages.data.head ?? t("history.audit.noMark")) : MISSING}
        </p>
        <CheckForm />
      </Section>
      <Section flush testId="audit">
        <Filter log={pages.data} action={action} actor={actor} onAction={setAction} onActor={setActor} />
        <Answer query={pages}>
          {(log) =>
            log.total === 0 ? (
              <EmptyState icon={<ShieldCheck size={32} strokeWidth={1.25} aria-hidden />} title={t(action || actor ? "history.audit.empty" : "history.audit.noMark")} />
            ) : (
              <AuditTable log={log} end={pages.end} />
            )
          }
        </Answer>
      </Section>
    </Page>
  );
}

function useAudit(action: string | null, actor: string | null) {
  // While a choice is read, what was there stays: the filter keeps the focus.
  return usePages(
    "list_audit",
    (cursor: number | null) => ({ action, actor, cursor }),
    (last) => last.next_cursor,
    { keepPrevious: true },
  );
}

function Filter(props: {
  log: AuditPage | undefined;
  action: string | null;
  actor: string | null;
  onAction: (action: string | null) => void;
  onActor: (actor: string | null) => void;
}) {
  const { t } = useTranslation();
  const term = useTerm();
  const name = useAuthor();
  return (
    <div className="history-filter">
      <Select
        allowClear
        aria-label={t("history.audit.action")}
        placeholder={t("history.audit.allActions")}
        value={props.action}
        onChange={(value: string | undefined) => props.onAction(value ?? null)}
        options={(props.log?.actions ?? []).map((value) => ({ value, label: term("audit_action", value) }))}
        data-testid="audit-action"
      />
      <Select
        allowClear
        aria-label={t("history.changes.author")}
        placeholder={t("history.changes.allAuthors")}
        value={props.actor}
        onChange={(value: string | undefined) => props.onActor(value ?? null)}
        options={(props.log?.actors ?? []).map((value) => ({ value, label: name(value) }))}
        data-testid="audit-actor"
      />
    </div>
  );
}

function AuditTable({ log, end }: { log: AuditPage; end: End }) {
  const { t } = useTranslation();
  const say = useSay();
  const author = useAuthor();
  const language = useLanguage();
  const columns = useMemo<Column<AuditLine>[]>(
    () => [
      { key: "mark", title: t("history.audit.mark"), text: (row) => row.mark, width: 170 },
      { key: "at", title: t("history.changes.at"), text: (row) => formatMoment(row.at), width: 140 },
      { key: "actor", title: t("history.changes.author"), text: (row) => author(row.actor), width: 156 },
      { key: "what", title: t("history.changes.what"), text: (row) => say(row.what) },
      { key: "details", title: t("history.audit.details"), text: (row) => row.details.map(say).join(SEPARATORS[language]) },
    ],
    [t, say, author, language],
  );
  return (
    <DataTable
      label={t("history.audit.title")}
      columns={columns}
      rows={log.rows}
      count={log.total}
      rowKey={(row) => String(row.seq)}
      {...end}
      maxHeight={560}
      testId="audit-table"
    />
  );
}

/** A mark from a printed statement: does the log still hold it? */
function CheckForm() {
  const { t } = useTranslation();
  const check = useCommand("check_head");
  return (
    <>
      <Form<{ head: string }> className="check-mark" layout="inline" colon={false} requiredMark={false} onFinish={({ head }) => check.mutate({ head })}>
        <Form.Item name="head" label={t("history.audit.check")} rules={[{ required: true, message: t("history.audit.checkRule") }]}>
          <Input placeholder="12-3f9a2c41b7d0" data-testid="check-head" />
        </Form.Item>
        <Button htmlType="submit" loading={check.isPending} data-testid="check-head-run">
          {t("history.audit.checkAction")}
        </Button>
      </Form>
      {check.error && <ErrorState error={check.error} />}
      {check.data && <Outcome result={check.data} />}
    </>
  );
}

function Outcome({ result }: { result: VerifyResult }) {
  const { t } = useTranslation();
  const broken = result.checks.filter(({ ok }) => !ok);
  return (
    <div role="status" data-testid="check-head-result">
      {result.ok ? t("history.audit.holds") : t("history.audit.broken")}
      {broken.length > 0 && (
        <ul className="notes notes-warning">
          {broken.map(({ name, detail }) => (
            <li key={name}>{detail}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function ExportButton() {
  const { t } = useTranslation();
  const toast = useToast();
  const say = useSay();
  const task = useCommand("export_audit");
  return (
    <Button
      loading={task.isPending}
      data-testid="export-audit"
      onClick={() =>
        task.mutate(
          {},
          {
            onSuccess: ({ files }) => {
              if (files.length > 0) toast.done(t("history.audit.exported", { file: files.join(", ") }));
            },
            onError: (error) => toast.failed(say(error)),
          },
        )
      }
    >
      {t("history.audit.export")}
    </Button>
  );
}
