"""What DuckDB and polars take for the questions of a dashboard's tiles, on the same files, in memory.

Called by the benchmark `peers.rs` in the same run: `tiles.py tiles FOLDER duckdb|polars`. Prints
`name p50 milliseconds p95 milliseconds answer sum` lines; exits with 3 where the library is not installed.
"""

import datetime
import os
import resource
import sys
import time

TIMES = 40
TEAM = "团队07"


def measure(name, ask, total):
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        answer = ask()
        taken.append(time.perf_counter() - start)
    taken.sort()
    p50, p95 = taken[TIMES // 2] * 1e3, taken[TIMES * 95 // 100] * 1e3
    print(f"{name} p50 {p50:.1f} p95 {p95:.1f} answer {total(answer)}")


def duckdb(folder):
    import duckdb

    db = duckdb.connect()
    for name in ("people", "customers", "goals"):
        db.execute(f"CREATE TABLE {name} AS FROM read_csv('{folder}/{name}.csv', header = true)")
    # Fen as whole numbers, as sums of pay must be exact.
    db.execute(
        f"""CREATE TABLE deals AS SELECT 商机编号, 负责人, 客户, 产品, 阶段, 创建日期, 成交日期,
            CAST(金额 * 100 AS BIGINT) AS fen
            FROM read_csv('{folder}/deals.csv', header = true, types = {{'成交日期': 'DATE', '金额': 'DECIMAL(18,2)'}})"""
    )

    def ask(sql):
        return lambda: db.execute(sql).fetchall()

    won = "阶段 = '赢单' AND 成交日期 >= '{}' AND 成交日期 < '{}'"
    quarter, year = won.format("2025-04-01", "2025-07-01"), won.format("2025-01-01", "2026-01-01")
    fen = lambda at: lambda rows: sum(row[at] for row in rows) / 100
    measure(
        "weekly_bars",
        ask(
            f"""SELECT date_trunc('week', 成交日期), sum(fen) FROM deals JOIN people ON 工号 = 负责人
            WHERE 团队 = '{TEAM}' AND {quarter} GROUP BY 1 ORDER BY 1"""
        ),
        fen(1),
    )
    measure(
        "type_share",
        ask(
            f"""SELECT 客户类型, sum(fen) FROM deals JOIN customers ON 客户编号 = 客户
            WHERE {quarter} GROUP BY 1 ORDER BY 2 DESC"""
        ),
        fen(1),
    )
    measure(
        "attainment",
        ask(
            f"""WITH won AS (SELECT 负责人, sum(fen) AS fen FROM deals
              WHERE {won.format("2025-05-01", "2025-06-01")} GROUP BY 1)
            SELECT 人员, fen, fen / (目标 * 100.0) AS attained FROM goals LEFT JOIN won ON 人员 = 负责人
            WHERE 月份 = '2025-05' ORDER BY attained DESC"""
        ),
        lambda rows: sum(row[1] or 0 for row in rows) / 100,
    )
    measure(
        "win_rate",
        ask(
            """SELECT 负责人, quarter(成交日期), count(*) FILTER (阶段 = '赢单') AS won,
            count(*) FILTER (阶段 = '赢单') / count(*) AS rate FROM deals
            WHERE 阶段 IN ('赢单', '输单') AND 成交日期 >= '2025-01-01' AND 成交日期 < '2026-01-01'
            GROUP BY 1, 2 ORDER BY 2, 4 DESC"""
        ),
        lambda rows: sum(row[2] for row in rows),
    )
    measure(
        "top_10",
        ask(f"SELECT 负责人, sum(fen) FROM deals WHERE {quarter} GROUP BY 1 ORDER BY 2 DESC LIMIT 10"),
        fen(1),
    )
    measure(
        "year_over_year",
        ask(
            f"""WITH months AS (SELECT date_trunc('month', 成交日期) AS month, sum(fen) AS fen FROM deals
              WHERE {won.format("2024-01-01", "2026-01-01")} GROUP BY 1)
            SELECT now.month, now.fen, before.fen FROM months AS now
            JOIN months AS before ON before.month = now.month - INTERVAL 1 YEAR ORDER BY 1"""
        ),
        fen(1),
    )
    measure(
        "customers",
        ask("SELECT 客户, sum(fen) FROM deals WHERE 阶段 = '赢单' GROUP BY 1 ORDER BY 2 DESC LIMIT 200"),
        fen(1),
    )


def polars(folder):
    import polars as pl

    people, customers, goals = (pl.read_csv(f"{folder}/{name}.csv") for name in ("people", "customers", "goals"))
    deals = pl.read_csv(
        f"{folder}/deals.csv", try_parse_dates=True, schema_overrides={"金额": pl.Decimal(18, 2)}
    ).with_columns(fen=(pl.col("金额") * 100).cast(pl.Int64))
    day = datetime.date

    def within(start, end):
        return pl.col("成交日期").is_between(start, end, closed="left")

    is_won = pl.col("阶段") == "赢单"
    quarter = is_won & within(day(2025, 4, 1), day(2025, 7, 1))
    lazy = deals.lazy()
    total = lambda answer: answer["fen"].sum() / 100
    sums = pl.col("fen").sum()
    measure(
        "weekly_bars",
        lambda: lazy.filter(quarter)
        .join(people.lazy().filter(pl.col("团队") == TEAM), left_on="负责人", right_on="工号")
        .group_by(pl.col("成交日期").dt.truncate("1w"))
        .agg(sums)
        .sort("成交日期")
        .collect(),
        total,
    )
    measure(
        "type_share",
        lambda: lazy.filter(quarter)
        .join(customers.lazy(), left_on="客户", right_on="客户编号")
        .group_by("客户类型")
        .agg(sums)
        .sort("fen", descending=True)
        .collect(),
        total,
    )
    measure(
        "attainment",
        lambda: goals.lazy()
        .filter(pl.col("月份") == "2025-05")
        .join(
            lazy.filter(is_won & within(day(2025, 5, 1), day(2025, 6, 1))).group_by("负责人").agg(sums),
            left_on="人员",
            right_on="负责人",
            how="left",
        )
        .with_columns(attained=pl.col("fen") / (pl.col("目标") * 100))
        .sort("attained", descending=True)
        .collect(),
        total,
    )
    measure(
        "win_rate",
        lambda: lazy.filter(pl.col("阶段").is_in(["赢单", "输单"]) & within(day(2025, 1, 1), day(2026, 1, 1)))
        .group_by("负责人", pl.col("成交日期").dt.quarter())
        .agg(is_won.sum().alias("won"), is_won.mean().alias("rate"))
        .sort("成交日期", "rate", descending=[False, True])
        .collect(),
        lambda answer: answer["won"].sum(),
    )
    measure(
        "top_10",
        lambda: lazy.filter(quarter).group_by("负责人").agg(sums).top_k(10, by="fen").collect(),
        total,
    )
    months = (
        lazy.filter(is_won & within(day(2024, 1, 1), day(2026, 1, 1)))
        .group_by(pl.col("成交日期").dt.truncate("1mo").alias("month"))
        .agg(sums)
    )
    measure(
        "year_over_year",
        lambda: months.join(
            months.with_columns(pl.col("month").dt.offset_by("1y")), on="month", suffix="_before"
        )
        .sort("month")
        .collect(),
        total,
    )
    measure(
        "customers",
        lambda: lazy.filter(is_won).group_by("客户").agg(sums).top_k(200, by="fen").collect(),
        total,
    )


def main():
    try:
        {"duckdb": duckdb, "polars": polars}[sys.argv[3]](os.path.abspath(sys.argv[2]))
    except ImportError as missing:
        print(missing, file=sys.stderr)
        sys.exit(3)
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000} MB")


main()
