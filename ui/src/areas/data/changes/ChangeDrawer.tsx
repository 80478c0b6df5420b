/** One change: its records, each with the fields that were written. */
import { Drawer } from "antd";
import { useTranslation } from "react-i18next";

import { useRead } from "../../../backend/query";
import { ChangeHead } from "../../../components/history/ChangeHead";
import { RecordChanges } from "../../../components/history/RecordChanges";
import { formatCount } from "../../../components/format";
import { Answer } from "../../../components/Page";
import { useSay, useTerm } from "../../../i18n/say";

export function ChangeDrawer({ change, onClose }: { change: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={change !== null}
      onClose={onClose}
      title={t("history.changes.one")}
      size={640}
      destroyOnHidden
      data-testid="drawer-change"
    >
      {change && <Content change={change} />}
    </Drawer>
  );
}

function Content({ change }: { change: string }) {
  const { t } = useTranslation();
  const say = useSay();
  const term = useTerm();
  const view = useRead("get_change", { change });
  return (
    <Answer query={view}>
      {({ change: info, records, more }) => (
        <>
          <ChangeHead change={info} />
          {records.length === 0 && <p className="quiet">{t("history.changes.noRecords")}</p>}
          <ol className="history-list">
            {records.map((record, index) => (
              // A change may write one record twice.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={`${record.id}-${index}`}>
                <strong>{say(record.name)}</strong> <span className="quiet">{term("entity", record.entity)}</span>
                {record.fate === "created" && <span className="quiet"> · {t("history.created")}</span>}
                {record.fate === "deleted" && <span className="quiet"> · {t("history.deleted")}</span>}
                <RecordChanges change={info} record={record} alive={record.fate !== "deleted"} />
              </li>
            ))}
          </ol>
          {more > 0 && <p className="quiet">{t("history.changes.more", { count: more, rows: formatCount(more) })}</p>}
        </>
      )}
    </Answer>
  );
}
