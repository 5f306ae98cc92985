"""The families of checks: each looks at figures of one kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from primaire.checks.between_rounds import between_rounds
from primaire.checks.codes_of_places import codes_of_places
from primaire.checks.gaps import gaps
from primaire.checks.identities import counts_and_votes
from primaire.checks.levels import levels
from primaire.checks.names import names
from primaire.checks.outliers import outliers
from primaire.checks.percentages import percentages
from primaire.checks.reading import seen_in_reading
from primaire.checks.spellings import spellings
from primaire.checks.twins import twins
from primaire.messages import term

if TYPE_CHECKING:
    from collections.abc import Callable

    from primaire.checks.finding import Answer
    from primaire.schema import Returns


@dataclass(frozen=True)
class Family:
    """A family of checks: what it is called, its function, and how the codes that it may answer with begin."""

    name: str
    run: Callable[[Returns], Answer]
    codes: tuple[str, ...]


FAMILIES: Final = (
    Family(term("Counts and votes"), counts_and_votes, (*(f"PRI10{number}" for number in range(1, 7)), "PRI11")),
    Family(term("Percentages"), percentages, ("PRI12",)),
    Family(term("Levels"), levels, ("PRI134",)),
    Family(term("While reading"), seen_in_reading, ("PRI107", "PRI108", "PRI131", "PRI132", "PRI133")),
    Family(term("Between rounds"), between_rounds, ("PRI201", "PRI202")),
    Family(term("Codes of places"), codes_of_places, ("PRI301",)),
    Family(term("Gaps"), gaps, ("PRI302",)),
    Family(term("Names"), names, ("PRI303",)),
    Family(term("One thing under two names"), spellings, ("PRI304",)),
    Family(term("Units alike"), twins, ("PRI305",)),
    Family(term("Outliers"), outliers, ("PRI401", "PRI402")),
)
"""Every family, in the order in which the answer tells what each looked at."""
