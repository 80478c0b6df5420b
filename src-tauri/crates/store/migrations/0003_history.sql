-- Version 3: any change can be taken back.
-- takes_back: seq of the change that this one takes back (undo) or does again (redo); it is part of
-- the entry's hash where it is set.
ALTER TABLE change_log ADD COLUMN takes_back INTEGER;
CREATE INDEX change_log_takes_back ON change_log (takes_back) WHERE takes_back IS NOT NULL;

-- The changed_seq that a row has after the line, where it is not the change's own: a restored row
-- is again the version that it was. Part of the lines' hash where it is set.
ALTER TABLE change_row ADD COLUMN after_changed_seq INTEGER;

-- The history of a year's goal reads the lines of its plans, not those of a million deals.
CREATE INDEX change_row_goal_plan ON change_row (change_seq) WHERE entity = 'goal_plan';
