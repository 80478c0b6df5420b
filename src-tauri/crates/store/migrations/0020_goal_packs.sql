-- Version 20. The cells of a plan in one row a unit or person (docs/decisions/0023): derived from goal_cell,
-- kept in the same transaction. periods: the leaf periods in order, 'first/end first/end ...'; minor: one
-- number for each of them, 0 where there is no cell. seq: the change that wrote cells of the plan last, so
-- that what is in memory stays true until it is another. person is empty where the cells are a unit's.
CREATE TABLE goal_pack (
    plan BLOB NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL,
    periods TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE goal_pack_row (
    plan BLOB NOT NULL,
    unit BLOB NOT NULL,
    person BLOB NOT NULL,
    minor TEXT NOT NULL,
    PRIMARY KEY (plan, unit, person)
) STRICT, WITHOUT ROWID;
