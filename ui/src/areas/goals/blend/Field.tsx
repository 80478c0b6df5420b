/** A field with its name, its help, and what is wrong with it beside it: as typed here, or as the program refused it. */
import { CircleAlert } from "lucide-react";
import { createContext, useContext, useId } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { BackendError } from "../../../backend/backend";
import { MessageText } from "../../../components/MessageText";
import type { FieldName, Wrong } from "./draft";
import { fieldOf } from "./fieldOf";

interface Trouble {
  wrong: Partial<Record<FieldName, Wrong>>;
  refusal: BackendError | null;
}

const TroubleContext = createContext<Trouble>({ wrong: {}, refusal: null });
export const TroubleProvider = TroubleContext.Provider;

/** What is wrong with a field; nothing if nothing is. */
export function Wrongs({ field, id }: { field: FieldName; id?: string }) {
  const { t } = useTranslation();
  const { wrong, refusal } = useContext(TroubleContext);
  const own = wrong[field];
  const refused = refusal && fieldOf(refusal) === field ? refusal : null;
  if (!own && !refused) return null;
  return (
    <p className="blend-wrong" role="alert" id={id} data-testid={`blend-wrong-${field}`} data-code={refused?.code}>
      <CircleAlert size={14} aria-hidden />
      <span>{refused ? <MessageText message={refused} /> : own && t(`goalBlend.wrong.${own}`)}</span>
    </p>
  );
}

interface Props {
  field: FieldName;
  label: string;
  help?: string;
  /** Gets the id for the control, and whether it is wrong. */
  children: (control: { id: string; "aria-describedby": string; "aria-invalid": boolean }) => ReactNode;
}

export function Field({ field, label, help, children }: Props) {
  const id = useId();
  const { wrong, refusal } = useContext(TroubleContext);
  const isWrong = wrong[field] !== undefined || (refusal !== null && fieldOf(refusal) === field);
  return (
    <div className="blend-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": `${id}-help ${id}-wrong`, "aria-invalid": isWrong })}
      {help && <span className="quiet" id={`${id}-help`}>{help}</span>}
      <Wrongs field={field} id={`${id}-wrong`} />
    </div>
  );
}
