/** Both records side by side: which one stays, or that they are not the same. */
import { App, Button, Drawer, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { CustomerCard } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { formatCount, MISSING } from "../../../components/format";
import { Answer } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useToast } from "../../../components/useToast";
import { useWord } from "../../../i18n";
import { richer, rowsOf } from "./richer";

export interface Pair {
  one: string;
  other: string;
}

const MERGE_BUTTON = { "data-testid": "merge-confirm" };

export function CompareDrawer({ pair, onClose }: { pair: Pair | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer open={pair !== null} onClose={onClose} size={880} destroyOnHidden title={t("data.duplicates.compare")} data-testid="drawer-compare">
      {pair && <Compared key={`${pair.one}~${pair.other}`} pair={pair} onClose={onClose} />}
    </Drawer>
  );
}

function Compared({ pair, onClose }: { pair: Pair; onClose: () => void }) {
  const cards = useRead("compare_customers", { customer: pair.one, into: pair.other });
  return <Answer query={cards}>{({ one, other }) => <Choice one={one} other={other} onClose={onClose} />}</Answer>;
}

function Choice({ one, other, onClose }: { one: CustomerCard; other: CustomerCard; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useRights()("import_data");
  const toast = useToast();
  const { modal } = App.useApp();
  // Rows go over in any case; values of the one that is given up do not.
  const [stays, setStays] = useState(richer(one, other).customer.id);
  const merge = useCommand("merge_customers");
  const apart = useCommand("keep_customers_apart");
  const [kept, given] = stays === one.customer.id ? [one, other] : [other, one];
  const ask = () =>
    void modal.confirm({
      title: t("data.duplicates.question", { given: given.customer.name, kept: kept.customer.name }),
      content: (
        <>
          <p>{t("data.duplicates.explanation", { count: rowsOf(given), rows: formatCount(rowsOf(given)), kept: kept.customer.name })}</p>
          <p>{t("data.duplicates.later")}</p>
        </>
      ),
      okText: t("data.duplicates.merge"),
      cancelText: t("common.cancel"),
      okButtonProps: MERGE_BUTTON,
      onOk: () =>
        merge.mutateAsync({ customer: given.customer.id, into: kept.customer.id }).then(
          ({ rows }) => {
            toast.done(t("data.duplicates.merged", { count: rows, rows: formatCount(rows) }));
            onClose();
          },
          () => undefined, // the drawer shows the error
        ),
    });
  const separate = () =>
    apart.mutate(
      { one: one.customer.id, other: other.customer.id, apart: true },
      {
        onSuccess: () => {
          toast.done(t("data.duplicates.apartDone"));
          onClose();
        },
      },
    );
  const error = merge.error ?? apart.error;
  return (
    <div className="drawer-choice">
      <p className="quiet drawer-context">{t("data.duplicates.choose")}</p>
      {error && <ErrorState error={error} />}
      <Radio.Group value={stays} onChange={(event) => setStays(event.target.value as string)} className="full-width" aria-label={t("data.duplicates.choose")}>
        <SideBySide one={one} other={other} />
      </Radio.Group>
      <GivenUp given={given} kept={kept} />
      {may && (
        <footer className="import-buttons">
          <Button onClick={separate} loading={apart.isPending} disabled={merge.isPending} data-testid="keep-apart">
            {t("data.duplicates.notSame")}
          </Button>
          <span className="import-hint" />
          <Button type="primary" onClick={ask} loading={merge.isPending} disabled={apart.isPending} data-testid="merge">
            {t("data.duplicates.merge")}
          </Button>
        </footer>
      )}
    </div>
  );
}

/** Of the one that is given up its rows go over; its own values stay with its record and count no more while they are one. */
function GivenUp({ given, kept }: { given: CustomerCard; kept: CustomerCard }) {
  const { t } = useTranslation();
  const word = useWord();
  const names = { given: given.customer.name, kept: kept.customer.name };
  const own = given.fields.filter(({ field, value }) => kept.fields.find((each) => each.field === field)?.value !== value);
  const values = own.map(({ field, value }) => t("data.duplicates.ownValue", { field: word("data.field", field), value })).join(t("data.comma"));
  return (
    <section className="given-up" data-testid="given-up">
      <h3>{t("data.duplicates.becomes", names)}</h3>
      <ul>
        <li>{t("data.duplicates.becomesGiven", names)}</li>
        <li>{t("data.duplicates.becomesNames", names)}</li>
        {given.fields.length > 0 && <li>{values === "" ? t("data.duplicates.becomesSame", names) : t("data.duplicates.becomesOwn", { ...names, values })}</li>}
        <li>{t("data.duplicates.becomesBack")}</li>
      </ul>
    </section>
  );
}

function SideBySide({ one, other }: { one: CustomerCard; other: CustomerCard }) {
  const { t } = useTranslation();
  const word = useWord();
  const source = (name: string) => word("data.source", name);
  const fields = unique([...one.fields, ...other.fields].map(({ field }) => field));
  const kinds = unique([...one.rows, ...other.rows].map(({ kind }) => kind));
  const value = (card: CustomerCard, field: string) => card.fields.find((each) => each.field === field)?.value ?? MISSING;
  const count = (card: CustomerCard, kind: string) => formatCount(card.rows.find((each) => each.kind === kind)?.count ?? 0);
  const lines = [
    { key: "number", label: t("data.duplicates.number"), left: numberOf(one, source), right: numberOf(other, source) },
    ...fields.map((field) => ({ key: `field ${field}`, label: word("data.field", field), left: value(one, field), right: value(other, field) })),
    { key: "names", label: t("data.duplicates.contacts"), left: one.contacts.join(t("data.comma")) || MISSING, right: other.contacts.join(t("data.comma")) || MISSING },
    ...kinds.map((kind) => ({ key: `kind ${kind}`, label: word("data.kind", kind), left: count(one, kind), right: count(other, kind) })),
  ];
  return (
    <table className="compare-table" data-testid="compare-table">
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">{t("data.import.field")}</span>
          </th>
          {[one, other].map(({ customer }) => (
            <th key={customer.id} scope="col">
              <Radio value={customer.id} data-testid={`stays-${customer.id}`}>
                {t("data.duplicates.stays", { name: customer.name })}
              </Radio>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, label, left, right }) => (
          <tr key={key} className={left === right ? undefined : "compare-differs"}>
            <th scope="row">{label}</th>
            <td>{left}</td>
            <td>{right}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function numberOf({ customer }: CustomerCard, source: (name: string) => string): string {
  return `${source(customer.source)} · ${customer.external_id}`;
}

function unique(all: readonly string[]): string[] {
  return [...new Set(all)];
}
