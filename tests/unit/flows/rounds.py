"""Two rounds in a few stations of one town, for tests of transfers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.elections import returns_of, unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from primaire.schema import Returns
    from tests.elections import Records


def station(number: int, votes: Mapping[str, object], stayed: int, **told: object) -> Records:
    """Return a station with 3 blank and 2 null votes, and the registered voters that follow from who stayed away."""
    valid = sum(cast for cast in votes.values() if isinstance(cast, int))
    where = {
        "contest": "Town",
        "level": "station",
        "departement_code": "78",
        "commune": "Town",
        "commune_code": "78001",
        "station_code": str(number),
        "unit": f"Town {number}",
    }
    counts = {"registered": valid + 5 + stayed, "voters": valid + 5, "blank": 3, "null": 2, "valid": valid}
    return unit(votes, **{**where, **counts, **told})


FIRST = ({"A": 60, "B": 30, "C": 10}, {"A": 25, "B": 50, "C": 25}, {"A": 40, "B": 40, "C": 40})
SECOND = ({"A": 65, "B": 35}, {"A": 45, "B": 65}, {"A": 60, "B": 60})
STAYED = (20, 30, 40)


def rounds(
    first: Sequence[Mapping[str, object]] = FIRST, second: Sequence[Mapping[str, object]] = SECOND, **told: object
) -> tuple[Returns, Returns]:
    """Return two rounds in stations 1, 2, ...: by default rolls of 125, 135, 165, in round 2 of 120, 140, 160."""
    one = [station(at, votes, STAYED[at % 3], **told) for at, votes in enumerate(first)]
    other = [station(at, votes, STAYED[at % 3] - 5, round=2, **told) for at, votes in enumerate(second)]
    return returns_of(*one), returns_of(*other)
