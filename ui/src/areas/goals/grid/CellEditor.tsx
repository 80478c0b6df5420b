/** The field in a cell: Enter and Tab keep what was typed and move on, Escape leaves it. */
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

import { parseTyped } from "../../../components/format";

/** Where to go after a text was kept. */
export type Onward = "down" | "up" | "right" | "left" | "stay";

interface Props {
  label: string;
  /** What stands in the field first: the amount, what was typed before, or the key that started. */
  initial: string;
  /** Whether all of it is selected, so that typing replaces it. */
  select: boolean;
  onKeep: (text: string, onward: Onward) => void;
  /** The field lost the focus with a text in it. */
  onLeave: (text: string) => void;
  onCancel: () => void;
}

export function CellEditor({ label, initial, select, onKeep, onLeave, onCancel }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(initial);
  const [wrong, setWrong] = useState(false);
  const hint = useId();
  // Closing the field takes the focus from it: that is no leaving.
  const closed = useRef(false);
  const close = (then: () => void) => {
    closed.current = true;
    then();
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      close(onCancel);
      return;
    }
    if (event.key !== "Enter" && event.key !== "Tab") return;
    event.preventDefault();
    if (text.trim() !== "" && parseTyped(text) === null) {
      setWrong(true);
      return;
    }
    const onward = event.key === "Enter" ? (event.shiftKey ? "up" : "down") : event.shiftKey ? "left" : "right";
    close(() => onKeep(text, onward));
  };
  return (
    <>
      <input
        // The cell was asked to be typed in.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        className="grid-editor figure"
        data-testid="grid-editor"
        aria-label={label}
        aria-invalid={wrong}
        aria-describedby={wrong ? hint : undefined}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onFocus={(event) => select && event.target.select()}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
        onKeyDown={onKey}
        onBlur={() => !closed.current && onLeave(text)}
        onCopy={(event) => event.stopPropagation()}
        onPaste={(event) => event.stopPropagation()}
      />
      {wrong && (
        <span className="grid-hint" id={hint} role="alert" data-testid="grid-wrong">
          {t("goals.grid.wrong")}
        </span>
      )}
    </>
  );
}
