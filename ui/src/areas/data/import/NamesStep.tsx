/** Names that are nearly known. Each wants a yes, another name, or a no; what hangs on it is shown. */
import { Button, Select } from "antd";
import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { AliasProposal, ImportDecisions, ImportPreview } from "../../../backend/generated";
import { Money } from "../../../components/figures";
import { formatCount } from "../../../components/format";
import { EmptyState, Section } from "../../../components/Page";
import { useWord } from "../../../i18n";
import { chooseName, isDecided, takeProposals } from "./decisions";

interface Props {
  preview: ImportPreview;
  decisions: ImportDecisions;
  onDecide: (decisions: ImportDecisions) => void;
}

export function NamesStep({ preview, decisions, onDecide }: Props) {
  const { t } = useTranslation();
  if (preview.aliases.length === 0) {
    return (
      <Section>
        <EmptyState title={t("data.import.noNames")} text={t("data.import.noNamesText")} />
      </Section>
    );
  }
  const proposals = preview.aliases.filter((alias) => alias.proposal && !isDecided(decisions, alias)).length;
  return (
    <Section
      title={t("data.import.namesTitle")}
      context={t("data.import.namesText")}
      actions={
        proposals > 0 && (
          <Button data-testid="alias-take-all" onClick={() => onDecide(takeProposals(decisions, preview))}>
            {t("data.import.takeAll", { names: String(proposals) })}
          </Button>
        )
      }
    >
      <ul className="alias-list">
        {preview.aliases.map((alias) => (
          <AliasRow
            key={alias.key}
            alias={alias}
            decided={isDecided(decisions, alias)}
            target={decisions.aliases[alias.key]}
            onChoose={(target) => onDecide(chooseName(decisions, alias.key, target))}
          />
        ))}
      </ul>
    </Section>
  );
}

function AliasRow(props: {
  alias: AliasProposal;
  decided: boolean;
  /** undefined: nothing was chosen now. */
  target: string | null | undefined;
  onChoose: (target: string | null | undefined) => void;
}) {
  const { alias, decided, target, onChoose } = props;
  const { t } = useTranslation();
  const word = useWord();
  return (
    <li className="alias-row" data-testid={`alias-${alias.text}`} data-decided={decided}>
      <div>
        <span className="alias-text">{alias.text}</span>
        <span className="quiet"> {word("data.aliasKind", alias.kind)}</span>
        <p className="quiet figure">
          {t("common.rows", { count: alias.rows, rows: formatCount(alias.rows) })} · {t("data.import.wonAmount")} <Money value={alias.won_amount} />
        </p>
      </div>
      {decided ? (
        <div className="alias-decided">
          <Check size={15} aria-hidden />
          <span>{decidedText()}</span>
          {target !== undefined && (
            <Button type="link" size="small" onClick={() => onChoose(undefined)}>
              {t("data.import.change")}
            </Button>
          )}
        </div>
      ) : (
        <div className="alias-choices">
          {alias.proposal && (
            <Button onClick={() => onChoose(alias.proposal)} data-testid={`alias-yes-${alias.text}`}>
              {t("data.import.isSame", { name: alias.proposal })}
            </Button>
          )}
          <Select
            className="alias-select"
            showSearch
            aria-label={t("data.import.chooseNameFor", { name: alias.text })}
            placeholder={t(alias.proposal ? "data.import.chooseOther" : "data.import.chooseName")}
            value={null}
            options={alias.choices.map((name) => ({ value: name, label: name }))}
            onChange={(name: string | null) => name && onChoose(name)}
          />
          <Button type="text" onClick={() => onChoose(null)} data-testid={`alias-no-${alias.text}`}>
            {t("data.import.notSame")}
          </Button>
        </div>
      )}
    </li>
  );

  function decidedText(): string {
    if (target) return t("data.import.decidedSame", { name: target });
    if (target === null) return t("data.import.decidedNot");
    const known = alias.proposal && t("data.import.decidedSame", { name: alias.proposal });
    return [known, t("data.import.decidedBefore")].filter(Boolean).join(" · ");
  }
}
