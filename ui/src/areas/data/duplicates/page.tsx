/** Customers that may be one: proposed with reasons, compared, made one or said not to be the same; and what was decided. */
import { Users } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { CustomerName, DuplicatePair } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { Answer, EmptyState, Page, Section } from "../../../components/Page";
import { useSearchParam } from "../../../components/useSearchParam";
import { useWord } from "../../../i18n";
import { DataNav } from "../DataNav";
import { CompareDrawer, type Pair } from "./CompareDrawer";
import { Decided } from "./Decided";
import "../data.css";

export default function DuplicatesPage() {
  const { t } = useTranslation();
  const pairs = useRead("list_duplicates", {});
  const decided = useRead("list_decided_customers", {});
  const [open, setOpen] = useSearchParam("pair");
  return (
    <Page title={t("data.duplicates.title")} context={t("data.duplicates.context")}>
      <DataNav />
      <Section title={t("data.duplicates.proposed")} flush testId="duplicates">
        <Answer query={pairs}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState
                icon={<Users size={32} strokeWidth={1.25} aria-hidden />}
                title={t("data.duplicates.empty")}
                text={t("data.duplicates.emptyText")}
              />
            ) : (
              <Pairs pairs={list} onOpen={setOpen} />
            )
          }
        </Answer>
      </Section>
      <Answer query={decided}>{(all) => <Decided decided={all} />}</Answer>
      <CompareDrawer pair={parsePair(open)} onClose={() => setOpen(null)} />
    </Page>
  );
}

/** Two ids in the address; null for anything else. */
function parsePair(text: string | null): Pair | null {
  const [one, other, more] = text?.split("~") ?? [];
  return one && other && more === undefined ? { one, other } : null;
}

const keyOf = ({ one, other }: DuplicatePair) => `${one.id}~${other.id}`;

function Pairs({ pairs, onOpen }: { pairs: readonly DuplicatePair[]; onOpen: (pair: string) => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const columns = useMemo<Column<DuplicatePair>[]>(() => {
    const reasons = ({ reasons: all }: DuplicatePair) => all.map((reason) => word("data.duplicates.reason", reason)).join(t("data.comma"));
    const source = (name: string) => word("data.source", name);
    return [
      customerColumn("one", t("data.duplicates.one"), (pair) => pair.one, source),
      customerColumn("other", t("data.duplicates.other"), (pair) => pair.other, source),
      { key: "reasons", title: t("data.duplicates.why"), text: reasons, width: 400 },
    ];
  }, [t, word]);
  return (
    <DataTable
      label={t("data.duplicates.proposed")}
      columns={columns}
      rows={pairs}
      rowKey={keyOf}
      rowPx={56}
      maxHeight={560}
      onOpen={(pair) => onOpen(keyOf(pair))}
      rowTestId={(pair) => `pair-${keyOf(pair)}`}
      testId="duplicate-table"
    />
  );
}

function customerColumn(
  key: string,
  title: string,
  of: (pair: DuplicatePair) => CustomerName,
  source: (name: string) => string,
): Column<DuplicatePair> {
  return {
    key,
    title,
    text: (pair) => `${of(pair).name} (${source(of(pair).source)} ${of(pair).external_id})`,
    render: (pair) => (
      <>
        <span className="batch-line">{of(pair).name}</span>
        <span className="batch-line quiet">
          {source(of(pair).source)} · {of(pair).external_id}
        </span>
      </>
    ),
  };
}
