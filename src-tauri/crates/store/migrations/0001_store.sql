-- Version 1. Ids are 16 bytes (UUIDv7, which sort by time); amounts are minor units beside their
-- currency; dates are ISO text, half-open intervals end on the day after the last.
-- created_seq and changed_seq name the changes (change_log.seq) that made a row and wrote it last:
-- undoing an import follows them. They are bookkeeping, not content.
-- References are checked at the end of a transaction, so a change may list its rows in any order.
-- `batch` and `line` tell where values came from; they are no references, so that a batch's trace
-- outlives its rows.

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE org_unit (
    id BLOB NOT NULL PRIMARY KEY,
    parent BLOB REFERENCES org_unit (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind IN ('company', 'department', 'team')),
    name TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    batch BLOB,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX org_unit_parent ON org_unit (parent);

CREATE TABLE person (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    staff_number TEXT UNIQUE,
    name TEXT NOT NULL,
    hired_on TEXT,
    left_on TEXT,
    batch BLOB,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE membership (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    unit BLOB NOT NULL REFERENCES org_unit (id) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL CHECK (role IN ('manager', 'sales')),
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    batch BLOB,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    CHECK (from_on < to_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_person ON membership (person);
CREATE INDEX membership_unit ON membership (unit);

CREATE TABLE customer (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    name TEXT NOT NULL,
    customer_type TEXT,
    segment TEXT,
    region TEXT,
    parent_name TEXT,
    employees INTEGER,
    revenue TEXT,
    founded_year INTEGER,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    customer BLOB NOT NULL REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    title TEXT,
    phone TEXT,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_customer ON contact (customer);

CREATE TABLE product (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    name TEXT NOT NULL,
    category TEXT,
    list_price_minor INTEGER,
    list_price_currency TEXT,
    cost_minor INTEGER,
    cost_currency TEXT,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id),
    CHECK ((list_price_minor IS NULL) = (list_price_currency IS NULL)),
    CHECK ((cost_minor IS NULL) = (cost_currency IS NULL))
) STRICT, WITHOUT ROWID;

-- The last four columns are derived: the owner's unit on the closing day (while open: on the opening
-- day) and on the opening day, 16 zero bytes for an owner without any membership; the customer's
-- type; and 64 bits over the content. The rollups count a deal under exactly these, so what was
-- counted can be taken back exactly.
CREATE TABLE opportunity (
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
) STRICT, WITHOUT ROWID;
-- Answers count, sum and the order of a page without reading the rows.
CREATE INDEX opportunity_closed_on
    ON opportunity (closed_on, id, stage, team, owner, amount_minor, counted_type, product);
CREATE INDEX opportunity_opened_on ON opportunity (opened_on);
CREATE INDEX opportunity_owner ON opportunity (owner, closed_on);
CREATE INDEX opportunity_customer ON opportunity (customer);
CREATE INDEX opportunity_product ON opportunity (product);
CREATE INDEX opportunity_open ON opportunity (product, team, owner, stage)
    WHERE stage NOT IN ('won', 'lost');

CREATE TABLE stage_event (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    opportunity BLOB NOT NULL REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
    stage TEXT NOT NULL,
    on_day TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX stage_event_opportunity ON stage_event (opportunity);

CREATE TABLE lead (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    name TEXT NOT NULL,
    channel TEXT,
    owner BLOB REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    created_on TEXT NOT NULL,
    opportunity BLOB REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_owner ON lead (owner);
CREATE INDEX lead_opportunity ON lead (opportunity);

CREATE TABLE order_line (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    opportunity BLOB NOT NULL REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
    product BLOB NOT NULL REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    quantity INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    amount_currency TEXT NOT NULL,
    ordered_on TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_line_opportunity ON order_line (opportunity);
CREATE INDEX order_line_product ON order_line (product);

CREATE TABLE receipt (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    opportunity BLOB NOT NULL REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
    refunds BLOB REFERENCES receipt (id) DEFERRABLE INITIALLY DEFERRED,
    amount_minor INTEGER NOT NULL,
    amount_currency TEXT NOT NULL,
    received_on TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_opportunity ON receipt (opportunity);
CREATE INDEX receipt_refunds ON receipt (refunds);

CREATE TABLE interaction (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    customer BLOB NOT NULL REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    note TEXT,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX interaction_customer ON interaction (customer);
CREATE INDEX interaction_person ON interaction (person);

CREATE TABLE satisfaction_score (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    customer BLOB NOT NULL REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    score INTEGER NOT NULL,
    on_day TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX satisfaction_score_customer ON satisfaction_score (customer);

CREATE TABLE delivery_ticket (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    opportunity BLOB NOT NULL REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
    due_on TEXT NOT NULL,
    delivered_on TEXT,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_ticket_opportunity ON delivery_ticket (opportunity);

CREATE TABLE mapping_profile (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE alias (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'unit', 'customer', 'product')),
    from_text TEXT NOT NULL,
    target BLOB NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, kind, from_text)
) STRICT, WITHOUT ROWID;

CREATE TABLE goal_plan (
    id BLOB NOT NULL PRIMARY KEY,
    metric TEXT NOT NULL,
    year INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'superseded')),
    amount_minor INTEGER NOT NULL,
    amount_currency TEXT NOT NULL,
    rule TEXT,
    created_at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (metric, year, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE goal_cell (
    id BLOB NOT NULL PRIMARY KEY,
    plan BLOB NOT NULL REFERENCES goal_plan (id) DEFERRABLE INITIALLY DEFERRED,
    unit BLOB NOT NULL REFERENCES org_unit (id) DEFERRABLE INITIALLY DEFERRED,
    person BLOB REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    start_on TEXT NOT NULL,
    end_on TEXT NOT NULL,
    minor INTEGER NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    CHECK (start_on < end_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX goal_cell_plan ON goal_cell (plan, start_on);
CREATE INDEX goal_cell_unit ON goal_cell (unit);
CREATE INDEX goal_cell_person ON goal_cell (person);

CREATE TABLE target_bonus (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    per_quarter_minor INTEGER NOT NULL,
    per_quarter_currency TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    CHECK (from_on < to_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX target_bonus_person ON target_bonus (person);

CREATE TABLE bonus_plan_version (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    effective_to TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (code, version),
    CHECK (effective_from < effective_to)
) STRICT, WITHOUT ROWID;

CREATE TABLE bonus_run (
    id BLOB NOT NULL PRIMARY KEY,
    period TEXT NOT NULL,
    plan BLOB NOT NULL REFERENCES bonus_plan_version (id) DEFERRABLE INITIALLY DEFERRED,
    at TEXT NOT NULL,
    inputs_hash TEXT NOT NULL,
    engine_version TEXT NOT NULL,
    result TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bonus_run_plan ON bonus_run (plan);

CREATE TABLE statement (
    id BLOB NOT NULL PRIMARY KEY,
    run BLOB NOT NULL REFERENCES bonus_run (id) DEFERRABLE INITIALLY DEFERRED,
    person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    payout_minor INTEGER NOT NULL,
    payout_currency TEXT NOT NULL,
    result TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (run, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_person ON statement (person);

CREATE TABLE setting (
    id BLOB NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE batch (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    files TEXT NOT NULL,
    at TEXT NOT NULL,
    new_rows INTEGER NOT NULL,
    changed_rows INTEGER NOT NULL,
    unchanged_rows INTEGER NOT NULL,
    rejected_rows INTEGER NOT NULL,
    undone_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE rejected_row (
    batch BLOB NOT NULL REFERENCES batch (id) DEFERRABLE INITIALLY DEFERRED,
    n INTEGER NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    code TEXT NOT NULL,
    params TEXT NOT NULL,
    raw TEXT NOT NULL,
    PRIMARY KEY (batch, n)
) STRICT, WITHOUT ROWID;

-- One entry a change; hash = SHA-256(hash of the entry before || this entry), so that a rewritten
-- history shows. rows_hash covers the entry's change_row lines in order.
CREATE TABLE change_log (
    seq INTEGER NOT NULL PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    kind TEXT NOT NULL,
    summary TEXT NOT NULL,
    batch BLOB,
    rows_hash BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX change_log_batch ON change_log (batch);

-- before: the whole row (NULL: it was new). after: the fields that changed (NULL: it was deleted).
CREATE TABLE change_row (
    change_seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    entity TEXT NOT NULL,
    row_id BLOB NOT NULL,
    before TEXT,
    before_created_seq INTEGER,
    before_changed_seq INTEGER,
    after TEXT,
    PRIMARY KEY (change_seq, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_row_row_id ON change_row (row_id);

CREATE TABLE audit_entry (
    seq INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    change_id BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

-- Derived from opportunity, kept by every change. One row a day (or month: start is its first day),
-- unit and key. dim 'all' has the empty key; 'person' and 'product' an id, 'customer_type' its text
-- in UTF-8, each empty where unknown. Rows without any figure do not exist.
CREATE TABLE rollup (
    grain TEXT NOT NULL CHECK (grain IN ('day', 'month')),
    dim TEXT NOT NULL CHECK (dim IN ('all', 'person', 'customer_type', 'product')),
    start TEXT NOT NULL,
    unit BLOB NOT NULL,
    key BLOB NOT NULL,
    won_minor INTEGER NOT NULL,
    won_count INTEGER NOT NULL,
    lost_count INTEGER NOT NULL,
    opened_count INTEGER NOT NULL,
    PRIMARY KEY (grain, dim, start, unit, key)
) STRICT, WITHOUT ROWID;
