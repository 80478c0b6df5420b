-- Version 10. Boards that people arrange, and questions of the explorer that they keep
-- (docs/decisions/0018). What is on a board is one document: it is arranged and shared as a whole. The owner
-- is none where the store had no accounts.
CREATE TABLE dashboard (
    id BLOB NOT NULL PRIMARY KEY,
    owner BLOB REFERENCES user_account (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    widgets TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dashboard_owner ON dashboard (owner);

CREATE TABLE saved_view (
    id BLOB NOT NULL PRIMARY KEY,
    owner BLOB REFERENCES user_account (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    question TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX saved_view_owner ON saved_view (owner);
