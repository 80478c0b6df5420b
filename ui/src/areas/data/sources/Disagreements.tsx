/** Fields on which sources disagree: what each says, what stands and why, and the choice of another value. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { CircleCheck, Scale } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useBackend, type BackendError } from "../../../backend/backend";
import { KINDS, type ClaimedValue, type Disagreement, type DisagreementPage } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { ErrorState } from "../../../components/ErrorState";
import { formatDate } from "../../../components/format";
import { HistoryDrawer, type Subject } from "../../../components/history/HistoryDrawer";
import { Answer, EmptyState, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useSearchParam } from "../../../components/useSearchParam";
import { useToast } from "../../../components/useToast";
import { useWord } from "../../../i18n";
import { useSay, useTerm } from "../../../i18n/say";

/** What sources cannot share. */
const UNSHARED: readonly string[] = ["units", "people", "memberships", "target_bonuses", "goals"];
const SHARED = KINDS.filter((kind) => !UNSHARED.includes(kind));

export function Disagreements() {
  const { t } = useTranslation();
  const [kind, setKind] = useSearchParam("kind");
  const [source, setSource] = useSearchParam("source");
  const [record, setRecord] = useSearchParam("record");
  const pages = useDisagreements(kind, source);
  const filtered = kind !== null || source !== null;
  return (
    <Section title={t("data.disagreements.title")} context={t("data.disagreements.context")} flush testId="disagreements">
      <Filter kind={kind} source={source} onKind={setKind} onSource={setSource} />
      <Answer query={pages}>
        {({ rows, total }) =>
          total === 0 ? (
            <EmptyState
              icon={<Scale size={32} strokeWidth={1.25} aria-hidden />}
              title={t(filtered ? "data.disagreements.noneOfFilter" : "data.disagreements.none")}
              text={filtered ? undefined : t("data.disagreements.noneText")}
            />
          ) : (
            <Rows
              rows={rows}
              total={total}
              onOpen={(one) => setRecord(`${one.entity}:${one.id}`)}
              onEnd={() => pages.hasNextPage && !pages.isFetching && void pages.fetchNextPage()}
            />
          )
        }
      </Answer>
      <HistoryDrawer subject={subjectOf(record)} onClose={() => setRecord(null)} />
    </Section>
  );
}

function subjectOf(record: string | null): Subject | null {
  const [entity, id] = record?.split(":") ?? [];
  return entity && id ? { entity, id } : null;
}

function useDisagreements(kind: string | null, source: string | null) {
  const backend = useBackend();
  return useInfiniteQuery<DisagreementPage, BackendError, Omit<DisagreementPage, "next">, readonly unknown[], string | null>({
    queryKey: ["list_disagreements", { kind, source }],
    queryFn: ({ pageParam }) => backend.call("list_disagreements", { kind, source, after: pageParam }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next ?? undefined,
    select: ({ pages }) => ({ rows: pages.flatMap((page) => page.rows), total: pages[0]?.total ?? 0 }),
  });
}

function Filter(props: {
  kind: string | null;
  source: string | null;
  onKind: (kind: string | null) => void;
  onSource: (source: string | null) => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const sources = useRead("list_sources", {}).data?.sources ?? [];
  return (
    <div className="history-filter">
      <Select
        allowClear
        aria-label={t("data.records.kind")}
        placeholder={t("data.disagreements.allKinds")}
        value={props.kind}
        onChange={(value: string | undefined) => props.onKind(value ?? null)}
        options={SHARED.map((value) => ({ value, label: word("data.kind", value) }))}
        data-testid="disagreement-kind"
      />
      <Select
        allowClear
        aria-label={t("data.columns.source")}
        placeholder={t("data.disagreements.allSources")}
        value={props.source}
        onChange={(value: string | undefined) => props.onSource(value ?? null)}
        options={sources.map((one) => ({ value: one.source, label: word("data.source", one.source) }))}
        data-testid="disagreement-source"
      />
    </div>
  );
}

function Rows(props: { rows: readonly Disagreement[]; total: number; onOpen: (row: Disagreement) => void; onEnd: () => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const term = useTerm();
  const word = useWord();
  const toast = useToast();
  const may = useRights()("import_data");
  const { mutate, isPending, error } = useCommand("take_value");
  const { onOpen } = props;
  const columns = useMemo<Column<Disagreement>[]>(() => {
    const take = (row: Disagreement, said: ClaimedValue) =>
      mutate(
        { entity: row.entity, id: row.id, field: row.field, source: said.source },
        { onSuccess: () => toast.done(t("data.disagreements.taken", { value: say(said.value) })) },
      );
    return [
      {
        key: "record",
        title: t("data.disagreements.record"),
        text: (row) => `${word("data.kind", row.kind)} · ${say(row.name)}`,
        render: (row) => (
          <Button type="link" size="small" className="cell-link" onClick={() => onOpen(row)} data-testid={`record-${row.id}-${row.field}`}>
            {say(row.name)} <span className="quiet">{word("data.kind", row.kind)}</span>
          </Button>
        ),
      },
      { key: "field", title: t("data.disagreements.field"), text: (row) => term("record_field", row.field), width: 130 },
      {
        key: "values",
        title: t("data.disagreements.said"),
        text: (row) => row.values.map((said) => `${word("data.source", said.source)}: ${say(said.value)}`).join("; "),
        render: (row) => (
          <ul className="plain-list said">
            {row.values.map((said) => (
              <li key={said.source}>
                <span className="quiet">
                  {word("data.source", said.source)} · {formatDate(said.at.slice(0, 10))}
                </span>{" "}
                <strong>{say(said.value)}</strong>{" "}
                {said.stands ? (
                  <span className="mark mark-ok">
                    <CircleCheck size={13} aria-hidden /> {t(`data.disagreements.reason.${reasonOf(row)}`)}
                  </span>
                ) : (
                  may && (
                    <Button
                      type="link"
                      size="small"
                      disabled={isPending}
                      onClick={() => take(row, said)}
                      data-testid={`take-${row.id}-${row.field}-${said.source}`}
                    >
                      {t("data.disagreements.take")}
                    </Button>
                  )
                )}
              </li>
            ))}
          </ul>
        ),
        width: 460,
      },
      { key: "stands", title: t("data.disagreements.stands"), text: (row) => say(row.value), width: 180 },
    ];
  }, [t, say, term, word, may, mutate, isPending, toast, onOpen]);
  // Every source has a line of its own: what is cut off could not be taken.
  const rowPx = Math.max(64, 12 + 28 * Math.max(...props.rows.map((row) => row.values.length)));
  return (
    <>
      {error && <ErrorState error={error} />}
      <DataTable
        label={t("data.disagreements.title")}
        columns={columns}
        rows={props.rows}
        rowKey={(row) => `${row.entity} ${row.id} ${row.field}`}
        count={props.total}
        rowPx={rowPx}
        maxHeight={560}
        onEnd={props.onEnd}
        testId="disagreement-table"
      />
    </>
  );
}

function reasonOf(row: Disagreement): "precedence" | "chosen" | "edited" {
  return row.reason === "chosen" || row.reason === "edited" ? row.reason : "precedence";
}
