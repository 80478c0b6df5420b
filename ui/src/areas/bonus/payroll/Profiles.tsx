/** Columns that are kept under a name, and carried as files. */
import { App, Button, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { BackendError } from "../../../backend/backend";
import type { PayrollColumns, PayrollProfile } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { Section } from "../../../components/Page";
import { useToast } from "../../../components/useToast";
import { useSay } from "../../../i18n/say";
import { useSaved } from "../useSaved";

export function Profiles({ columns, kept, onChoose }: { columns: PayrollColumns; kept: readonly PayrollProfile[]; onChoose: (columns: PayrollColumns) => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const toast = useToast();
  const saved = useSaved();
  const { modal } = App.useApp();
  const [name, setName] = useState("");
  const keep = useCommand("save_payroll_profile");
  const forget = useCommand("remove_payroll_profile");
  const share = useCommand("export_payroll_profile");
  const load = useCommand("import_payroll_profile");
  const failed = (thrown: unknown) => toast.failed(say(BackendError.from(thrown)));
  const known = kept.find((one) => one.name === name.trim());
  const isKept = known !== undefined;
  const save = () => keep.mutateAsync({ name: name.trim(), columns }).then(() => toast.done(t("bonus.papers.profile.saved", { name: name.trim() })), failed);
  /** Columns of the same name are not replaced unasked. */
  const askSave = () => {
    if (!known || JSON.stringify(known.columns) === JSON.stringify(columns)) return void save();
    void modal.confirm({
      title: t("bonus.papers.profile.replaceQuestion", { name: known.name }),
      okText: t("bonus.papers.profile.replace"),
      cancelText: t("common.cancel"),
      onOk: save,
    });
  };
  const choose = (wanted: string) => {
    const found = kept.find((one) => one.name === wanted);
    if (!found) return;
    setName(found.name);
    onChoose(found.columns);
  };
  const askForget = () =>
    void modal.confirm({
      title: t("bonus.papers.profile.removeQuestion", { name: name.trim() }),
      okText: t("bonus.papers.profile.remove"),
      cancelText: t("common.cancel"),
      onOk: () => forget.mutateAsync({ name: name.trim() }).then(() => toast.done(t("bonus.papers.profile.removed", { name: name.trim() })), failed),
    });
  const read = () =>
    load.mutate({}, {
      onSuccess: (found) => {
        // None: the dialog was closed.
        if (found === null) return;
        setName(found.name);
        onChoose(found.columns);
      },
      onError: failed,
    });
  return (
    <Section title={t("bonus.papers.profile.title")} testId="payroll-profiles">
      <div className="payroll-profiles">
        <Select
          className="payroll-field"
          aria-label={t("bonus.papers.profile.choose")}
          placeholder={t("bonus.papers.profile.choose")}
          value={isKept ? name.trim() : null}
          options={kept.map((one) => ({ value: one.name, label: one.name }))}
          onChange={choose}
        />
        <Input className="payroll-field" aria-label={t("bonus.papers.profile.name")} placeholder={t("bonus.papers.profile.name")} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        <Button
          disabled={name.trim() === ""}
          loading={keep.isPending}
          onClick={askSave}
          data-testid="profile-save"
        >
          {t("bonus.papers.profile.save")}
        </Button>
        <Button disabled={!isKept} onClick={askForget} data-testid="profile-remove">{t("bonus.papers.profile.remove")}</Button>
        <Button disabled={!isKept} loading={share.isPending} onClick={() => share.mutate({ name: name.trim() }, saved)} data-testid="profile-share">{t("bonus.papers.profile.share")}</Button>
        <Button loading={load.isPending} onClick={read} data-testid="profile-load">{t("bonus.papers.profile.load")}</Button>
      </div>
    </Section>
  );
}
