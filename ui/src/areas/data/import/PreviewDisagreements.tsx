/** Where the files disagree with other sources: how often, some of them, and which value stands. */
import { useTranslation } from "react-i18next";

import type { DisagreementsFound } from "../../../backend/generated";
import { formatCount } from "../../../components/format";
import { Section } from "../../../components/Page";
import { useWord } from "../../../i18n";
import { useSay, useTerm } from "../../../i18n/say";

export function PreviewDisagreements({ found }: { found: DisagreementsFound }) {
  const { t } = useTranslation();
  const say = useSay();
  const term = useTerm();
  const word = useWord();
  if (found.count === 0) return null;
  return (
    <Section
      title={t("data.disagreements.title")}
      context={t("data.disagreements.found", { count: found.count, records: formatCount(found.count) })}
      testId="preview-disagreements"
    >
      <ul className="plain-list">
        {found.samples.map((row) => (
          <li key={`${row.entity} ${row.id} ${row.field}`}>
            <strong>{say(row.name)}</strong> {term("record_field", row.field)}: {say(row.value)}{" "}
            <span className="quiet">
              {row.values.map((said) => `${word("data.source", said.source)} ${say(said.value)}`).join("; ")}
            </span>
          </li>
        ))}
      </ul>
      {found.samples.length < found.count && <p className="quiet">{t("data.disagreements.more")}</p>}
    </Section>
  );
}
