/** Own weights: one number a person. A column copied from Excel can be pasted. */
import { Input } from "antd";
import { useTranslation } from "react-i18next";

import type { OrganisationTree } from "../../backend/generated";
import { parseWeight } from "./weights";
import type { WeightTexts } from "./weights";

interface Props {
  organisation: OrganisationTree;
  texts: WeightTexts;
  onChange: (texts: WeightTexts) => void;
}

export function WeightsForm({ organisation, texts, onChange }: Props) {
  const { t } = useTranslation();
  const units = new Map(organisation.units.map((unit) => [unit.id, unit.name]));
  const people = organisation.people.filter((person) => person.carries_goal);
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
                    {person.name} {person.staff_number && <span className="quiet">{person.staff_number}</span>}
                  </th>
                  <td className="quiet">{person.team ? units.get(person.team) : null}</td>
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
