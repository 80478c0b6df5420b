/** Own weights: one number a person. A column copied from Excel can be pasted. */
import { Input } from "antd";
import { useTranslation } from "react-i18next";

import { parseWeight } from "./weights";
import type { Weighed, WeightTexts } from "./weights";

interface Props {
  people: readonly Weighed[];
  texts: WeightTexts;
  onChange: (texts: WeightTexts) => void;
}

export function WeightsForm({ people, texts, onChange }: Props) {
  const { t } = useTranslation();
  const paste = (index: number, text: string): boolean => {
    const lines = text.trim().split(/\r?\n/);
    if (lines.length < 2) return false;
    const next = { ...texts };
    lines.forEach((line, offset) => {
      const person = people[index + offset];
      // A block of several columns: the weight is the last one.
      if (person) next[person.id] = line.split("\t").at(-1)?.trim() ?? "";
    });
    onChange(next);
    return true;
  };
  return (
    <div className="weights">
      <p className="quiet">{t("goals.split.weightsHelp")}</p>
      <div className="weights-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t("goals.split.person")}</th>
              <th scope="col">{t("goals.split.team")}</th>
              <th scope="col" className="number">{t("goals.split.weight")}</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person, index) => {
              const text = texts[person.id] ?? "1";
              return (
                <tr key={person.id}>
                  <th scope="row">
                    {person.name} {person.staffNumber && <span className="quiet">{person.staffNumber}</span>}
                  </th>
                  <td className="quiet">{person.team}</td>
                  <td className="number">
                    <Input
                      size="small"
                      className="figure weight-input"
                      aria-label={t("goals.split.weightOf", { name: person.name })}
                      value={text}
                      status={parseWeight(text) === null ? "error" : ""}
                      aria-invalid={parseWeight(text) === null}
                      onChange={(event) => onChange({ ...texts, [person.id]: event.target.value })}
                      onPaste={(event) => {
                        if (paste(index, event.clipboardData.getData("text"))) event.preventDefault();
                      }}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
