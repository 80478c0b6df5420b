/** What was found in each file: kind, format, evidence, the first rows. */
import { AutoComplete, Button, Checkbox, Select } from "antd";
import { useTranslation } from "react-i18next";

import { KINDS, type ImportDecisions, type ImportDraft, type ImportFile } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { formatCount } from "../../../components/format";
import { Notes } from "../../../components/MessageText";
import { Section } from "../../../components/Page";
import { usePickFiles } from "../../../components/usePickFiles";
import { useLanguage, useWord } from "../../../i18n";
import { SEPARATORS, useSay } from "../../../i18n/say";
import { chooseEncoding, chooseKind, decisionOn, skipFile } from "./decisions";
import { EncodingSelect } from "./EncodingSelect";

const CURRENCIES = ["CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD", "KRW", "AUD"];
/** Rows of the sample that are shown; more are not needed to recognise a file. */
const SHOWN_ROWS = 5;

export interface StepProps {
  draft: ImportDraft;
  decisions: ImportDecisions;
  onDecide: (decisions: ImportDecisions) => void;
}

export function FilesStep({ draft, decisions, onDecide }: StepProps) {
  const { t } = useTranslation();
  const say = useSay();
  const { pick, picking, error } = usePickFiles();
  return (
    <>
      <SourceChoice draft={draft} decisions={decisions} onDecide={onDecide} />
      <CurrencyChoice decisions={decisions} onDecide={onDecide} />
      <TaxChoice files={draft.files} decisions={decisions} onDecide={onDecide} />
      {draft.files.map((file) => (
        <FileCard key={file.index} file={file} decisions={decisions} onDecide={onDecide} />
      ))}
      {draft.unreadable.length > 0 && (
        <Section title={t("data.import.unreadable")}>
          <ul className="plain-list">
            {draft.unreadable.map((file, place) => (
              // Two files may have one name.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={place}>
                <strong>{file.file}</strong>{" "}
                {file.index === null ? (
                  <span className="quiet">{say(file.reason)}</span>
                ) : (
                  <EncodingSelect
                    file={file.file}
                    index={file.index}
                    value={file.encoding}
                    refused={file.reason}
                    onChoose={(value) => onDecide(chooseEncoding(decisions, file.index ?? 0, value))}
                  />
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <div>
        <Button type="link" size="small" loading={picking} onClick={() => pick()}>
          {t("data.import.pickAgain")}
        </Button>
      </div>
      {error && <ErrorState error={error} />}
    </>
  );
}

function FileCard({ file, decisions, onDecide }: Omit<StepProps, "draft"> & { file: ImportFile }) {
  const { t } = useTranslation();
  const word = useWord();
  const { skip, encoding } = decisionOn(decisions, file.index);
  return (
    <Section
      testId={`import-file-${file.index}`}
      title={file.file}
      context={
        <>
          {file.encoding_refused ? t("data.import.stillRead", { format: file.format }) : file.format} · {t("common.rows", { count: file.rows, rows: formatCount(file.rows) })}
        </>
      }
      actions={
        <>
          {file.encoding !== null && (
            <EncodingSelect
              file={file.file}
              index={file.index}
              value={encoding ?? file.encoding}
              refused={file.encoding_refused}
              disabled={skip}
              onChoose={(value) => onDecide(chooseEncoding(decisions, file.index, value))}
            />
          )}
          <Select
            className="kind-select"
            showSearch={{ optionFilterProp: "label" }}
            aria-label={t("data.import.kindOf", { file: file.file })}
            data-testid={`import-kind-${file.index}`}
            value={file.kind}
            placeholder={t("data.import.chooseKind")}
            disabled={skip}
            status={file.kind || skip ? "" : "warning"}
            options={KINDS.map((kind) => ({ value: kind, label: word("data.kind", kind) }))}
            onChange={(kind: string) => onDecide(chooseKind(decisions, file.index, kind))}
          />
          <Checkbox
            checked={skip}
            data-testid={`import-skip-${file.index}`}
            onChange={(event) => onDecide(skipFile(decisions, file.index, event.target.checked))}
          >
            {t("data.import.skip")}
          </Checkbox>
        </>
      }
    >
      {!skip && (
        <>
          <SampleTable file={file} />
          {file.tax_included !== null && (
            <p className="notes" data-testid={`import-tax-${file.index}`}>
              {t("data.import.taxTaken", { percent: file.tax_included })}
            </p>
          )}
          <Notes messages={file.evidence} />
        </>
      )}
    </Section>
  );
}

function SampleTable({ file }: { file: ImportFile }) {
  const { t } = useTranslation();
  return (
    // A box that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="sample-table" tabIndex={0} role="region" aria-label={t("data.import.sampleOf", { file: file.file })}>
      <table>
        <thead>
          <tr>
            {file.headers.map((header, column) => (
              // Headers may repeat.
              // oxlint-disable-next-line react/no-array-index-key
              <th key={column} scope="col">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {file.sample.slice(0, SHOWN_ROWS).map((row, line) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={line}>
              {file.headers.map((_, column) => (
                // oxlint-disable-next-line react/no-array-index-key
                <td key={column}>{row[column] ?? ""}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Which system the files come from: identities belong to it. */
function SourceChoice({ draft, decisions, onDecide }: StepProps) {
  const { t } = useTranslation();
  const word = useWord();
  const known = useRead("list_sources", {}).data?.sources ?? [];
  const names = new Set([draft.source, ...known.map((one) => one.source)]);
  return (
    <Section title={t("data.import.source")} context={t("data.import.sourceText")}>
      <AutoComplete
        className="kind-select"
        aria-label={t("data.import.source")}
        data-testid="import-source"
        value={decisions.source ?? draft.source}
        options={[...names].map((value) => ({ value, label: word("data.source", value) }))}
        onChange={(source: string) => onDecide({ ...decisions, source })}
      />
    </Section>
  );
}

/** Rates of value-added tax that are in force. */
const TAX_PERCENTS = ["13", "9", "6", "3", "1"];

/** The value of "as the last time" in the choice of tax; no percentage. */
const AS_REMEMBERED = "remembered";

/** Whether the amounts include tax: what is kept is net. Shows what is in force, also where an earlier import said it. */
function TaxChoice({ files, decisions, onDecide }: Omit<StepProps, "draft"> & { files: readonly ImportFile[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const taken = files.filter((file) => !decisionOn(decisions, file.index).skip);
  const remembered = [...new Set(taken.flatMap((file) => file.tax_remembered ?? []))];
  const percents = remembered.map((percent) => `${percent}%`).join(SEPARATORS[language]);
  return (
    <div className="inline-field">
      <label htmlFor="import-tax">{t("data.import.tax")}</label>
      <Select
        id="import-tax"
        className="tax-select"
        data-testid="import-tax"
        value={decisions.tax_included ?? (remembered.length > 0 ? AS_REMEMBERED : "")}
        options={[
          ...(remembered.length > 0 ? [{ value: AS_REMEMBERED, label: t("data.import.taxRemembered", { percents }) }] : []),
          { value: "", label: t("data.import.taxNone") },
          ...TAX_PERCENTS.map((percent) => ({ value: percent, label: t("data.import.taxPercent", { percent }) })),
        ]}
        onChange={(choice: string) => onDecide({ ...decisions, tax_included: choice === AS_REMEMBERED ? null : choice })}
      />
      <span className="quiet">{t("data.import.taxHelp")}</span>
    </div>
  );
}

/** The currency of the amounts: open to choice until the first amounts are there, then the company's. */
function CurrencyChoice({ decisions, onDecide }: Omit<StepProps, "draft">) {
  const { t } = useTranslation();
  const status = useRead("get_status", {}).data;
  if (!status) return null;
  return (
    <div className="inline-field">
      <label htmlFor="import-currency">{t("data.import.currency")}</label>
      <Select
        id="import-currency"
        className="currency-select"
        data-testid="import-currency"
        showSearch
        value={decisions.currency ?? status.currency}
        disabled={status.currency_fixed}
        options={CURRENCIES.map((value) => ({ value, label: value }))}
        onChange={(currency: string) => onDecide({ ...decisions, currency })}
      />
      <span className="quiet">
        {t(status.currency_fixed ? "data.import.currencyFixed" : "data.import.currencyFirst")}
      </span>
    </div>
  );
}
