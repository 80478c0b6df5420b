-- Version 7. What each source says of a record of which more than one speaks (docs/decisions/0013).
-- `given` holds the values by column; `source` is empty for what a person chose. `record` is a row of
-- the table `entity`; no reference, because that differs from row to row.
CREATE TABLE source_claim (
    id BLOB NOT NULL PRIMARY KEY,
    entity TEXT NOT NULL,
    record BLOB NOT NULL,
    source TEXT NOT NULL,
    given TEXT NOT NULL,
    at TEXT NOT NULL,
    batch BLOB,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (entity, record, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_claim_batch ON source_claim (batch);

-- Folders whose new exports are taken, and the files that were met in them, by content.
CREATE TABLE watched_folder (
    id BLOB NOT NULL PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    profile TEXT,
    source TEXT NOT NULL,
    kind TEXT,
    since TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE watched_file (
    id BLOB NOT NULL PRIMARY KEY,
    folder BLOB NOT NULL REFERENCES watched_folder (id) DEFERRABLE INITIALLY DEFERRED,
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('taken', 'nothing', 'waiting', 'failed')),
    reason TEXT,
    batch BLOB,
    at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (folder, hash)
) STRICT, WITHOUT ROWID;
