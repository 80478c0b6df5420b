/** In which encoding a text file is read; where it is not in the chosen one, why stands beside it. */
import { Select } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { ENCODINGS } from "../../../backend/generated";
import { useWord } from "../../../i18n";
import { useSay, type Sayable } from "../../../i18n/say";

interface EncodingSelectProps {
  file: string;
  index: number;
  /** Null: none was found or chosen yet. */
  value: string | null;
  refused: Sayable | null;
  disabled?: boolean;
  onChoose: (encoding: string) => void;
}

export function EncodingSelect({ file, index, value, refused, disabled, onChoose }: EncodingSelectProps) {
  const { t } = useTranslation();
  const say = useSay();
  const word = useWord();
  const reason = useId();
  return (
    <>
      <Select
        className="encoding-select"
        popupMatchSelectWidth={false}
        aria-label={t("data.import.encodingOf", { file })}
        aria-invalid={refused !== null}
        aria-describedby={refused ? reason : undefined}
        data-testid={`import-encoding-${index}`}
        value={value}
        placeholder={t("data.import.chooseEncoding")}
        disabled={disabled}
        status={refused ? "error" : ""}
        options={ENCODINGS.map((encoding) => ({ value: encoding, label: word("data.encoding", encoding) }))}
        onChange={onChoose}
      />
      {refused && (
        <span id={reason} role="alert" className="encoding-refused">
          {say(refused)}
        </span>
      )}
    </>
  );
}
