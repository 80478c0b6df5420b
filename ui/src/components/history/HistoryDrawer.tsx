/** Who changed what of one record, newest first, and the way back of each value. */
import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";

import { usePages } from "../../backend/pages";
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
  const say = useSay();
  const term = useTerm();
  const pages = usePages(
    "list_history",
    (cursor: number | null) => ({ entity, id, cursor }),
    (last) => last.next_cursor,
  );
  const { onEnd, endError } = pages.end;
  return (
    <Answer query={pages}>
      {(history) => (
        <>
          <p className="history-subject">
            <strong>{say(history.name)}</strong> <span className="quiet">{term("entity", history.entity)}</span>
          </p>
          {history.rows.length === 0 && <EmptyState title={t("history.empty")} />}
          <ol className="history-list" data-testid="history-list">
            {history.rows.map(({ change, record }, index) => (
              // A change may write one record twice.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={`${change.id}-${index}`}>
                <ChangeHead change={change} fate={record.fate} />
                <RecordChanges change={change} record={record} alive={history.exists} />
              </li>
            ))}
          </ol>
          {endError && <ErrorState error={endError.error} onRetry={endError.retry} />}
          {(onEnd || pages.isLoadingMore) && (
            <Button size="small" loading={pages.isLoadingMore} onClick={onEnd}>
              {t("history.more")}
            </Button>
          )}
        </>
      )}
    </Answer>
  );
}
