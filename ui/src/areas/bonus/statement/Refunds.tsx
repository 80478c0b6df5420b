/** Amounts before refunds, each refund with its day, and what is left. */
import { useTranslation } from "react-i18next";

import type { CountedView, Money as MoneyValue, RestatedView } from "../../../backend/generated";
import { Money } from "../../../components/figures";

export interface Refunded {
  label: string;
  amount: MoneyValue;
  restated: RestatedView;
}

/** Records that refunds changed, of which is kept how. */
export function refunded(records: readonly Pick<CountedView, "label" | "amount" | "restated">[]): Refunded[] {
  return records.flatMap(({ label, amount, restated }) => (restated ? [{ label, amount, restated }] : []));
}

export function Refunds({ records }: { records: readonly Refunded[] }) {
  const { t } = useTranslation();
  if (records.length === 0) return null;
  return (
    <section className="statement-part" data-testid="statement-refunds">
      <h3>{t("bonus.statement.refunds")}</h3>
      <table className="plain-table">
        {records.map(({ label, amount, restated: { gross, refunds } }, index) => (
          // Two records may have the same name.
          // oxlint-disable-next-line react/no-array-index-key
          <tbody key={`${label}-${index}`}>
            <tr>
              <th scope="row">{t("bonus.statement.gross", { label })}</th>
              <td className="number"><Money value={gross} /></td>
            </tr>
            {refunds.map((refund, at) => (
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={`${refund.label}-${at}`}>
                <th scope="row">{t("bonus.statement.refundOf", { on: refund.on, label: refund.label })}</th>
                <td className="number"><Money value={refund.amount} /></td>
              </tr>
            ))}
            <tr>
              <th scope="row"><strong>{t("bonus.statement.net", { label })}</strong></th>
              <td className="number"><strong><Money value={amount} /></strong></td>
            </tr>
          </tbody>
        ))}
      </table>
    </section>
  );
}
