-- Version 4. The facts that version 1 did not have: contracts, invoices, shared credit, market index,
-- exchange rates; what a customer was merged into; and under which terms an import was made.

CREATE TABLE contract (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    customer BLOB NOT NULL REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    opportunity BLOB REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
    amount_minor INTEGER NOT NULL,
    amount_currency TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    from_on TEXT,
    to_on TEXT,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contract_customer ON contract (customer);
CREATE INDEX contract_opportunity ON contract (opportunity);

CREATE TABLE invoice (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    customer BLOB NOT NULL REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    opportunity BLOB REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
    contract BLOB REFERENCES contract (id) DEFERRABLE INITIALLY DEFERRED,
    amount_minor INTEGER NOT NULL,
    amount_currency TEXT NOT NULL,
    invoiced_on TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_customer ON invoice (customer);
CREATE INDEX invoice_opportunity ON invoice (opportunity);
CREATE INDEX invoice_contract ON invoice (contract);

-- One row holds the whole list (JSON), so that it can only be replaced as a whole.
CREATE TABLE credit_list (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    opportunity BLOB NOT NULL REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
    credits TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX credit_list_opportunity ON credit_list (opportunity);

CREATE TABLE market_index (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    series TEXT NOT NULL,
    region TEXT,
    month TEXT NOT NULL,
    value TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX market_index_month ON market_index (series, month);

CREATE TABLE exchange_rate (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    from_currency TEXT NOT NULL,
    to_currency TEXT NOT NULL,
    on_day TEXT NOT NULL,
    rate TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX exchange_rate_day ON exchange_rate (from_currency, to_currency, on_day);

-- A customer that turned out to be another one. `moved` (JSON) names the rows that referred to it, so
-- that they can be given back.
CREATE TABLE customer_redirect (
    id BLOB NOT NULL PRIMARY KEY,
    customer BLOB NOT NULL UNIQUE REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    target BLOB NOT NULL REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    moved TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_redirect_target ON customer_redirect (target);

-- What was chosen for an import (tax, source) and its control totals, as JSON.
ALTER TABLE batch ADD COLUMN detail TEXT;
