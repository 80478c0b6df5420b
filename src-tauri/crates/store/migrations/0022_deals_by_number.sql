-- Deals by SQLite's own row numbers, with `id` as an index: a table ordered by `id` carries 16 bytes of it in
-- each entry of each index, which an import of the first million deals writes (docs/decisions/0014). Foreign
-- keys are off while the table is made anew (`Then::CheckReferences`): rows that refer to deals stay as they are.
CREATE TABLE opportunity_anew (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    owner BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    customer BLOB REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    product BLOB REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    stage TEXT NOT NULL
        CHECK (stage IN ('prospecting', 'engaging', 'proposal', 'negotiation', 'won', 'lost')),
    opened_on TEXT,
    closed_on TEXT,
    amount_minor INTEGER,
    amount_currency TEXT,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    team BLOB NOT NULL,
    opened_team BLOB NOT NULL,
    counted_type TEXT,
    fingerprint INTEGER NOT NULL,
    UNIQUE (source, external_id),
    CHECK ((amount_minor IS NULL) = (amount_currency IS NULL))
) STRICT;
INSERT INTO opportunity_anew SELECT * FROM opportunity ORDER BY id;
DROP TABLE opportunity;
ALTER TABLE opportunity_anew RENAME TO opportunity;
CREATE INDEX opportunity_closed_on
    ON opportunity (closed_on, id, stage, team, owner, amount_minor, counted_type, product);
CREATE INDEX opportunity_opened_on ON opportunity (opened_on);
CREATE INDEX opportunity_owner ON opportunity (owner, closed_on);
CREATE INDEX opportunity_customer ON opportunity (customer);
CREATE INDEX opportunity_product ON opportunity (product);
CREATE INDEX opportunity_open ON opportunity (product, team, owner, stage)
    WHERE stage NOT IN ('won', 'lost');
