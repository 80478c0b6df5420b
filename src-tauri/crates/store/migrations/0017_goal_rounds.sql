-- Version 17. How goals are agreed on: rounds, proposals, submissions, comments, publication, confirmation
-- (docs/decisions/0024).
CREATE TABLE goal_round (
    id BLOB NOT NULL PRIMARY KEY,
    metric TEXT NOT NULL,
    year INTEGER NOT NULL,
    people_due TEXT NOT NULL,
    managers_due TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE goal_proposal (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    round BLOB NOT NULL REFERENCES goal_round (id) DEFERRABLE INITIALLY DEFERRED,
    person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    amount_minor INTEGER NOT NULL,
    amount_currency TEXT NOT NULL,
    note TEXT,
    author TEXT NOT NULL,
    written_at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX goal_proposal_round ON goal_proposal (round);
CREATE INDEX goal_proposal_person ON goal_proposal (person);

-- Without an amount the person's own number counts again.
CREATE TABLE goal_adjustment (
    id BLOB NOT NULL PRIMARY KEY,
    round BLOB NOT NULL REFERENCES goal_round (id) DEFERRABLE INITIALLY DEFERRED,
    person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    amount_minor INTEGER,
    amount_currency TEXT,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    written_at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX goal_adjustment_round ON goal_adjustment (round);
CREATE INDEX goal_adjustment_person ON goal_adjustment (person);

CREATE TABLE goal_submission (
    id BLOB NOT NULL PRIMARY KEY,
    round BLOB NOT NULL REFERENCES goal_round (id) DEFERRABLE INITIALLY DEFERRED,
    unit BLOB NOT NULL REFERENCES org_unit (id) DEFERRABLE INITIALLY DEFERRED,
    state TEXT NOT NULL,
    author TEXT NOT NULL,
    note TEXT,
    at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX goal_submission_round ON goal_submission (round);
CREATE INDEX goal_submission_unit ON goal_submission (unit);

CREATE TABLE goal_comment (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    metric TEXT NOT NULL,
    year INTEGER NOT NULL,
    version INTEGER NOT NULL,
    unit BLOB NOT NULL REFERENCES org_unit (id) DEFERRABLE INITIALLY DEFERRED,
    person BLOB REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    by_person BLOB REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    author TEXT NOT NULL,
    words TEXT NOT NULL,
    written_at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX goal_comment_goal ON goal_comment (metric, year);
CREATE INDEX goal_comment_unit ON goal_comment (unit);
CREATE INDEX goal_comment_person ON goal_comment (person);
CREATE INDEX goal_comment_by ON goal_comment (by_person);

CREATE TABLE goal_publication (
    id BLOB NOT NULL PRIMARY KEY,
    plan BLOB NOT NULL REFERENCES goal_plan (id) DEFERRABLE INITIALLY DEFERRED,
    figures_hash TEXT NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX goal_publication_plan ON goal_publication (plan);

CREATE TABLE goal_confirmation (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    plan BLOB NOT NULL REFERENCES goal_plan (id) DEFERRABLE INITIALLY DEFERRED,
    person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    document TEXT NOT NULL,
    hash TEXT NOT NULL,
    on_paper INTEGER NOT NULL,
    author TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX goal_confirmation_plan ON goal_confirmation (plan);
CREATE INDEX goal_confirmation_person ON goal_confirmation (person);
