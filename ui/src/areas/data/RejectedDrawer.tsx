/** Rows of a batch that were not imported, loaded as they come into sight, exportable to be mended. */
import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";

import type { BatchInfo, CountedIn } from "../../backend/generated";
import { usePages } from "../../backend/pages";
import { useCommand } from "../../backend/query";
import { formatCount, formatMoment } from "../../components/format";
import { Answer } from "../../components/Page";
import { useToast } from "../../components/useToast";
import { useWord } from "../../i18n";
import { useSay } from "../../i18n/say";
import { useLineLabel } from "./reconciled";
import { RejectedTable } from "./RejectedTable";

interface Props {
  batch: BatchInfo | null;
  /** Only those that a line of the reconciliation counts. */
  counted: CountedIn | null;
  onAll: () => void;
  onClose: () => void;
}

export function RejectedDrawer({ batch, counted, onAll, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={batch !== null}
      onClose={onClose}
      size="min(1240px, 96vw)"
      destroyOnHidden
      title={t("data.rejected.title")}
      extra={batch && <ExportButton batch={batch.id} />}
      data-testid="drawer-rejected"
    >
      {batch && <Rows batch={batch} counted={counted} onAll={onAll} />}
    </Drawer>
  );
}

function Rows({ batch, counted, onAll }: { batch: BatchInfo; counted: CountedIn | null; onAll: () => void }) {
  const { t } = useTranslation();
  const label = useLineLabel();
  const word = useWord();
  const pages = usePages(
    "list_rejected",
    (offset: number | null) => ({ batch: batch.id, offset: offset ?? 0, counted }),
    (last) => last.next,
  );
  return (
    <>
      <p className="quiet drawer-context">
        {t("data.rejected.context", { source: word("data.source", batch.source), time: formatMoment(batch.at) })}
      </p>
      {counted && (
        <p className="drawer-context">
          {t("data.rejected.ofLine", { kind: word("data.kind", counted.kind), line: label(counted.period) })}{" "}
          <Button type="link" size="small" className="cell-link" onClick={onAll} data-testid="all-rejected">
            {t("data.rejected.all", { count: formatCount(batch.rejected_rows) })}
          </Button>
        </p>
      )}
      <Answer query={pages}>
        {({ rows, total }) => <RejectedTable rows={rows} total={total} {...pages.end} />}
      </Answer>
    </>
  );
}

function ExportButton({ batch }: { batch: string }) {
  const { t } = useTranslation();
  const toast = useToast();
  const say = useSay();
  const task = useCommand("export_rejected");
  return (
    <Button
      size="small"
      loading={task.isPending}
      data-testid="export-rejected"
      onClick={() =>
        task.mutate(
          { batch },
          {
            onSuccess: ({ files }) => {
              if (files.length > 0) toast.done(t("data.rejected.exported", { file: files.join(", ") }));
            },
            onError: (error) => toast.failed(say(error)),
          },
        )
      }
    >
      {t("data.rejected.export")}
    </Button>
  );
}
