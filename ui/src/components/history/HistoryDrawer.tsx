/** Who changed what of one record, newest first, and the way back of each value. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";

import { useBackend, type BackendError } from "../../backend/backend";
import type { HistoryPage } from "../../backend/generated";
import { useSay, useTerm } from "../../i18n/say";
import { ErrorState } from "../ErrorState";
import { Answer, EmptyState } from "../Page";
import { ChangeHead } from "./ChangeHead";
import { RecordChanges } from "./RecordChanges";
import "./history.css";

/** A record by its table and id. */
export interface Subject {
  entity: string;
  id: string;
}

export function HistoryDrawer({ subject, onClose }: { subject: Subject | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={subject !== null}
      onClose={onClose}
      title={t("history.title")}
      size={560}
      destroyOnHidden
      data-testid="drawer-history"
    >
      {subject && <HistoryContent subject={subject} />}
    </Drawer>
  );
}

/** The changes of one record, newest first. */
export function HistoryContent({ subject: { entity, id } }: { subject: Subject }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const say = useSay();
  const term = useTerm();
  const pages = useInfiniteQuery<HistoryPage, BackendError, { pages: HistoryPage[] }, readonly unknown[], number | null>({
    queryKey: ["list_history", { entity, id }],
    queryFn: ({ pageParam }) => backend.call("list_history", { entity, id, cursor: pageParam }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next_cursor,
  });
  return (
    <Answer query={{ ...pages, data: pages.data?.pages[0] }}>
      {(first) => (
        <>
          <p className="history-subject">
            <strong>{say(first.name)}</strong> <span className="quiet">{term("entity", first.entity)}</span>
          </p>
          {first.rows.length === 0 && <EmptyState title={t("history.empty")} />}
          <ol className="history-list" data-testid="history-list">
            {pages.data?.pages
              .flatMap((page) => page.rows)
              .map(({ change, record }, index) => (
                // A change may write one record twice.
                // oxlint-disable-next-line react/no-array-index-key
                <li key={`${change.id}-${index}`}>
                  <ChangeHead change={change} fate={record.fate} />
                  <RecordChanges change={change} record={record} alive={first.exists} />
                </li>
              ))}
          </ol>
          {pages.error && <ErrorState error={pages.error} onRetry={() => void pages.fetchNextPage()} />}
          {pages.hasNextPage && (
            <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {t("history.more")}
            </Button>
          )}
        </>
      )}
    </Answer>
  );
}
