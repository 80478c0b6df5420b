-- Version 16. Why each number of a split is what it is (docs/decisions/0023): one document a unit or person.
CREATE TABLE goal_rule (
    id BLOB NOT NULL PRIMARY KEY,
    plan BLOB NOT NULL REFERENCES goal_plan (id) DEFERRABLE INITIALLY DEFERRED,
    unit BLOB NOT NULL REFERENCES org_unit (id) DEFERRABLE INITIALLY DEFERRED,
    person BLOB REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    document TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX goal_rule_plan ON goal_rule (plan, unit, person);
CREATE INDEX goal_rule_unit ON goal_rule (unit);
CREATE INDEX goal_rule_person ON goal_rule (person);
