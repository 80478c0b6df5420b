/** Personal files: make one for somebody, see who has one, take in what comes back, and what people say to HR. */
import { Button, Drawer, Form, Select } from "antd";
import { FileInput, FileLock2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { FeedbackRow, PersonalFileRow } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { ErrorState } from "../../../components/ErrorState";
import { formatMoment } from "../../../components/format";
import { NewPassphrase } from "../../../components/NewPassphrase";
import { Answer, EmptyState, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useToast } from "../../../components/useToast";
import { useWord } from "../../../i18n";
import { TakeIn } from "./TakeIn";
import { usePeople } from "./usePeople";

export function PersonalFiles() {
  const { t } = useTranslation();
  const files = useRead("list_personal_files", {});
  const [making, setMaking] = useState(false);
  const may = useRights()("personal_files");
  return (
    <Section
      title={t("settings.personal.title")}
      context={t("settings.personal.context")}
      actions={
        may && (
          <>
            <TakeIn icon={<FileInput size={15} aria-hidden />} />
            <Button icon={<FileLock2 size={15} aria-hidden />} onClick={() => setMaking(true)} data-testid="personal-make">
              {t("settings.personal.make")}
            </Button>
          </>
        )
      }
      testId="personal-files"
    >
      <Answer query={files}>
        {(rows) => (rows.length === 0 ? <EmptyState title={t("settings.personal.empty")} text={t("settings.personal.emptyText")} /> : <Files rows={rows} />)}
      </Answer>
      <Feedback />
      <PersonalFileDrawer open={making} person={null} onClose={() => setMaking(false)} />
    </Section>
  );
}

function Files({ rows }: { rows: readonly PersonalFileRow[] }) {
  const { t } = useTranslation();
  const word = useWord();
  const columns = useMemo<Column<PersonalFileRow>[]>(
    () => [
      { key: "person", title: t("settings.people.person"), text: (row) => [row.name, row.staff_number].filter(Boolean).join(" ") },
      { key: "role", title: t("settings.people.role"), text: (row) => word("frame.role", row.role), width: 110 },
      { key: "at", title: t("settings.personal.at"), text: (row) => formatMoment(row.exported_at), width: 150 },
    ],
    [t, word],
  );
  return <DataTable label={t("settings.personal.title")} columns={columns} rows={rows} rowKey={(row) => row.id} maxHeight={280} testId="personal-table" />;
}

/** What people said to HR; nothing while nobody did. */
function Feedback() {
  const { t } = useTranslation();
  const said = useRead("list_feedback", {});
  const columns = useMemo<Column<FeedbackRow>[]>(
    () => [
      { key: "at", title: t("settings.personal.at"), text: (row) => formatMoment(row.written_at), width: 150 },
      { key: "person", title: t("settings.people.person"), text: (row) => row.person, width: 120 },
      { key: "words", title: t("settings.personal.words"), text: (row) => row.words },
    ],
    [t],
  );
  if (said.error) return <ErrorState error={said.error} onRetry={() => void said.refetch()} />;
  if (!said.data || said.data.length === 0) return null;
  return (
    <>
      <h3>{t("settings.personal.feedback")}</h3>
      <DataTable label={t("settings.personal.feedback")} columns={columns} rows={said.data} rowKey={(row) => row.id} maxHeight={280} testId="feedback-table" />
    </>
  );
}

/** Whom, and what will open it. The passphrase is handed over apart from the file. */
export function PersonalFileDrawer(props: { open: boolean; person: string | null; onClose: () => void }) {
  const { open, person, onClose } = props;
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} title={t("settings.personal.make")} size={420} destroyOnHidden>
      {open && <Making person={person} onDone={onClose} />}
    </Drawer>
  );
}

function Making({ person, onDone }: { person: string | null; onDone: () => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const people = usePeople();
  const [chosen, setChosen] = useState(person);
  const make = useCommand("export_personal_file");
  const run = (passphrase: string) =>
    chosen &&
    make.mutate(
      { person: chosen, passphrase },
      {
        onSuccess: (made) => {
          // Nothing was chosen: everything stays as it is.
          if (!made) return;
          const { name, role } = made.handed_out;
          toast.done(t("settings.personal.made", { name, role: word("frame.role", role), file: made.file }), 10);
          onDone();
        },
      },
    );
  return (
    <>
      <p className="quiet">{t("settings.personal.makeText")}</p>
      <Form layout="vertical" requiredMark={false}>
        <Form.Item label={t("settings.people.person")} htmlFor="personal-person">
          <Select
            id="personal-person"
            showSearch={{ optionFilterProp: "label" }}
            value={chosen ?? undefined}
            onChange={setChosen}
            virtual
            options={people}
            data-testid="personal-person"
          />
        </Form.Item>
      </Form>
      {chosen && <NewPassphrase action={t("settings.personal.makeAction")} pending={make.isPending} onFinish={({ passphrase }) => run(passphrase)} />}
      {make.error && <ErrorState error={make.error} />}
    </>
  );
}
