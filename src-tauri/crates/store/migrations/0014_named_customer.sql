-- Version 14. The customer that an import named of a row while customers were merged, which is not always
-- the one that the row has: when they come apart, the row goes to it (docs/decisions/0011). Append-only;
-- no reference to the row, whose table differs, nor to the customer, which may go with its import.
-- An earlier development version made it as version 12; a store of that has it already.
CREATE TABLE IF NOT EXISTS named_customer (
    row_id BLOB NOT NULL,
    entity TEXT NOT NULL,
    change_seq INTEGER NOT NULL,
    customer BLOB NOT NULL,
    PRIMARY KEY (row_id, entity, change_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS named_customer_change ON named_customer (change_seq);
-- Which changes merged customers or took them apart.
CREATE INDEX IF NOT EXISTS change_row_redirect ON change_row (change_seq) WHERE entity = 'customer_redirect';
