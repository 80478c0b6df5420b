/** Which column fills which field, how dates are read and what stages and titles mean, each with its evidence. */
import { Checkbox, Select, Tabs } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import type { FieldMapping, ImportFile, Message } from "../../../backend/generated";
import { formatCount } from "../../../components/format";
import { Notes } from "../../../components/MessageText";
import { Section } from "../../../components/Page";
import { useWord } from "../../../i18n";
import { useSay } from "../../../i18n/say";
import { DATE_ORDERS, needsOrder, undecidedOrders, type DateOrder } from "./dateOrders";
import { chooseColumn, chooseDateOrder, chooseRole, chooseStage, decisionOn } from "./decisions";
import type { StepProps } from "./FilesStep";

const STAGES = ["prospecting", "engaging", "proposal", "negotiation", "won", "lost"];
const ROLES = ["sales", "manager", "by_deals"];
/** The value of "not filled" in a column select; no header is empty. */
const NO_COLUMN = "";
const SAMPLES = 3;

/** Required fields that no column fills. */
export function missingFields(file: ImportFile): FieldMapping[] {
  return file.fields.filter((field) => field.required && field.column === null);
}

export function MappingStep({ draft, decisions, onDecide }: StepProps) {
  const { t } = useTranslation();
  const word = useWord();
  const files = draft.files.filter((file) => file.kind && !decisionOn(decisions, file.index).skip);
  const [active, setActive] = useState<string | null>(null);
  return (
    <Section flush>
      <Tabs
        className="mapping-tabs"
        activeKey={active ?? String(files[0]?.index ?? "")}
        onChange={setActive}
        items={files.map((file) => ({
          key: String(file.index),
          label: (
            <span data-testid={`mapping-tab-${file.index}`}>
              {word("data.kind", file.kind ?? "")}
              <span className="quiet"> {file.file}</span>
              {missingFields(file).length > 0 ? (
                <span className="needs-mark"> {t("data.import.incomplete")}</span>
              ) : (
                undecidedOrders(file).length > 0 && <span className="needs-mark"> {t("data.import.orderOpenMark")}</span>
              )}
            </span>
          ),
          children: <FileMapping file={file} decisions={decisions} onDecide={onDecide} />,
        }))}
      />
      <div className="mapping-footer">
        <Checkbox
          checked={decisions.remember_mapping}
          onChange={(event) => onDecide({ ...decisions, remember_mapping: event.target.checked })}
        >
          {t("data.import.remember")}
        </Checkbox>
        {(decisions.in_full || hasKnownRows(draft)) && (
          <Checkbox checked={decisions.in_full} onChange={(event) => onDecide({ ...decisions, in_full: event.target.checked })}>
            {t("data.import.inFull")}
          </Checkbox>
        )}
      </div>
    </Section>
  );
}

/** Lines that are as they were imported before are not read: what they hold is not in the lists above. */
function hasKnownRows(draft: StepProps["draft"]) {
  return draft.files.some((file) => file.evidence.some((message) => message.code === "rows_known"));
}

function FileMapping({ file, decisions, onDecide }: Omit<StepProps, "draft"> & { file: ImportFile }) {
  const { t } = useTranslation();
  const about = (field: FieldMapping) => file.evidence.filter((message) => message.params["field"] === field.field);
  const general = file.evidence.filter((message) => !file.fields.some((field) => field.field === message.params["field"]));
  return (
    <div className="mapping">
      <Notes messages={general} />
      <div className="mapping-grid" role="table" aria-label={t("data.import.mappingOf", { file: file.file })}>
        <div role="row" className="mapping-row mapping-head">
          <span role="columnheader">{t("data.import.field")}</span>
          <span role="columnheader">{t("data.import.column")}</span>
          <span role="columnheader">{t("data.import.sample")}</span>
          <span role="columnheader">{t("data.import.reading")}</span>
        </div>
        {file.fields.map((field) => (
          <FieldRow
            key={field.field}
            file={file}
            field={field}
            evidence={about(field)}
            onColumn={(column) => onDecide(chooseColumn(decisions, file.index, field.field, column))}
            onOrder={(order) => onDecide(chooseDateOrder(decisions, file.index, field.field, order))}
          />
        ))}
      </div>
      <ValueMappings
        kind="stage"
        title={t("data.import.stages")}
        text={t("data.import.stagesText")}
        label={(value) => t("data.import.stageFor", { value })}
        values={file.stages.map(({ value, stage, rows }) => ({ value, meaning: stage, rows }))}
        codes={STAGES}
        onChoose={(value, stage) => onDecide(chooseStage(decisions, file.index, value, stage))}
      />
      <ValueMappings
        kind="role"
        title={t("data.import.roles")}
        text={t("data.import.rolesText")}
        label={(value) => t("data.import.roleFor", { value })}
        values={file.roles.map(({ value, role, rows }) => ({ value, meaning: role, rows }))}
        codes={ROLES}
        onChoose={(value, role) => onDecide(chooseRole(decisions, file.index, value, role))}
      />
    </div>
  );
}

function FieldRow(props: {
  file: ImportFile;
  field: FieldMapping;
  evidence: readonly Message[];
  onColumn: (column: string | null) => void;
  onOrder: (order: string) => void;
}) {
  const { file, field, evidence, onColumn, onOrder } = props;
  const { t } = useTranslation();
  const word = useWord();
  const say = useSay();
  const name = word("data.field", field.field);
  const column = field.column === null ? -1 : file.headers.indexOf(field.column);
  const samples = file.sample.map((row) => row[column] ?? "").filter((value) => value !== "");
  const missing = field.required && field.column === null;
  return (
    <div role="row" className="mapping-row" data-testid={`mapping-${field.field}`}>
      <span role="cell">
        {name}
        {field.required && <span className="required-mark"> {t("data.import.required")}</span>}
      </span>
      <span role="cell">
        <Select
          className="full-width"
          showSearch
          aria-label={t("data.import.columnFor", { field: name })}
          value={field.column ?? NO_COLUMN}
          status={missing ? "error" : ""}
          options={[
            { value: NO_COLUMN, label: t("data.import.noColumn") },
            ...[...new Set(file.headers)].map((header) => ({ value: header, label: header })),
          ]}
          onChange={(value: string) => onColumn(value === NO_COLUMN ? null : value)}
        />
      </span>
      <span role="cell" className="quiet mapping-samples" title={samples.join("\n")}>
        {samples.slice(0, SAMPLES).join(" · ")}
      </span>
      <span role="cell" className="mapping-reading">
        {needsOrder(file, field) && (
          <OrderChooser field={field} name={name} onOrder={onOrder} />
        )}
        {evidence.map((message) => (
          <span key={message.code} className="quiet evidence">
            {say(message)}
          </span>
        ))}
      </span>
    </div>
  );
}

/** The order of a column's dates, with what a value of the file becomes in each. Until one is known it is asked for. */
function OrderChooser(props: {
  field: FieldMapping;
  name: string;
  onOrder: (order: string) => void;
}) {
  const { field, name, onOrder } = props;
  const { t } = useTranslation();
  const word = useWord();
  const examples = useId();
  const open = field.date_order === null;
  const example = field.readings;
  const reading = (order: DateOrder) => example?.[order] ?? t("data.import.noDate");
  return (
    <>
      <Select
        className="full-width"
        aria-label={t("data.import.orderFor", { field: name })}
        aria-describedby={example && open ? examples : undefined}
        aria-required
        data-testid={`date-order-${field.field}`}
        value={field.date_order}
        placeholder={t("data.import.chooseOrder")}
        status={open ? "error" : ""}
        popupMatchSelectWidth={false}
        labelRender={(chosen) => word("data.dateOrder", String(chosen.value))}
        options={DATE_ORDERS.map((order) => ({
          value: order,
          title: word("data.dateOrder", order),
          label: (
            <>
              {word("data.dateOrder", order)}
              {example && <span className="quiet"> {t("data.import.readAs", { value: example.value, day: reading(order) })}</span>}
            </>
          ),
        }))}
        onChange={onOrder}
      />
      {example && open && (
        <ul id={examples} className="order-readings" data-testid={`readings-${field.field}`}>
          {DATE_ORDERS.map((order) => (
            <li key={order}>
              {word("data.dateOrder", order)}
              <span className="quiet"> {t("data.import.readAs", { value: example.value, day: reading(order) })}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The values of a column and what each is taken for. Nothing where the file has no such column. */
function ValueMappings(props: {
  kind: "stage" | "role";
  title: string;
  text: string;
  label: (value: string) => string;
  values: readonly { value: string; meaning: string | null; rows: number }[];
  codes: readonly string[];
  onChoose: (value: string, code: string) => void;
}) {
  const { kind, title, text, label, values, codes, onChoose } = props;
  const { t } = useTranslation();
  const word = useWord();
  if (values.length === 0) return null;
  return (
    <div className="value-mappings">
      <h3>{title}</h3>
      <p className="quiet">{text}</p>
      <ul>
        {values.map(({ value, meaning, rows }) => (
          <li key={value} data-testid={`${kind}-${value}`}>
            <span>{value}</span>
            <span className="figure quiet">{t("common.rows", { count: rows, rows: formatCount(rows) })}</span>
            <Select
              className="full-width"
              aria-label={label(value)}
              value={meaning}
              placeholder={t("data.import.stageOpen")}
              status={meaning ? "" : "warning"}
              options={codes.map((code) => ({ value: code, label: word(`data.${kind}`, code) }))}
              onChange={(code: string) => onChoose(value, code)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
