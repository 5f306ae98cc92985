"""What questions to large Parquet files cost: ``python -m benchmarks.store``, or with a number of rows.

The file is made up by DuckDB itself: stations of eleven candidates in a hundred departements, whose figures add up. Prints
how long one departement takes next to the small file that ships, and the time and memory of a sum over the whole.
"""

from __future__ import annotations

import argparse
import resource  # Unix only, as benchmarks.pairs
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.pairs import alternate, compare
from primaire.sources.own.conversion import ROW_GROUP

PRIMAIRE = str(Path(sys.executable).with_name("primaire"))
NATIONAL = 761_662  # 69,242 polling stations of eleven candidates: a French presidential election

_ROWS = """
    SELECT 1 AS format_version, 'Vote' AS election, '2026-04-12' AS date, 1 AS round, 'Vote' AS contest, 'whole' AS coverage,
        'closed' AS electorate, 'S' || station AS unit, 'station' AS level, lpad((station * 100 // {stations})::VARCHAR, 2, '0')
        AS departement_code, 'C' || (station // 2) AS commune_code, 'final' AS status, 1::BIGINT AS units,
        n + 1 AS unit_row, valid + blank + "null" + station % 300 AS registered, valid + blank + "null" AS voters, blank,
        "null", valid, 'Candidate ' || n AS candidate, (station * 7 + n * 13) % 50 AS votes
    FROM (
        SELECT i // 11 AS station, i % 11 AS n, station % 9 AS blank, station % 7 AS "null",
            {valid} AS valid
        FROM range({stations} * 11) AS numbers(i)
    )
"""


def make(path: Path, rows: int) -> None:
    """Write a file in primaire's own format."""
    valid = " + ".join(f"(station * 7 + {n} * 13) % 50" for n in range(11))
    with duckdb.connect(config={"memory_limit": "1GB", "temp_directory": str(path.parent)}) as connection:
        connection.execute(
            f"COPY ({_ROWS.format(stations=rows // 11, valid=valid)}) TO '{path}' "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}, KV_METADATA {{primaire: '{{\"together\": true}}'}})"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=100_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        national, large = Path(folder, "national.parquet"), Path(folder, "large.parquet")
        make(national, NATIONAL)
        one = [PRIMAIRE, "results", str(national), "--where", "departement_code=78"]
        spread = compare(alternate(one, [PRIMAIRE, "results"], 10), "wall")
        print(
            f"one departement of {NATIONAL:,} rows: {spread.measured.middle:.2f} s, {spread.ratio.middle:.2f} times the file that ships (goal 1.30)"
        )
        make(large, rows)
        start = time.perf_counter()
        subprocess.run(
            [PRIMAIRE, "results", str(large), "--by", "departement", "--format", "csv"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        size = large.stat().st_size / 2**20
        print(
            f"{rows:,} rows ({size:.0f} MB) by departement: {time.perf_counter() - start:.1f} s, {peak:.2f} GB at most (goal 1 GB)"
        )


if __name__ == "__main__":
    main()
