/** Rows of a batch that were not imported, loaded as they come into sight, exportable to be mended. */
import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";

import type { BatchInfo } from "../../backend/generated";
import { usePages } from "../../backend/pages";
import { useCommand } from "../../backend/query";
import { formatMoment } from "../../components/format";
import { Answer } from "../../components/Page";
import { useToast } from "../../components/useToast";
import { useSay } from "../../i18n/say";
import { RejectedTable } from "./RejectedTable";

export function RejectedDrawer({ batch, onClose }: { batch: BatchInfo | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={batch !== null}
      onClose={onClose}
      size={880}
      destroyOnHidden
      title={t("data.rejected.title")}
      extra={batch && <ExportButton batch={batch.id} />}
      data-testid="drawer-rejected"
    >
      {batch && <Rows batch={batch} />}
    </Drawer>
  );
}

function Rows({ batch }: { batch: BatchInfo }) {
  const { t } = useTranslation();
  const pages = usePages(
    "list_rejected",
    (offset: number | null) => ({ batch: batch.id, offset: offset ?? 0 }),
    (last, all) => {
      const have = all.reduce((sum, page) => sum + page.rows.length, 0);
      return last.rows.length > 0 && have < last.total ? have : null;
    },
  );
  return (
    <>
      <p className="quiet drawer-context">
        {t("data.rejected.context", { source: batch.source, time: formatMoment(batch.at) })}
      </p>
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
