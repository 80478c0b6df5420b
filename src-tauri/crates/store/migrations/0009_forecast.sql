-- Version 9. What was forecast when, so that accuracy is measured on the company's own past
-- (docs/decisions/0017). At most one a day, kind, metric, unit and period; amounts in minor units. No
-- reference to the unit: what was said of it stays said when the import that brought it is taken back.
CREATE TABLE forecast_snapshot (
    id BLOB NOT NULL PRIMARY KEY,
    on_day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('forecast', 'landing')),
    metric TEXT NOT NULL,
    unit BLOB NOT NULL,
    period TEXT NOT NULL,
    mean INTEGER NOT NULL,
    lower INTEGER NOT NULL,
    upper INTEGER NOT NULL,
    created_seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    UNIQUE (unit, metric, kind, period, on_day)
) STRICT, WITHOUT ROWID;
