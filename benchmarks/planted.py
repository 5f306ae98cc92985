"""Plant errors in a country's file, of each kind a thousand, and tell how many of them ``primaire check`` finds.

    python -m benchmarks.planted [FILE] [--errors 1000] [--seed 2017]

The file is the ministry's text of 69,242 stations (by default, the one that the other benchmarks use). Cells are rewritten in
the text, one kind of error at a time, and the whole file is read and checked. Recall is the part of the stations with an
error of which something is found; false alarms are findings in stations where none was planted.

Kinds that break an identity must all be found. Percentages are printed with two decimals: of a change that is smaller than
their rounding, nobody can know.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import primaire
from benchmarks.__main__ import national_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Cells = list[str]

REGISTERED, VOTERS, BLANK, NULL, VALID = 7, 10, 12, 15, 18
FIRST, BLOCK, VOTES, OF_VALID = 21, 7, 4, 6
"""Where counts stand in a row: those of the station, and in the block of each candidate."""
IDENTITIES: Final = ("PRI10", "PRI11")
PRINTED: Final = ("PRI132",)


@dataclass(frozen=True)
class Kind:
    """A kind of error: how it is planted in a row (False where the row has no room for it), and what is to find it."""

    name: str
    plant: Callable[[Cells, random.Random], bool]
    codes: tuple[str, ...]


def registered_below_voters(row: Cells, drawn: random.Random) -> bool:
    return _put(row, REGISTERED, max(_count(row, VOTERS) - drawn.randint(1, 20), 0))


def valid_above_voters(row: Cells, drawn: random.Random) -> bool:
    return _put(row, VALID, _count(row, VOTERS) + drawn.randint(1, 20))


def parts_and_voters(row: Cells, drawn: random.Random) -> bool:
    at = drawn.choice((BLANK, NULL))
    return _put(row, at, max(_count(row, at) + drawn.choice((-1, 1)) * drawn.randint(1, 5), 0))


def one_vote_more_or_less(row: Cells, drawn: random.Random) -> bool:
    at = _candidate(row, drawn) + VOTES
    return _put(row, at, max(_count(row, at) + drawn.choice((-1, 1)), 0))


def votes_changed(row: Cells, drawn: random.Random) -> bool:
    at = _candidate(row, drawn) + VOTES
    return _put(row, at, max(_count(row, at) + drawn.choice((-1, 1)) * drawn.randint(2, 50), 0))


def digits_of_votes(row: Cells, drawn: random.Random) -> bool:
    return _transpose(row, _candidate(row, drawn) + VOTES, drawn)


def digits_of_counts(row: Cells, drawn: random.Random) -> bool:
    return _transpose(row, drawn.choice((REGISTERED, VOTERS, BLANK, NULL, VALID)), drawn)


def votes_exchanged(row: Cells, drawn: random.Random) -> bool:
    """Give two candidates each other's votes: the sums stay as they are, the percentages do not."""
    one, other = (_candidate(row, drawn) + VOTES for _ in range(2))
    row[one], row[other] = row[other], row[one]
    return row[one] != row[other]


def last_digit_of_a_percentage(row: Cells, drawn: random.Random) -> bool:
    return _percentage(row, drawn, 1)


def percentage_changed(row: Cells, drawn: random.Random) -> bool:
    return _percentage(row, drawn, drawn.randint(5, 500))


KINDS: Final = (
    Kind("registered below voters", registered_below_voters, IDENTITIES),
    Kind("valid above voters", valid_above_voters, IDENTITIES),
    Kind("blank or null changed", parts_and_voters, IDENTITIES),
    Kind("a candidate's votes, by one", one_vote_more_or_less, IDENTITIES),
    Kind("a candidate's votes, by 2 to 50", votes_changed, IDENTITIES),
    Kind("two digits of votes transposed", digits_of_votes, IDENTITIES),
    Kind("two digits of a count transposed", digits_of_counts, IDENTITIES),
    Kind("votes of two candidates exchanged", votes_exchanged, PRINTED),
    Kind("a percentage, by 0.01", last_digit_of_a_percentage, PRINTED),
    Kind("a percentage, by 0.05 to 5", percentage_changed, PRINTED),
)


def _count(row: Cells, at: int) -> int:
    return int(row[at])


def _put(row: Cells, at: int, count: int) -> bool:
    before, row[at] = int(row[at]), str(count)
    return count != before


def _candidate(row: Cells, drawn: random.Random) -> int:
    return FIRST + BLOCK * drawn.randrange((len(row) - FIRST) // BLOCK)


def _transpose(row: Cells, at: int, drawn: random.Random) -> bool:
    text = row[at]
    places = [place for place in range(len(text) - 1) if text[place] != text[place + 1]]
    if not places:
        return False
    place = drawn.choice(places)
    row[at] = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return True


def _percentage(row: Cells, drawn: random.Random, hundredths: int) -> bool:
    at = _candidate(row, drawn) + OF_VALID
    before = round(float(row[at].replace(",", ".")) * 100)
    after = before + drawn.choice((-1, 1)) * hundredths
    row[at] = f"{after / 100:.2f}".replace(".", ",")
    return 0 <= after <= 10_000  # noqa: PLR2004  100 per cent


def planted(lines: list[str], kind: Kind, errors: int, drawn: random.Random) -> dict[int, str]:
    """Return rows with an error each, by the numbers of their lines."""
    rows: dict[int, str] = {}
    for place in drawn.sample(range(1, len(lines)), len(lines) - 1):
        row = lines[place].split(";")
        if len(rows) < errors and _count(row, VALID) > 0 and kind.plant(row, drawn):
            rows[place + 1] = ";".join(row)
        if len(rows) == errors:
            break
    return rows


def found(path: Path, codes: tuple[str, ...]) -> set[int]:
    """Return the lines in which something is found."""
    returns = primaire.load(path, printed=True)
    frame = primaire.check(returns, select=codes).frame
    return set(frame["line"].dropna().tolist())


def measured(source: Path, folder: Path, errors: int, seed: int) -> Iterator[tuple[str, int, int, int]]:
    """Yield for each kind how many errors were planted, how many of them found, and how many findings were of none."""
    lines = source.read_text(encoding="cp1252").splitlines()
    path = folder / source.name
    for kind in KINDS:
        rows = planted(lines, kind, errors, random.Random(f"{seed} {kind.name}"))  # noqa: S311  no secret
        text = "\r\n".join(rows.get(number, line) for number, line in enumerate(lines, start=1))
        path.write_text(f"{text}\r\n", encoding="cp1252", newline="")
        seen = found(path, kind.codes)
        yield kind.name, len(rows), len(seen & set(rows)), len(seen - set(rows))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path, nargs="?", help="the ministry's text of a whole country")
    parser.add_argument("--errors", type=int, default=1000, help="of each kind (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=2017)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = arguments.file or national_files(folder / "country", 1)[0]
        print(f"{source.name}: {len(found(source, ('PRI1',)))} stations with findings before anything is planted.\n")
        print(f"{'kind':36} {'planted':>8} {'found':>8} {'recall':>8} {'false':>6}")
        for kind, errors, hits, false in measured(source, folder, arguments.errors, arguments.seed):
            print(f"{kind:36} {errors:8,} {hits:8,} {hits / max(errors, 1):8.3f} {false:6,}", flush=True)


if __name__ == "__main__":
    main()
