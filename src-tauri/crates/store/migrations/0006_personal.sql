-- Version 6. What people write themselves, and files with what one person may see.

CREATE TABLE next_step (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    opportunity BLOB NOT NULL REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
    step TEXT NOT NULL,
    due_on TEXT,
    written_at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX next_step_person ON next_step (person);
CREATE INDEX next_step_opportunity ON next_step (opportunity);

CREATE TABLE feedback_item (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    batch BLOB,
    line INTEGER,
    person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    words TEXT NOT NULL,
    written_at TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX feedback_item_person ON feedback_item (person);

-- return_key opens the file that comes back; it is in no log.
CREATE TABLE personal_file (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL,
    exported_at TEXT NOT NULL,
    return_key TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX personal_file_person ON personal_file (person);
