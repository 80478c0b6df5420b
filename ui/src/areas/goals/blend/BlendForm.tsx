/** A split by a blend of factors: shares, limits, what is special about people, time, rounding. */
import type { BackendError } from "../../../backend/backend";
import { useTranslation } from "react-i18next";

import { WeightsForm } from "../WeightsForm";
import type { Weighed } from "../weights";
import { uses, type BlendDraft, type FieldName, type Wrong } from "./draft";
import { Factors } from "./Factors";
import { TroubleProvider } from "./Field";
import { Limits } from "./Limits";
import { Markets } from "./Markets";
import { Rounding } from "./Rounding";
import { Terms } from "./Terms";
import { Time } from "./Time";
import "./blend.css";

interface Props {
  draft: BlendDraft;
  people: readonly Weighed[];
  year: number;
  symbol: string;
  wrong: Partial<Record<FieldName, Wrong>>;
  /** What the program refused last; it stands beside its field. */
  refusal: BackendError | null;
  onChange: (draft: BlendDraft) => void;
}

export function BlendForm({ draft, people, year, symbol, wrong, refusal, onChange }: Props) {
  const { t } = useTranslation();
  const change = (part: Partial<BlendDraft>) => onChange({ ...draft, ...part });
  return (
    <TroubleProvider value={{ wrong, refusal }}>
      <div className="blend-form" data-testid="blend-form">
        <Factors shares={draft.shares} onChange={(shares) => change({ shares })} />
        <Markets draft={draft} symbol={symbol} onChange={change} />
        {uses(draft, "own") && (
          <fieldset className="blend-group">
            <legend>{t("goalBlend.ownWeights")}</legend>
            <WeightsForm people={people} texts={draft.weights} onChange={(weights) => change({ weights })} />
          </fieldset>
        )}
        <Limits draft={draft} onChange={change} />
        <Terms people={people} year={year} terms={draft.people} onChange={(terms) => change({ people: terms })} />
        <Time draft={draft} onChange={change} />
        <Rounding draft={draft} onChange={change} />
      </div>
    </TroubleProvider>
  );
}
