-- Version 19. How a goal's year is cut (docs/decisions/0023): the text behind @ in the keys of its periods.
-- Empty: the calendar year.
ALTER TABLE goal_plan ADD COLUMN calendar TEXT;
