/** What a period pays, as the file for payroll would be, with the columns that are worked on. */
import { Button, Tag } from "antd";
import { FileSpreadsheet } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";

import type { PayrollColumns, PayrollView } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { formatCount, formatMoney } from "../../../components/format";
import { MessageText } from "../../../components/MessageText";
import { Money } from "../../../components/figures";
import { Answer, Section } from "../../../components/Page";
import { useLanguage } from "../../../i18n";
import { useSaved } from "../useSaved";
import { Columns } from "./Columns";
import { Profiles } from "./Profiles";

export function PayrollFile({ period }: { period: string }) {
  const language = useLanguage();
  const [own, setOwn] = useState<PayrollColumns | null>(null);
  const columns = useDeferredValue(own);
  const view = useRead("get_payroll", { period, ...(columns && { columns }), language }, { placeholderData: (before) => before });
  return (
    <Answer query={view}>
      {(payroll) => {
        const shown = own ?? payroll.columns;
        return (
          <>
            <Summary period={period} payroll={payroll} columns={shown} />
            <Columns columns={shown} fields={payroll.fields} problems={payroll.problems} onChange={setOwn} onReset={() => setOwn(null)} />
            <Profiles columns={shown} kept={payroll.profiles} onChoose={setOwn} />
            <Preview payroll={payroll} />
            <Apart payroll={payroll} />
          </>
        );
      }}
    </Answer>
  );
}

function Summary({ period, payroll, columns }: { period: string; payroll: PayrollView; columns: PayrollColumns }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const saved = useSaved();
  const write = useCommand("export_payroll");
  const { approved, people, total, plans, problems } = payroll;
  const label = { csv: t(approved ? "bonus.papers.file.csv" : "bonus.papers.file.csvDraft"), xlsx: t(approved ? "bonus.papers.file.xlsx" : "bonus.papers.file.xlsxDraft") };
  return (
    <Section
      title={t("bonus.papers.file.title")}
      context={<span data-testid="payroll-sum">{t("bonus.papers.file.summary", { people: formatCount(people), total: formatMoney(total) })}</span>}
      actions={(["csv", "xlsx"] as const).map((format) => (
        <Button
          key={format}
          type={format === "csv" && approved ? "primary" : "default"}
          icon={<FileSpreadsheet size={15} />}
          disabled={problems.length > 0}
          loading={write.isPending && write.variables.format === format}
          onClick={() => write.mutate({ period, columns, format, draft: !approved, language }, saved)}
          data-testid={`payroll-${format}`}
        >
          {label[format]}
        </Button>
      ))}
      testId="payroll-file"
    >
      <p>
        <Tag color={approved ? "green" : "gold"} data-testid="payroll-state">
          {t(approved ? "bonus.papers.file.approved" : "bonus.papers.file.draft")}
        </Tag>
        {plans.map(({ code, name_zh, name_en, version }) => (
          <span key={code} className="payroll-plan">{t("bonus.papers.file.plan", { name: language === "en" ? name_en : name_zh, code, version: String(version) })}</span>
        ))}
      </p>
      {!approved && <p className="quiet">{t("bonus.papers.file.draftText")}</p>}
    </Section>
  );
}

function Preview({ payroll: { rows, columns, problems } }: { payroll: PayrollView }) {
  const { t } = useTranslation();
  if (problems.length > 0) return null;
  return (
    <Section title={t("bonus.papers.file.preview")} testId="payroll-preview">
      {rows.length === 0 ? (
        <p className="quiet">{t("bonus.papers.file.noRows")}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="payroll-scroll" tabIndex={0} role="region" aria-label={t("bonus.papers.file.preview")}>
          <table className="plain-table" aria-label={t("bonus.papers.file.preview")}>
            <thead>
              <tr>
                {columns.columns.map(({ header }) => (
                  <th key={header} scope="col">{header}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                // Rows are in the order of the file; two people may have the same cells.
                // oxlint-disable-next-line react/no-array-index-key
                <tr key={index}>
                  {row.map((cell, column) => (
                    <td key={columns.columns[column]?.header} className="payroll-cell">{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

/** Whose pay waits: in no row of the file. */
function Apart({ payroll: { apart } }: { payroll: PayrollView }) {
  const { t } = useTranslation();
  if (apart.length === 0) return null;
  return (
    <Section title={t("bonus.papers.file.apart")} testId="payroll-apart">
      <table className="plain-table" aria-label={t("bonus.papers.file.apart")}>
        <tbody>
          {apart.map(({ person, name, staff_number, payout, reason }) => (
            <tr key={person}>
              <th scope="row">{[name, staff_number].filter(Boolean).join(" · ")}</th>
              <td className="number"><Money value={payout} /></td>
              <td><MessageText message={reason} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
