-- Version 15. Numbers of a plan that stay as they are (docs/decisions/0023). A lock of a unit names no person.
CREATE TABLE goal_lock (
    id BLOB NOT NULL PRIMARY KEY,
    plan BLOB NOT NULL REFERENCES goal_plan (id) DEFERRABLE INITIALLY DEFERRED,
    unit BLOB NOT NULL REFERENCES org_unit (id) DEFERRABLE INITIALLY DEFERRED,
    person BLOB REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX goal_lock_plan ON goal_lock (plan);
CREATE INDEX goal_lock_unit ON goal_lock (unit);
CREATE INDEX goal_lock_person ON goal_lock (person);
