/** The table behind a chart: the same figures in full, reachable by keyboard. */
import { useTranslation } from "react-i18next";

import type { Chart } from "../backend/generated";
import { fullFigure } from "./useLook";

interface Props {
  chart: Chart;
  onOpen?: ((key: string) => void) | undefined;
}

export function ChartTable({ chart, onOpen }: Props) {
  const { t } = useTranslation();
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="chart-table" tabIndex={0} role="region" aria-label={chart.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("charts.place")}</th>
            {chart.series.map((series) => (
              <th scope="col" key={series.key} className="number">
                {series.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chart.categories.map((category, index) => (
            <tr key={category.key}>
              <th scope="row">
                {onOpen ? (
                  <button type="button" className="link-button" onClick={() => onOpen(category.key)}>
                    {category.label}
                  </button>
                ) : (
                  category.label
                )}
              </th>
              {chart.series.map((series) => {
                const value = series.values[index];
                return (
                  <td key={series.key} className="number figure">
                    {value ? fullFigure(value.raw, chart.unit) : <span className="quiet">{t("charts.unknown")}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
