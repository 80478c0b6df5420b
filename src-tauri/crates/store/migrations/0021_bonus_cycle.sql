-- Version 21. How bonuses come to be paid: steps of a period's cycle, the frozen input, adjustments and what was
-- decided on them, who is under which plan, objectives, confirmations (docs/decisions/0029).
CREATE TABLE frozen_input (
    id BLOB NOT NULL PRIMARY KEY,
    run BLOB NOT NULL REFERENCES bonus_run (id) DEFERRABLE INITIALLY DEFERRED,
    part INTEGER NOT NULL,
    packed TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT;
CREATE INDEX frozen_input_run ON frozen_input (run);

CREATE TABLE bonus_step (
    id BLOB NOT NULL PRIMARY KEY,
    period TEXT NOT NULL,
    plan_code TEXT NOT NULL,
    kind TEXT NOT NULL,
    run BLOB REFERENCES bonus_run (id) DEFERRABLE INITIALLY DEFERRED,
    unit BLOB REFERENCES org_unit (id) DEFERRABLE INITIALLY DEFERRED,
    person BLOB REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    on_day TEXT,
    reason TEXT,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bonus_step_period ON bonus_step (period, plan_code);
CREATE INDEX bonus_step_run ON bonus_step (run);
CREATE INDEX bonus_step_unit ON bonus_step (unit);
CREATE INDEX bonus_step_person ON bonus_step (person);

CREATE TABLE bonus_adjustment (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL,
    plan_code TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    amount_currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    cause TEXT,
    run BLOB REFERENCES bonus_run (id) DEFERRABLE INITIALLY DEFERRED,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bonus_adjustment_period ON bonus_adjustment (period, plan_code);
CREATE INDEX bonus_adjustment_person ON bonus_adjustment (person);
CREATE INDEX bonus_adjustment_run ON bonus_adjustment (run);

CREATE TABLE adjustment_decision (
    id BLOB NOT NULL PRIMARY KEY,
    adjustment BLOB NOT NULL REFERENCES bonus_adjustment (id) DEFERRABLE INITIALLY DEFERRED,
    decision TEXT NOT NULL,
    reason TEXT,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX adjustment_decision_of ON adjustment_decision (adjustment);

CREATE TABLE plan_assignment (
    id BLOB NOT NULL PRIMARY KEY,
    plan_code TEXT NOT NULL,
    person BLOB REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    unit BLOB REFERENCES org_unit (id) DEFERRABLE INITIALLY DEFERRED,
    target_bonus_minor INTEGER,
    target_bonus_currency TEXT,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    CHECK (person IS NULL OR unit IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_assignment_person ON plan_assignment (person);
CREATE INDEX plan_assignment_unit ON plan_assignment (unit);

CREATE TABLE bonus_objective (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL,
    name TEXT NOT NULL,
    weight TEXT NOT NULL,
    result TEXT,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bonus_objective_person ON bonus_objective (person, period);

CREATE TABLE statement_confirmation (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    statement BLOB NOT NULL REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
    person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    hash TEXT NOT NULL,
    on_paper INTEGER NOT NULL,
    author TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_confirmation_statement ON statement_confirmation (statement);
CREATE INDEX statement_confirmation_person ON statement_confirmation (person);
