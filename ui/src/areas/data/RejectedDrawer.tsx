/** Rows of a batch that were not imported, loaded as they come into sight, exportable to be mended. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";

import { useBackend, type BackendError } from "../../backend/backend";
import type { BatchInfo, RejectedPage } from "../../backend/generated";
import { useCommand } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { formatMoment } from "../../components/format";
import { Answer } from "../../components/Page";
import { useToast } from "../../components/useToast";
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
  const backend = useBackend();
  const pages = useInfiniteQuery<RejectedPage, BackendError, RejectedPage, readonly unknown[], number>({
    queryKey: ["list_rejected", { batch: batch.id }],
    queryFn: ({ pageParam }) => backend.call("list_rejected", { batch: batch.id, offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => {
      const have = all.reduce((sum, page) => sum + page.rows.length, 0);
      return last.rows.length > 0 && have < last.total ? have : undefined;
    },
    select: ({ pages: all }) => ({ rows: all.flatMap((page) => page.rows), total: all[0]?.total ?? 0 }),
  });
  return (
    <>
      <p className="quiet drawer-context">
        {t("data.rejected.context", { source: batch.source, time: formatMoment(batch.at) })}
      </p>
      <Answer query={pages}>
        {({ rows, total }) => (
          <RejectedTable
            rows={rows}
            total={total}
            onEnd={pages.hasNextPage && !pages.isFetching ? () => void pages.fetchNextPage() : undefined}
          />
        )}
      </Answer>
      {pages.data && pages.error && <ErrorState error={pages.error} onRetry={() => void pages.fetchNextPage()} />}
    </>
  );
}

function ExportButton({ batch }: { batch: string }) {
  const { t } = useTranslation();
  const toast = useToast();
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
            onError: () => toast.failed(t("data.rejected.exportFailed")),
          },
        )
      }
    >
      {t("data.rejected.export")}
    </Button>
  );
}
