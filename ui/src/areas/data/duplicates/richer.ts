/** Of two records of one customer the one that is proposed to stay. */
import type { CustomerCard } from "../../../backend/generated";

/** Records that belong to a customer. */
export const rowsOf = (card: CustomerCard) => card.rows.reduce((sum, row) => sum + row.count, 0);

/** The one of which more is known, because values of the other do not go over; of equals the one with more records. */
export function richer(one: CustomerCard, other: CustomerCard): CustomerCard {
  const more = one.fields.length - other.fields.length || rowsOf(one) - rowsOf(other);
  return more > 0 ? one : other;
}
