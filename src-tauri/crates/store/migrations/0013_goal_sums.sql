-- Version 13. Sums of goals read this index alone, not the cells behind it.
DROP INDEX goal_cell_plan;
CREATE INDEX goal_cell_sums ON goal_cell (plan, start_on, unit, person, minor);
