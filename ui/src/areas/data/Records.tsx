/** The records of a kind that is chosen. */
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import { KINDS } from "../../backend/generated";
import { Section } from "../../components/Page";
import { useSearchParam } from "../../components/useSearchParam";
import { useWord } from "../../i18n";
import { RecordRows } from "./RecordRows";

/** These have pages of their own, or are no records of a source. */
const ELSEWHERE: readonly string[] = [
  "units",
  "people",
  "memberships",
  "customers",
  "products",
  "opportunities",
  "target_bonuses",
  "goals",
];
const LISTED = KINDS.filter((kind) => !ELSEWHERE.includes(kind));

export function Records() {
  const { t } = useTranslation();
  const word = useWord();
  const [chosen, choose] = useSearchParam("records");
  const kind = LISTED.find((one) => one === chosen) ?? "contracts";
  return (
    <Section
      title={t("data.records.title")}
      flush
      testId="records"
      actions={
        <Select
          className="kind-select"
          aria-label={t("data.records.kind")}
          data-testid="records-kind"
          value={kind}
          options={LISTED.map((value) => ({ value, label: word("data.kind", value) }))}
          onChange={(value: string) => choose(value)}
        />
      }
    >
      <RecordRows key={kind} kind={kind} source={null} month={null} />
    </Section>
  );
}
