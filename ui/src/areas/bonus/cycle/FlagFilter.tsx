/** Chooses the statements that want a look by what is unusual about them. */
import { useTranslation } from "react-i18next";

import { formatCount } from "../../../components/format";
import { useTerm } from "../../../i18n/say";
import { HELD, type Flags } from "./flags";

interface Props {
  flags: Flags;
  chosen: string | null;
  onChoose: (kind: string | null) => void;
}

export function FlagFilter({ flags, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const term = useTerm();
  if (flags.kinds.length === 0) return null;
  const chip = (kind: string | null, word: string, people: number | null) => (
    <button key={word} type="button" className="chip" aria-pressed={chosen === kind} onClick={() => onChoose(kind)} data-testid={`flag-${kind ?? "all"}`}>
      <span>{word}</span> {people !== null && <span className="figure">{formatCount(people)}</span>}
    </button>
  );
  return (
    <div className="chips" role="group" aria-label={t("bonus.cycle.anomalies.label")} data-testid="flags">
      {chip(null, t("bonus.cycle.anomalies.all"), null)}
      {flags.kinds.map(({ kind, people }) => chip(kind, kind === HELD ? t("bonus.cycle.anomalies.held") : term("anomaly", kind), people))}
    </div>
  );
}
