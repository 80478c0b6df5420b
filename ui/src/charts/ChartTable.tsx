/** The table behind a chart: the same figures in full, reachable by keyboard. */
import { useTranslation } from "react-i18next";

import type { Chart } from "../backend/generated";
import { isGrid, unitOf } from "./options";
import { fullFigure } from "./useLook";

interface Props {
  chart: Chart;
  /** The category's key, and in a grid its row's. */
  onOpen?: ((key: string, series?: string) => void) | undefined;
  /** Whether something is behind it; without it everything is taken to open. */
  opens?: (key: string, series?: string) => boolean;
}

export function ChartTable({ chart, onOpen, opens = () => true }: Props) {
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="chart-table" tabIndex={0} role="region" aria-label={chart.title}>
      <table>{isGrid(chart) ? <Grid chart={chart} onOpen={onOpen} opens={opens} /> : <Places chart={chart} onOpen={onOpen} opens={opens} />}</table>
    </div>
  );
}

/** A place a row, a series a column. */
function Places({ chart, onOpen, opens }: Props & Pick<Required<Props>, "opens">) {
  const { t } = useTranslation();
  // A step of a waterfall has no total, which is not unknown.
  const nothing = chart.kind === "waterfall" ? "" : t("charts.unknown");
  return (
    <>
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
              {onOpen && opens(category.key) ? (
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
                  {value ? fullFigure(value.raw, unitOf(chart, series)) : <span className="quiet">{nothing}</span>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </>
  );
}

/** As it is drawn: series are the rows, categories the columns. */
function Grid({ chart, onOpen, opens }: Props & Pick<Required<Props>, "opens">) {
  const { t } = useTranslation();
  return (
    <>
      <thead>
        <tr>
          <th scope="col">{t("charts.place")}</th>
          {chart.categories.map((category) => (
            <th scope="col" key={category.key} className="number">
              {category.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {chart.series.map((series) => (
          <tr key={series.key}>
            <th scope="row">{series.label}</th>
            {chart.categories.map((category, index) => {
              const value = series.values[index];
              const figure = value ? fullFigure(value.raw, chart.unit) : <span className="quiet">—</span>;
              return (
                <td key={category.key} className="number figure">
                  {onOpen && value && opens(category.key, series.key) ? (
                    <button type="button" className="link-button" onClick={() => onOpen(category.key, series.key)}>
                      {figure}
                    </button>
                  ) : (
                    figure
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </>
  );
}
