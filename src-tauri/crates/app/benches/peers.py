"""What the peers take for the same files: pandas into plain SQLite, openpyxl.

Called by the benchmark `peers.rs` in the same run: `peers.py csv FILE DATABASE` or `peers.py xlsx FILE`.
Prints `name seconds` lines; exits with 3 where the library is not installed.
"""

import os
import sqlite3
import sys
import time

# The indexes of our table of deals (migration 0001), on the columns that the file has.
INDEXES = [
    'CREATE UNIQUE INDEX identity ON deals ("商机编号")',
    'CREATE INDEX closed_on ON deals ("成交日期", "商机编号", "阶段", "负责人", "金额", "产品")',
    'CREATE INDEX opened_on ON deals ("创建日期")',
    'CREATE INDEX owner ON deals ("负责人", "成交日期")',
    'CREATE INDEX customer ON deals ("客户")',
    'CREATE INDEX product ON deals ("产品")',
    "CREATE INDEX open ON deals (\"产品\", \"负责人\", \"阶段\") WHERE \"阶段\" NOT IN ('赢单', '输单')",
]
COLUMNS = ["商机编号", "负责人", "客户", "产品", "阶段", "创建日期", "成交日期", "金额"]


def remove(database):
    for suffix in ("", "-journal", "-wal", "-shm"):
        if os.path.exists(database + suffix):
            os.remove(database + suffix)


def csv(path, database, indexes_first):
    import pandas

    remove(database)
    start = time.perf_counter()
    frame = pandas.read_csv(path, dtype={name: str for name in COLUMNS[:-1]} | {"金额": float})
    read = time.perf_counter() - start
    connection = sqlite3.connect(database)
    if indexes_first:
        frame.head(0).to_sql("deals", connection, index=False)
        for index in INDEXES:
            connection.execute(index)
    frame.to_sql("deals", connection, index=False, if_exists="append")
    if not indexes_first:
        for index in INDEXES:
            connection.execute(index)
    connection.commit()
    took = time.perf_counter() - start
    count = connection.execute("SELECT count(*) FROM deals").fetchone()[0]
    assert count == len(frame)
    connection.close()
    remove(database)
    return read, took


def xlsx(path):
    import openpyxl

    start = time.perf_counter()
    book = openpyxl.load_workbook(path, read_only=True)
    cells = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            cells += len(row)
    book.close()
    return cells, time.perf_counter() - start


def main():
    try:
        if sys.argv[1] == "csv":
            read, after = csv(sys.argv[2], sys.argv[3], False)
            print(f"read_csv {read:.3f}")
            print(f"indexes_after {after:.3f}")
            print(f"indexes_before {csv(sys.argv[2], sys.argv[3], True)[1]:.3f}")
        else:
            cells, took = xlsx(sys.argv[2])
            print(f"cells {cells}")
            print(f"openpyxl {took:.3f}")
    except ImportError as missing:
        print(missing, file=sys.stderr)
        sys.exit(3)


main()
