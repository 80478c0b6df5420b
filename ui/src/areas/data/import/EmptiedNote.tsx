/** A warning: values that are here and that rows of the files would empty, by field. */
import { useTranslation } from "react-i18next";

import type { EmptiedValues } from "../../../backend/generated";
import { formatCount } from "../../../components/format";
import { useLanguage, useWord } from "../../../i18n";
import { SEPARATORS, useSay, useTerm } from "../../../i18n/say";

export function EmptiedNote({ emptied }: { emptied: EmptiedValues }) {
  const { t } = useTranslation();
  const say = useSay();
  const term = useTerm();
  const word = useWord();
  const language = useLanguage();
  if (emptied.count === 0) return null;
  const { example } = emptied;
  const fields = emptied.fields.map(
    ({ kind, field, count }) => t("data.import.emptiedField", { kind: word("data.kind", kind), field: term("record_field", field), values: formatCount(count) }),
  );
  return (
    <div className="notes notes-warning" role="status" data-testid="preview-emptied">
      <p>
        <strong>{t("data.import.emptied", { count: emptied.count, values: formatCount(emptied.count) })}</strong>{" "}
        {example &&
          t("data.import.emptiedExample", { field: term("record_field", example.field), name: say(example.name), value: say(example.value) })}
      </p>
      <p>{fields.join(SEPARATORS[language])}</p>
      <p className="quiet">{t("data.import.emptiedText")}</p>
    </div>
  );
}
