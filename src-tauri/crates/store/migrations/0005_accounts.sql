-- Who may sign in, and as what. Accounts are disabled, never deleted: the history names them.
CREATE TABLE user_account (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    role TEXT NOT NULL,
    person BLOB REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    password_hash TEXT NOT NULL,
    disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
    failures INTEGER NOT NULL,
    failed_at TEXT,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX user_account_person ON user_account (person);
