/** Who gains and who loses, by each of the other plans; a row opens its periods. */
import { Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { WhatIf, WhatIfPerson } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { compareExact, currencySymbol, formatCount, formatDecimal, MISSING, sumDecimals } from "../../../components/format";
import { Section } from "../../../components/Page";
import { daysOf, periodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { BlockedMark } from "../BlockedMark";
import { CopyTable } from "./CopyTable";
import { Signed, type Range } from "./Result";

interface Props {
  view: WhatIf;
  /** By plans. */
  heads: readonly string[];
  range: Range;
}

export function People({ view, heads, range }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<WhatIfPerson | null>(null);
  const columns = useColumns(view, heads);
  const table = [columns.map(({ title }) => title), ...view.people.map((row) => plainRow(row))];
  return (
    <Section
      title={t("bonusIf.whatIf.winners")}
      context={t("bonusIf.whatIf.winnersContext")}
      actions={<CopyTable range={range} rows={table} testId="what-if-copy-people" />}
      flush
      testId="what-if-people"
    >
      <DataTable
        label={t("bonusIf.whatIf.winners")}
        columns={columns}
        rows={view.people}
        count={view.people_count}
        rowKey={(row) => row.person}
        rowTestId={(row) => `what-if-${row.person}`}
        onOpen={setOpen}
        footer={
          view.people.length < view.people_count && (
            <span>{t("bonusIf.whatIf.shownOf", { shown: formatCount(view.people.length), count: view.people_count })}</span>
          )
        }
      />
      <Drawer
        open={open !== null}
        onClose={() => setOpen(null)}
        title={open && t("bonusIf.whatIf.person", { name: open.name })}
        size={720}
        destroyOnHidden
        data-testid="drawer-what-if-person"
      >
        {open && <Periods person={open} heads={heads} currency={view.currency} />}
      </Drawer>
    </Section>
  );
}

function plainRow(row: WhatIfPerson): string[] {
  return [[row.name, row.staff_number].filter(Boolean).join(" "), row.team ?? "", ...row.totals, ...row.differences];
}

function useColumns(view: WhatIf, heads: readonly string[]): Column<WhatIfPerson>[] {
  const { t } = useTranslation();
  const symbol = currencySymbol(view.currency).trim();
  const all = view.people.length === view.people_count;
  const sum = (of: (row: WhatIfPerson) => string | undefined) => (all ? formatDecimal(sumDecimals(view.people.map((row) => of(row) ?? "0"))) : undefined);
  const amount = (key: string, title: string, of: (row: WhatIfPerson) => string | undefined): Column<WhatIfPerson> => ({
    key,
    title,
    // The name of a plan on two lines, where two plans leave room for it.
    width: view.plans.length > 2 ? 148 : 172,
    numeric: true,
    compare: (a, b) => compareExact(of(a) ?? "", of(b) ?? ""),
    text: (row) => formatDecimal(of(row)),
    ...(all && { total: sum(of) }),
  });
  return [
    {
      key: "name",
      title: t("bonusIf.whatIf.columns.name"),
      width: 168,
      compare: (a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)),
      text: (row) => [row.name, row.staff_number].filter(Boolean).join(" "),
      render: (row) => (
        <>
          {row.name}
          {row.staff_number && <span className="staff">{row.staff_number}</span>}
        </>
      ),
    },
    { key: "team", title: t("bonusIf.whatIf.columns.team"), text: (row) => row.team ?? MISSING },
    ...view.plans.map((_, at) => amount(`total-${at}`, t("bonusIf.whatIf.columns.total", { plan: heads[at] ?? "", symbol }), (row) => row.totals[at])),
    ...view.plans.slice(1).map((_, at) => ({
      ...amount(`difference-${at}`, t("bonusIf.whatIf.columns.difference", { plan: heads[at + 1] ?? "", symbol }), (row) => row.differences[at]),
      render: (row: WhatIfPerson) => <Signed value={row.differences[at] ?? "0"} />,
    })),
  ];
}

interface Pay {
  period: string;
  pays: readonly ({ payout: string; blocked: boolean } | null)[];
}

/** The periods of a person under every plan; plans of other kinds have other periods. */
function Periods({ person, heads, currency }: { person: WhatIfPerson; heads: readonly string[]; currency: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const symbol = currencySymbol(currency).trim();
  const keys = [...new Set(person.periods.flat().map(({ period }) => period))];
  const order = (key: string) => `${daysOf(key)?.to ?? key} ${key}`;
  const rows: Pay[] = keys
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
    .map((period) => ({ period, pays: person.periods.map((all) => all.find((one) => one.period === period) ?? null) }));
  const columns: Column<Pay>[] = [
    { key: "period", title: t("bonusIf.whatIf.columns.period"), width: 160, text: (row) => periodLabel(row.period, t, language) },
    ...heads.map((head, at) => ({
      key: `plan-${at}`,
      title: t("bonusIf.whatIf.columns.total", { plan: head, symbol }),
      numeric: true,
      text: (row: Pay) => formatDecimal(row.pays[at]?.payout),
      render: (row: Pay) => (
        <>
          {row.pays[at]?.blocked && <BlockedMark />} {formatDecimal(row.pays[at]?.payout)}
        </>
      ),
      total: formatDecimal(person.totals[at]),
    })),
  ];
  return <DataTable label={t("bonusIf.whatIf.person", { name: person.name })} columns={columns} rows={rows} rowKey={(row) => row.period} maxHeight={900} />;
}
