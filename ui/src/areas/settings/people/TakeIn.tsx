/** Takes in what comes back from a personal file: first what it holds, then the import. */
import { Button, Modal, Tag } from "antd";
import { useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { ReturnLine, ReturnPreview, ReturnState } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { ErrorState } from "../../../components/ErrorState";
import { formatCount, formatDate, formatMoment } from "../../../components/format";
import { useToast } from "../../../components/useToast";
import { useWord } from "../../../i18n";
import { useSay } from "../../../i18n/say";

const COLOURS: Record<ReturnState, string> = { new: "green", known: "default", refused: "red" };

export function TakeIn({ icon }: { icon: ReactNode }) {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const pick = useCommand("pick_return");
  const take = useCommand("import_return");
  const [preview, setPreview] = useState<ReturnPreview | null>(null);
  const close = () => {
    setPreview(null);
    take.reset();
  };
  const run = () =>
    take.mutate(
      {},
      {
        onSuccess: (taken) => {
          close();
          toast.done(t("settings.personal.taken", { count: taken.preview.new, entries: formatCount(taken.preview.new), name: shownName(taken.preview) }));
        },
      },
    );
  return (
    <>
      <Button icon={icon} loading={pick.isPending} onClick={() => pick.mutate({}, { onSuccess: setPreview })} data-testid="return-pick">
        {t("settings.personal.take")}
      </Button>
      {pick.error && <ErrorState error={pick.error} />}
      <Modal
        open={preview !== null}
        width={760}
        title={preview && t("settings.personal.from", { name: shownName(preview), role: word("frame.role", preview.role), date: formatMoment(preview.written_at) })}
        okText={t("settings.personal.takeAction")}
        cancelText={t("common.cancel")}
        onCancel={close}
        onOk={run}
        confirmLoading={take.isPending}
        okButtonProps={{ disabled: preview?.new === 0, "data-testid": "return-take" } as never}
      >
        {preview && (
          <>
            <p data-testid="return-counts">
              {t("settings.personal.counts", {
                new: formatCount(preview.new),
                known: formatCount(preview.known),
                refused: formatCount(preview.refused),
              })}
            </p>
            <Lines lines={preview.lines} />
          </>
        )}
        {take.error && <ErrorState error={take.error} onRetry={run} />}
      </Modal>
    </>
  );
}

/** The name, told apart from another of the same. */
function shownName(preview: ReturnPreview): string {
  return [preview.name, preview.number].filter(Boolean).join(" ");
}

function Lines({ lines }: { lines: readonly ReturnLine[] }) {
  const { t } = useTranslation();
  const word = useWord();
  const say = useSay();
  const columns = useMemo<Column<ReturnLine>[]>(
    () => [
      {
        key: "state",
        title: t("settings.people.state"),
        width: 96,
        text: (row) => word("settings.personal.state", row.state),
        render: (row) => <Tag color={COLOURS[row.state]}>{word("settings.personal.state", row.state)}</Tag>,
      },
      { key: "what", title: t("settings.personal.what"), width: 90, text: (row) => word("records.followUps.kind", row.what) },
      { key: "day", title: t("settings.personal.day"), width: 104, text: (row) => (row.day ? formatDate(row.day) : "") },
      { key: "about", title: t("settings.personal.about"), width: 140, text: (row) => row.about },
      {
        key: "words",
        title: t("settings.personal.words"),
        text: (row) => [row.words, row.reason && say(row.reason)].filter(Boolean).join(" — "),
      },
    ],
    [t, word, say],
  );
  const rows = useMemo(() => lines.map((line, index) => ({ ...line, index })), [lines]);
  return (
    <DataTable
      label={t("settings.personal.take")}
      columns={columns as Column<(typeof rows)[number]>[]}
      rows={rows}
      rowKey={(row) => String(row.index)}
      maxHeight={320}
      testId="return-lines"
    />
  );
}
