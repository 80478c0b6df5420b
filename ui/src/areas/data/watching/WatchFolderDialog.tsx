/** How the files of a folder are taken; which folder, a dialog of the system asks. */
import { AutoComplete, Form, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { KINDS } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { useWord } from "../../../i18n";

/** Mappings remembered for headers have names with their hash; only named ones are chosen by hand. */
const REMEMBERED = /^[a-z_]+:[0-9a-f]{32}$/;

/** A data attribute is a legal button property that the type does not list. */
const CHOOSE_BUTTON = { "data-testid": "watch-choose" };

export function WatchFolderDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const mappings = useRead("list_mappings", {}).data ?? [];
  const sources = useRead("list_sources", {}).data?.sources ?? [];
  const watch = useCommand("watch_folder");
  const [profile, setProfile] = useState<string | null>(null);
  const [source, setSource] = useState("crm");
  const [kind, setKind] = useState<string | null>(null);
  const names = new Set(["crm", ...sources.map((one) => one.source)]);
  const choose = () =>
    watch.mutate(
      { profile, source: source.trim() || null, kind },
      { onSuccess: (list) => list && onClose() },
    );
  return (
    <Modal
      open
      title={t("data.watching.add")}
      okText={t("data.watching.choose")}
      cancelText={t("common.cancel")}
      confirmLoading={watch.isPending}
      onOk={choose}
      onCancel={onClose}
      okButtonProps={CHOOSE_BUTTON}
    >
      {watch.error && <ErrorState error={watch.error} />}
      <Form layout="vertical">
        <Form.Item label={t("data.watching.mapping")} extra={t("data.watching.mappingText")}>
          <Select
            allowClear
            aria-label={t("data.watching.mapping")}
            placeholder={t("data.watching.confirmed")}
            value={profile}
            options={mappings.filter((one) => !REMEMBERED.test(one.name)).map((one) => ({ value: one.name, label: one.name }))}
            onChange={(value: string | undefined) => setProfile(value ?? null)}
          />
        </Form.Item>
        <Form.Item label={t("data.columns.source")}>
          <AutoComplete
            aria-label={t("data.columns.source")}
            value={source}
            options={[...names].map((value) => ({ value, label: word("data.source", value) }))}
            onChange={setSource}
          />
        </Form.Item>
        <Form.Item label={t("data.columns.kind")}>
          <Select
            allowClear
            aria-label={t("data.columns.kind")}
            placeholder={t("data.watching.anyKind")}
            value={kind}
            options={KINDS.map((value) => ({ value, label: word("data.kind", value) }))}
            onChange={(value: string | undefined) => setKind(value ?? null)}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
