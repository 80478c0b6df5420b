/** Mappings that are kept: which column of a file is which field; named, shared as TOML, used for an import. */
import { App, Button, Form, Input, Modal } from "antd";
import { FileInput, Table2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { MappingInfo } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { ErrorState } from "../../../components/ErrorState";
import { Answer, EmptyState, Page, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { usePickFiles } from "../../../components/usePickFiles";
import { useToast } from "../../../components/useToast";
import { useWord } from "../../../i18n";
import { DataNav } from "../DataNav";
import "../data.css";

const DELETE_BUTTON = { danger: true, "data-testid": "delete-mapping-confirm" };
const NAME_BUTTON = { "data-testid": "name-mapping-save" };
const MAX_NAME_CHARS = 100;

export default function MappingsPage() {
  const { t } = useTranslation();
  const mappings = useRead("list_mappings", {});
  const toast = useToast();
  const may = useRights()("import_data");
  const take = useCommand("import_mapping");
  const add = () =>
    take.mutate(
      {},
      {
        onSuccess: (kept) => {
          // None: the dialog was closed.
          if (kept) toast.done(t("data.mappings.kept", { name: kept.name }));
        },
      },
    );
  const button = may && (
    <Button icon={<FileInput size={15} aria-hidden />} loading={take.isPending} onClick={add} data-testid="import-mapping">
      {t("data.mappings.import")}
    </Button>
  );
  return (
    <Page title={t("data.mappings.title")} context={t("data.mappings.context")} actions={button}>
      <DataNav />
      {take.error && <ErrorState error={take.error} />}
      <Section flush testId="mappings">
        <Answer query={mappings}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState
                icon={<Table2 size={32} strokeWidth={1.25} aria-hidden />}
                title={t("data.mappings.empty")}
                text={t("data.mappings.emptyText")}
              />
            ) : (
              <MappingTable mappings={list} />
            )
          }
        </Answer>
      </Section>
    </Page>
  );
}

function useActions() {
  const { t } = useTranslation();
  const toast = useToast();
  const { modal } = App.useApp();
  const { mutate: exportMapping, error: exportError } = useCommand("export_mapping");
  const { mutateAsync: deleteMapping, error: deleteError } = useCommand("delete_mapping");
  return useMemo(
    () => ({
      error: exportError ?? deleteError,
      save: (name: string) =>
        exportMapping(
          { name },
          {
            onSuccess: ({ files }) => {
              if (files.length > 0) toast.done(t("data.template.saved", { file: files.join(", ") }));
            },
          },
        ),
      remove: ({ name, remembered }: MappingInfo, label: string) =>
        void modal.confirm({
          title: t("data.mappings.deleteQuestion", { name: label }),
          content: t(remembered ? "data.mappings.deleteRemembered" : "data.mappings.deleteExplanation"),
          okText: t("data.mappings.delete"),
          cancelText: t("common.cancel"),
          okButtonProps: DELETE_BUTTON,
          // A failure is shown above the table.
          onOk: () => deleteMapping({ name }).catch(() => undefined),
        }),
    }),
    [t, toast, modal, exportMapping, exportError, deleteMapping, deleteError],
  );
}

function MappingTable({ mappings }: { mappings: readonly MappingInfo[] }) {
  const { t } = useTranslation();
  const word = useWord();
  const { pick, picking, error } = usePickFiles();
  const actions = useActions();
  const may = useRights()("import_data");
  const [named, setNamed] = useState<MappingInfo | null>(null);
  const columns = useMemo<Column<MappingInfo>[]>(() => {
    const label = (one: MappingInfo) => {
      if (!one.remembered) return one.name;
      return one.source === null ? t("data.mappings.remembered") : t("data.mappings.rememberedOf", { source: word("data.source", one.source) });
    };
    return [
      { key: "name", title: t("data.mappings.name"), text: label, compare: (a, b) => label(a).localeCompare(label(b)) },
      { key: "kind", title: t("data.columns.kind"), text: (one) => word("data.kind", one.kind), width: 160 },
      { key: "columns", title: t("data.mappings.columns"), text: (one) => one.columns.join(t("data.comma")) },
      {
        key: "actions",
        title: t("data.columns.state"),
        text: () => "",
        render: (one) => (
          <span className="row-actions">
            {may && (
              <>
                <Button size="small" type="link" className="cell-link" disabled={picking} onClick={() => pick(false, one.name)} data-testid={`use-mapping-${one.name}`}>
                  {t("data.mappings.use")}
                </Button>
                <Button size="small" type="link" className="cell-link" onClick={() => setNamed(one)} data-testid={`name-mapping-${one.name}`}>
                  {t(one.remembered ? "data.mappings.giveName" : "data.mappings.rename")}
                </Button>
              </>
            )}
            <Button size="small" type="link" className="cell-link" onClick={() => actions.save(one.name)} data-testid={`export-mapping-${one.name}`}>
              {t("data.mappings.export")}
            </Button>
            {may && (
              <Button size="small" type="link" danger className="cell-link" onClick={() => actions.remove(one, label(one))} data-testid={`delete-mapping-${one.name}`}>
                {t("data.mappings.delete")}
              </Button>
            )}
          </span>
        ),
        width: 400,
      },
    ];
  }, [t, word, pick, picking, actions, may]);
  const failed = error ?? actions.error;
  return (
    <>
      {failed && <ErrorState error={failed} />}
      <DataTable label={t("data.mappings.title")} columns={columns} rows={mappings} rowKey={(one) => one.name} rowPx={44} maxHeight={560} testId="mapping-table" />
      {named && <NameDialog mapping={named} onClose={() => setNamed(null)} />}
    </>
  );
}

function NameDialog({ mapping, onClose }: { mapping: MappingInfo; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(mapping.remembered ? "" : mapping.name);
  const rename = useCommand("name_mapping");
  const save = () => rename.mutate({ name: mapping.name, new_name: name.trim() }, { onSuccess: onClose });
  return (
    <Modal
      open
      title={t(mapping.remembered ? "data.mappings.giveName" : "data.mappings.rename")}
      okText={t("common.save")}
      cancelText={t("common.cancel")}
      onOk={save}
      onCancel={onClose}
      confirmLoading={rename.isPending}
      okButtonProps={{ ...NAME_BUTTON, disabled: name.trim() === "" }}
    >
      <Form layout="vertical" onFinish={save}>
        <Form.Item label={t("data.mappings.name")} htmlFor="mapping-name" {...(mapping.remembered ? { extra: t("data.mappings.giveNameHelp") } : {})}>
          <Input id="mapping-name" value={name} maxLength={MAX_NAME_CHARS} onChange={(event) => setName(event.target.value)} data-testid="mapping-name" />
        </Form.Item>
      </Form>
      {rename.error && <ErrorState error={rename.error} />}
    </Modal>
  );
}
