-- Version 8: lines of files that were imported and say what the store has, so that the next export of
-- the same list is not read in full. Derived: without a row of it, a file is read in full.
-- form: what a file must look like. lines: 61 bytes each, see src/known_lines.rs.
CREATE TABLE known_lines (
    change_seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    source TEXT NOT NULL,
    form TEXT NOT NULL,
    mapping TEXT NOT NULL,
    names TEXT NOT NULL,
    lines BLOB NOT NULL,
    PRIMARY KEY (change_seq, part)
) STRICT;
CREATE INDEX known_lines_source ON known_lines (source, form);
