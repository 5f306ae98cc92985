"""All that is tested on the updates of one result, put together: what counting more votes does not explain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from primaire.messages import term
from primaire.publications.constancy import constant_counts, constant_shares, unchanged
from primaire.publications.signature import Signature, of_counts, of_printed_shares

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from primaire.publications.chance import Chance
    from primaire.publications.update import Update

SIGNATURE: Final = "signature"
RATIO: Final = "ratio"
SHARES_STAY: Final = "constant_shares"
COUNTS_STAY: Final = "constant_counts"
TESTS: Final = (SIGNATURE, RATIO, SHARES_STAY, COUNTS_STAY)
"""The tests on what was added, the most telling first: each new count the old printed percentage of the new total; each the
old count times the ratio of the totals; percentages that stay put; votes that keep one ratio."""

FINDINGS: Final = (
    term("went down"),
    term("candidates differ"),
    term("units gone"),
    term("old shares of a new total"),
    term("shares stay put"),
    term("nothing to check"),
    term("not tested"),
    term("unchanged"),
)
WENT_DOWN, CANDIDATES, UNITS_GONE, APPLIED, STAY, NOTHING, NOT_TESTED, UNCHANGED = FINDINGS
TO_CHECK: Final = frozenset((WENT_DOWN, CANDIDATES, UNITS_GONE, APPLIED, STAY))
"""What counting more votes does not explain."""

LEVEL: Final = 0.01


@dataclass(frozen=True)
class Examination:
    """The tests on what was added in one contest and round.

    Attributes:
        chances: for each test that was made, the probability for each design effect; of the signatures, which need none,
            one alone.
        signatures: what was seen of them.
        fewer: of how many decimals percentages were taken instead, and how often chance would leave all of them the same; None
            where they would not be, or where nothing was tested.
    """

    chances: Mapping[str, tuple[Chance, ...]]
    signatures: Mapping[str, Signature]
    fewer: tuple[int, Chance] | None = None

    @property
    def smallest(self) -> tuple[str, Chance] | None:
        """The test with the smallest probability, as it decides; None where none was made."""
        made = [(self.chances[name][0].value, place, name) for place, name in enumerate(TESTS) if name in self.chances]
        if not made:
            return None
        name = min(made)[2]
        return name, self.chances[name][0]


def examine(update: Update) -> Examination:
    """Make the tests that apply to an update. See the modules of each."""
    chances: dict[str, tuple[Chance, ...]] = {}
    signatures: dict[str, Signature] = {}
    for name, one in ((SIGNATURE, of_printed_shares(update)), (RATIO, of_counts(update))):
        if one is not None:
            signatures[name], chances[name] = one, (one.chance,)
    if counts := constant_counts(update):
        chances[COUNTS_STAY] = counts
    printed = update.decimals is not None and len(update.counted) < len(update.lines)
    if printed and (shares := constant_shares(update, update.decimals or 0)):
        chances[SHARES_STAY] = shares
    return Examination(chances, signatures, _with_fewer(update) if chances else None)


def _with_fewer(update: Update) -> tuple[int, Chance] | None:
    """Return how often chance would leave percentages of one decimal the same (or of none, where one was printed)."""
    decimals = 0 if update.decimals == 1 else 1
    if update.decimals == 0 or not unchanged(update, decimals):
        return None
    found = constant_shares(update, decimals)
    return (decimals, found[0]) if found else None


@dataclass(frozen=True)
class Judgement:
    """What is said of one contest and round between two publications.

    Attributes:
        finding: one of :data:`FINDINGS`.
        examined: the tests.
        made: how many tests were made between these two publications, over all contests.
        corrected: the smallest probability times that number (Bonferroni), at most 1; None without a test.
    """

    finding: str
    examined: Examination
    made: int
    corrected: Chance | None

    @property
    def flagged(self) -> bool:
        """Whether it is to be checked."""
        return self.finding in TO_CHECK


def judge(
    updates: Sequence[Update], seen: Sequence[Seen], level: float = LEVEL, *, tests: bool = True
) -> list[Judgement]:
    """Judge all contests between two publications.

    Args:
        updates: one per contest and round.
        seen: what the counts and units show of each without any test.
        level: how often one of all the tests may raise a false alarm, 0 to 1.
        tests: whether what was added is tested.
    """
    every = [examine(update) if tests else Examination({}, {}) for update in updates]
    made = sum(len(one.chances) for one in every)
    judged = []
    for of_units, one in zip(seen, every, strict=True):
        smallest = one.smallest
        corrected = None
        if smallest is not None:
            corrected = smallest[1].times(made)
        judged.append(Judgement(_finding(of_units, smallest, corrected, level), one, made, corrected))
    return judged


@dataclass(frozen=True)
class Seen:
    """What counts and units show.

    Attributes:
        down: whether a total or a candidate has fewer votes than before, for which no unit that is gone accounts.
        changed: whether anything is different.
        gone: whether units that had votes are gone.
        others: whether candidates with votes are in one of the two alone, or their votes are no longer published.
    """

    down: bool
    changed: bool
    gone: bool = False
    others: bool = False


def _finding(seen: Seen, smallest: tuple[str, Chance] | None, corrected: Chance | None, level: float) -> str:
    alarm = smallest is not None and corrected is not None and corrected.value <= level
    if alarm and smallest is not None and smallest[0] in {SIGNATURE, RATIO}:
        return APPLIED
    facts = ((seen.down, WENT_DOWN), (seen.others, CANDIDATES), (seen.gone, UNITS_GONE))
    if found := next((finding for holds, finding in facts if holds), None):
        return found
    if alarm:
        return STAY
    if not seen.changed:
        return UNCHANGED
    return NOT_TESTED if smallest is None else NOTHING
