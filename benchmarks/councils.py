"""Random councils shared out by the rule of French communes: half of the seats to the first list, the rest by highest averages.

    python -m benchmarks.councils primaire 100000
    python -m benchmarks.councils interregnum 10000

What the rule asks for besides averages is put around the other libraries by hand. ``plain`` is what people write by hand, in
floating-point numbers. Only primaire leaves a tie open; the others let votes, the order of lists or a lot decide, so that the
seats that are printed differ a little.
"""

from __future__ import annotations

import random
import sys
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Dhondt = Callable[[list[int], int], Sequence[int]]


def councils(number: int) -> Iterator[tuple[list[int], int]]:
    """Yield the votes of 2 to 6 lists, and an odd number of seats from 15 to 69."""
    drawn = random.Random(2026)  # noqa: S311  no secret
    for _ in range(number):
        yield [drawn.randint(20, 9000) for _ in range(drawn.randint(2, 6))], drawn.randrange(15, 70, 2)


def by_hand(dhondt: Dhondt, votes: list[int], seats: int) -> list[int]:
    """Put the bonus and the threshold around a library's highest averages."""
    bonus = (seats + 1) // 2
    sharers = [place for place, cast in enumerate(votes) if 20 * cast >= sum(votes)]
    found = [0] * len(votes)
    for place, taken in zip(sharers, dhondt([votes[place] for place in sharers], seats - bonus), strict=True):
        found[place] = taken
    found[votes.index(max(votes))] += bonus
    return found


def plain() -> Dhondt:
    def dhondt(votes: list[int], seats: int) -> list[int]:
        found = [0] * len(votes)
        for _ in range(seats):
            averages = [cast / (held + 1) for cast, held in zip(votes, found, strict=True)]
            found[averages.index(max(averages))] += 1
        return found

    return dhondt


def interregnum() -> Dhondt:
    from interregnum.methods.singlevote import HighestAveragesAllocator

    method = HighestAveragesAllocator[int]("dhondt")

    def dhondt(votes: list[int], seats: int) -> list[int]:
        result = method.calc(list(enumerate(votes)), seats, random_seed=1)
        found = {candidate.name: candidate.seats for candidate in result.allocation}
        return [found[place] for place in range(len(votes))]

    return dhondt


def apportionment() -> Dhondt:
    from apportionment.methods import compute

    return lambda votes, seats: compute("dhondt", votes, seats, fractions=True)


def votelib() -> Dhondt:
    from votelib.evaluate.proportional import HighestAverages

    evaluator = HighestAverages("d_hondt")

    def dhondt(votes: list[int], seats: int) -> list[int]:
        found = evaluator.evaluate(dict(enumerate(votes)), seats)
        return [found.get(place, 0) for place in range(len(votes))]

    return dhondt


def primaire() -> Callable[[list[int], int], Sequence[int]]:
    from primaire.rules.parts import Condition, Rounding
    from primaire.rules.rule import Seats, Stage
    from primaire.rules.sharing import share

    threshold = Condition(strictly=False, part=Fraction(1, 20), base="valid")
    rounding = (Rounding("down", below=4), Rounding("up"))
    rest = Stage(method="dhondt", threshold=threshold, tie=("most votes", "the elder"))
    rule = Seats((Stage(Fraction(1, 2), rounding, to="first", tie=("higher average age",)), rest))
    return lambda votes, seats: share(rule, votes, {"valid": sum(votes)}, seats).low


PEERS: dict[str, Callable[[], Dhondt]] = {
    "plain": plain,
    "interregnum": interregnum,
    "apportionment": apportionment,
    "votelib": votelib,
}


def main() -> None:
    name, number = sys.argv[1], int(sys.argv[2])
    allocate: Any
    if name == "primaire":
        allocate = primaire()
    else:
        dhondt = PEERS[name]()

        def allocate(votes: list[int], seats: int) -> list[int]:
            return by_hand(dhondt, votes, seats)

    of_first = sum(allocate(votes, seats)[0] for votes, seats in councils(number))
    print(f"{name}: {number:,} councils, {of_first:,} seats of the first lists named")


if __name__ == "__main__":
    main()
