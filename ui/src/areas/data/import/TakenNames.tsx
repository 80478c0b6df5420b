/** Names of the files that are read as known names: which, as what, and whether that was decided now or before. */
import { useTranslation } from "react-i18next";

import type { ImportDecisions, ImportPreview } from "../../../backend/generated";
import { formatCount } from "../../../components/format";
import { Section } from "../../../components/Page";
import { useWord } from "../../../i18n";
import { isDecided } from "./decisions";

interface Props {
  preview: ImportPreview;
  decisions: ImportDecisions;
}

/** Nothing where every name of the files is one that is known. */
export function TakenNames({ preview, decisions }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const taken = preview.aliases.filter((alias) => isDecided(decisions, alias));
  if (taken.length === 0) return null;
  return (
    <Section title={t("data.import.taken")} testId="taken-names">
      <ul className="plain-list taken-names">
        {taken.map((alias) => {
          const now = alias.key in decisions.aliases;
          // What was remembered may be another name than the near one.
          const target = now ? decisions.aliases[alias.key] : (alias.target ?? alias.proposal);
          return (
            <li key={alias.key}>
              <span>
                {target ? t("data.import.takenAs", { text: alias.text, name: target }) : t("data.import.takenNew", { text: alias.text })}
              </span>
              <span className="quiet">
                {word("data.aliasKind", alias.kind)} · {t(now ? "data.import.decidedNow" : "data.import.decidedBefore")} ·{" "}
                {t("common.rows", { count: alias.rows, rows: formatCount(alias.rows) })}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
