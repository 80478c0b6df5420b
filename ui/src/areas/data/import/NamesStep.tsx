/** Names that are nearly known. Each wants a yes, another name, or a no; what hangs on it is shown. */
import { Button, Select } from "antd";
import { Check } from "lucide-react";
import { useState } from "react";
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
  // What is like nothing known may stay so; it stands below what waits for a word.
  const unknown = preview.aliases.filter((alias) => !alias.decided && alias.proposal === null && alias.kind !== "person");
  const asked = preview.aliases.filter((alias) => !unknown.includes(alias));
  const rows = (aliases: readonly AliasProposal[]) => (
    <ul className="alias-list">
      {aliases.map((alias) => (
        <AliasRow
          key={alias.key}
          alias={alias}
          decided={isDecided(decisions, alias)}
          target={decisions.aliases[alias.key]}
          onChoose={(target) => onDecide(chooseName(decisions, alias.key, target))}
        />
      ))}
    </ul>
  );
  return (
    <>
      {asked.length > 0 && (
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
          {rows(asked)}
        </Section>
      )}
      {unknown.length > 0 && (
        <Section title={t("data.import.unknownTitle")} context={t("data.import.unknownText")} testId="unknown-names">
          {rows(unknown)}
        </Section>
      )}
    </>
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
  // What an earlier import decided is asked again only if somebody wants it.
  const [reopened, setReopened] = useState(false);
  const none = consequence(alias);
  const settled = decided && !(reopened && target === undefined);
  const change = () => {
    setReopened(true);
    onChoose(undefined);
  };
  return (
    <li className="alias-row" data-testid={`alias-${alias.text}`} data-decided={settled}>
      <div>
        <span className="alias-text">{alias.text}</span>
        <span className="quiet"> {word("data.aliasKind", alias.kind)}</span>
        <p className="quiet figure">
          {t("common.rows", { count: alias.rows, rows: formatCount(alias.rows) })} · {t("data.import.wonAmount")} <Money value={alias.won_amount} />
        </p>
      </div>
      {settled ? (
        <div className="alias-decided">
          <Check size={15} aria-hidden />
          <span>{decidedText()}</span>
          <Button type="link" size="small" onClick={change} data-testid={`alias-change-${alias.text}`}>
            {t("data.import.change")}
          </Button>
        </div>
      ) : (
        <div className="alias-choices">
          {alias.proposal && (
            <Button onClick={() => onChoose(alias.proposal)} data-testid={`alias-yes-${alias.text}`}>
              {t("data.import.isSame", { name: alias.proposal })}
            </Button>
          )}
          {alias.near.map((name) => (
            <Button key={name} type="dashed" onClick={() => onChoose(name)} data-testid={`alias-near-${alias.text}`}>
              {t("data.import.maybeSame", { name })}
            </Button>
          ))}
          <Select
            className="alias-select"
            showSearch
            aria-label={t("data.import.chooseNameFor", { name: alias.text })}
            placeholder={t(alias.proposal ? "data.import.chooseOther" : "data.import.chooseName")}
            value={null}
            virtual
            options={alias.choices.map((name) => ({ value: name, label: name }))}
            onChange={(name: string | null) => name && onChoose(name)}
          />
          <Button type="text" onClick={() => onChoose(null)} data-testid={`alias-no-${alias.text}`}>
            {t(`data.import.${none.choice}`)}
          </Button>
          {none.text && <p className="quiet">{t(`data.import.${none.text}`)}</p>}
        </div>
      )}
    </li>
  );

  function decidedText(): string {
    if (target) return t("data.import.decidedSame", { name: target });
    if (target === null) return t(`data.import.${none.decided}`);
    const known = alias.proposal && t("data.import.decidedSame", { name: alias.proposal });
    return [known, t("data.import.decidedBefore")].filter(Boolean).join(" · ");
  }
}

/** What follows where a name is none of the known ones; of a person it is said before and after the choice. */
function consequence(alias: AliasProposal) {
  if (alias.kind !== "person") return { choice: "notSame", decided: "decidedNot", text: null } as const;
  if (alias.becomes_person) return { choice: "newColleague", decided: "decidedColleague", text: null } as const;
  return { choice: "nobodyKnown", decided: "decidedNobody", text: "nobodyKnownText" } as const;
}
