/** What stands behind a number: its definition, its formula with the values, and the deals. Every number opens this. */
import { Button, Drawer } from "antd";
import { Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useBackend } from "../backend/backend";
import type { Drill, OrganisationTree, RecordRow, Records } from "../backend/generated";
import { usePages } from "../backend/pages";
import { useRead } from "../backend/query";
import { useLanguage, useWord } from "../i18n";
import { SEPARATORS } from "../i18n/say";
import { Money } from "./figures";
import { DealDrawer } from "./followUps/DealDrawer";
import { formatCount, formatTileValue } from "./format";
import { MessageText } from "./MessageText";
import { Answer } from "./Page";
import { daysLabel } from "./period";
import { recordsCsv } from "./recordsCsv";
import { RecordTable } from "./RecordTable";
import { ownName } from "./unitName";
import { useToast } from "./useToast";

/** What one copy holds at most; a spreadsheet of more comes from the export. */
const MAX_COPY_ROWS = 50_000;

interface Props {
  /** What to show; null is closed. */
  drill: Drill | null;
  title?: string;
  onClose: () => void;
}

export function RecordsDrawer({ drill, title, onClose }: Props) {
  const word = useWord();
  return (
    <Drawer
      open={drill !== null}
      onClose={onClose}
      title={title ?? (drill ? word("records.figure", drill.figure) : "")}
      size={880}
      destroyOnHidden
      classNames={{ body: "records-body" }}
      data-testid="drawer-records"
    >
      {drill && <Content drill={drill} />}
    </Drawer>
  );
}

function Content({ drill }: { drill: Drill }) {
  const { t } = useTranslation();
  const word = useWord();
  const pages = usePages(
    "list_records",
    (cursor: string | null) => ({ ...drill, cursor }),
    (last) => last.next_cursor,
  );
  const [deal, setDeal] = useState<string | null>(null);
  return (
    <Answer query={pages}>
      {(records) => (
        <>
          <section className="records-head">
            <div>
              <p className="quiet">
                <Subject drill={drill} />
              </p>
              <p className="records-value figure">{formatTileValue(records.value)}</p>
            </div>
            <dl className="records-words">
              <dt>{t("records.definition")}</dt>
              <dd>{word("records.define", drill.figure)}</dd>
              {records.formula && (
                <>
                  <dt>{t("records.formula")}</dt>
                  <dd className="figure records-formula">
                    <MessageText message={records.formula} />
                  </dd>
                </>
              )}
            </dl>
          </section>
          <RecordTable
            rows={records.rows}
            count={records.total}
            currency={records.sum.currency}
            onOpen={(row) => setDeal(row.id)}
            {...pages.end}
            footer={
              <span className="records-foot">
                <span className="records-sum">
                  {t("records.sum")} <Money value={records.sum} />
                </span>
                <CopyButton drill={drill} records={records} />
              </span>
            }
          />
          <DealDrawer deal={deal} onClose={() => setDeal(null)} />
        </>
      )}
    </Answer>
  );
}

/** Whose number, in which period, of which kind. */
function Subject({ drill }: { drill: Drill }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const organisation = useRead("get_organisation", {}).data;
  const unit = organisation && (drill.directly ? ownName(drill.unit, organisation, t) : nameOf(drill.unit, organisation));
  const person = organisation?.people.find(({ id }) => id === drill.person);
  const words = [
    unit,
    person && [person.name, person.staff_number].filter(Boolean).join(" "),
    drill.customer_types.map((type) => type || t("records.noType")).join(SEPARATORS[language]),
    daysLabel(drill.days, t, language),
  ];
  return <>{words.filter(Boolean).join(" · ")}</>;
}

/** A unit with all below it; null is the company. */
function nameOf(unit: string | null, { units }: OrganisationTree): string | undefined {
  return (units.find(({ id }) => id === unit) ?? units[0])?.name;
}

/** Copies every row, not only the fetched ones. */
function CopyButton({ drill, records }: { drill: Drill; records: Records }) {
  const { t } = useTranslation();
  const word = useWord();
  const backend = useBackend();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const csv = async () => {
    const rows: RecordRow[] = [];
    let cursor: string | null = null;
    do {
      // oxlint-disable-next-line no-await-in-loop -- each window begins where the one before ends
      const page: Records = await backend.call("list_records", { ...drill, cursor });
      rows.push(...page.rows);
      cursor = page.next_cursor;
    } while (cursor !== null && rows.length < MAX_COPY_ROWS);
    const headers = t("records.csvHeaders").split("|") as [string, ...string[]];
    const text = recordsCsv(headers, rows.slice(0, MAX_COPY_ROWS), (stage) => word("records.stage", stage));
    return new Blob([text], { type: "text/plain" });
  };
  const copy = async () => {
    setBusy(true);
    try {
      // The clipboard gets the promise at once: after waiting, the click's permission would be gone.
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": csv() })]);
      toast.done(
        t("records.copied", {
          count: records.total,
          rows: formatCount(Math.min(records.total, MAX_COPY_ROWS)),
          total: formatCount(records.total),
        }),
      );
    } catch {
      toast.failed(t("records.copyFailed"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="small" icon={<Copy size={14} />} loading={busy} onClick={() => void copy()} disabled={records.total === 0}>
      {t("records.copy")}
    </Button>
  );
}
