-- Version 18. What roles are measured by, and goals of KPIs that are no sums (docs/decisions/0025). A scorecard
-- without a role is everybody's; a goal is a unit's or a person's.
CREATE TABLE scorecard (
    id BLOB NOT NULL PRIMARY KEY,
    role TEXT,
    from_on TEXT NOT NULL,
    weights TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE kpi_goal (
    id BLOB NOT NULL PRIMARY KEY,
    metric TEXT NOT NULL,
    unit BLOB REFERENCES org_unit (id) DEFERRABLE INITIALLY DEFERRED,
    person BLOB REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    period TEXT NOT NULL,
    from_on TEXT NOT NULL,
    value TEXT NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    CHECK ((unit IS NULL) <> (person IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX kpi_goal_metric ON kpi_goal (metric);
CREATE INDEX kpi_goal_unit ON kpi_goal (unit);
CREATE INDEX kpi_goal_person ON kpi_goal (person);
