"""What is said of two publications: what happened, and whether counting more votes explains it. No word accuses anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from primaire.messages import Message, msg, msgn, term
from primaire.publications.chance import EFFECTS, FEW, MANY, SEED, Chance
from primaire.publications.constancy import FEWEST, unchanged
from primaire.publications.judgement import (
    APPLIED,
    CANDIDATES,
    COUNTS_STAY,
    NOT_TESTED,
    NOTHING,
    RATIO,
    SHARES_STAY,
    SIGNATURE,
    STAY,
    UNCHANGED,
    UNITS_GONE,
    WENT_DOWN,
    Judgement,
)
from primaire.publications.odds import level_in_words, odds, often
from primaire.publications.update import ENOUGH, WHOLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from primaire.publications.update import Update

IN_WORDS: Final = {"voters": term("voters"), "valid": term("valid votes"), "registered": term("registered voters")}
_MOST: Final = 8
_BOTH: Final = 2
_SMALL: Final = 0.05  # a probability that is not to be called usual, whatever the level


def added(update: Update) -> tuple[str, int] | None:
    """Return by how much the widest total that is known on both sides changed."""
    for name in WHOLES:
        if name in update.totals:
            before, after = update.totals[name]
            return name, after - before
    return None


def fallen(update: Update, names: Sequence[str]) -> list[Message]:
    """Return what went down, and by how much: totals, then candidates."""
    totals = [(IN_WORDS[name], before - after) for name, (before, after) in update.totals.items() if after < before]
    people = [(names[place], update.counted[place][0] - update.counted[place][1]) for place in update.went_down]
    return [
        *(msg("{total:term} by {n:count}", total=name, n=number) for name, number in totals),
        *(msg("{candidate} by {n:count}", candidate=name, n=number) for name, number in people),
    ]


@dataclass(frozen=True)
class Around:
    """What is different in a contest without any test.

    Attributes:
        gone, lowered: units that are gone and had votes; units where votes went down.
        strangers: sentences on candidates who are in one publication alone.
        figures: counts that are other ones and no votes (registered, blank), in words.
        tested: whether what was added is tested at all.
    """

    gone: Sequence[Message] = ()
    lowered: Sequence[Message] = ()
    strangers: Sequence[Message] = ()
    figures: Sequence[str] = ()
    tested: bool = True


def lead(judgement: Judgement, update: Update, names: Sequence[str], around: Around, level: float) -> Message:
    """Return the sentence to read if one reads only one."""
    if judgement.finding == APPLIED:
        return _of_signature(judgement)
    down, more = fallen(update, names), _more(update)
    said = {
        WENT_DOWN: _went_down(down, around),
        CANDIDATES: msg(
            "To be checked: the candidates are not the same. {strangers}.", strangers=shown(around.strangers)
        ),
        UNITS_GONE: _units_gone(down, around),
        STAY: msg(
            "To be checked: the shares stay put more exactly than counting leaves them ({more}; {odds}). Counting more votes does not explain this.",
            more=more,
            odds=often(_smallest(judgement)),
        ),
        UNCHANGED: msg("Nothing changed."),
        NOT_TESTED: _not_tested(update, around),
        NOTHING: _nothing(judgement, more, level),
    }
    return said[judgement.finding]


def _nothing(judgement: Judgement, more: Message, level: float) -> Message:
    if judgement.corrected is not None and judgement.corrected.value <= _SMALL:
        return msg(
            "Nothing here reaches the level of {level} ({more}; the smallest probability is {odds}).",
            level=level_in_words(level),
            more=more,
            odds=odds(judgement.corrected),
        )
    return msg("Nothing here is to be checked ({more}): counting more votes can explain what changed.", more=more)


def _went_down(down: Sequence[Message], around: Around) -> Message:
    if down:
        return msg(
            "To be checked: votes went down ({fallen}). Counting more votes never takes any away.", fallen=shown(down)
        )
    return msgn(
        "To be checked: votes went down in {n:count} unit ({units}). Counting more votes never takes any away.",
        "To be checked: votes went down in {n:count} units ({units}). Counting more votes never takes any away.",
        len(around.lowered),
        units=shown(around.lowered),
    )


def _units_gone(down: Sequence[Message], around: Around) -> Message:
    number = len(around.gone)
    if down:
        return msgn(
            "To be checked: {n:count} unit is gone, and votes with it ({fallen}).",
            "To be checked: {n:count} units are gone, and votes with them ({fallen}).",
            number,
            fallen=shown(down),
        )
    return msgn(
        "To be checked: {n:count} unit that had votes is gone ({units}).",
        "To be checked: {n:count} units that had votes are gone ({units}).",
        number,
        units=shown(around.gone),
    )


def _not_tested(update: Update, around: Around) -> Message:
    same = all((one.before, one.share_before) == (one.after, one.share_after) for one in update.lines)
    if same and around.figures and all(one == other for one, other in update.totals.values()):
        return msg("No votes changed; other figures did: {figures:term}.", figures=list(around.figures))
    return msg(
        "Nothing here went down ({more}). How shares moved cannot be tested: {reason}.",
        more=_more(update),
        reason=_why_not(update, tested=around.tested),
    )


def _why_not(update: Update, *, tested: bool) -> Message:
    """Return why nothing is tested."""
    grown = any(after > before for before, after in update.totals.values())
    few = len(update.counted) < FEWEST and len(update.shares(update.decimals or 0)) < FEWEST
    unknown = update.decimals is not None and update.share_total is None and not update.counted
    reasons = (
        (not tested, msg("there are too many contests or places")),
        (not update.totals, msg("no total of their ballots is known on both sides")),
        (not grown, msg("no ballots were added")),
        (unknown, msg("the number of {base:term} is not known on both sides", base=IN_WORDS[update.base])),
        (few, msg("fewer than two candidates have figures on both sides")),
    )
    last = msg("fewer than two candidates are free to move, the last one having what the others leave")
    return next((reason for holds, reason in reasons if holds), last)


def _of_signature(judgement: Judgement) -> Message:
    name = SIGNATURE if (one := judgement.examined.signatures.get(SIGNATURE)) and one.found else RATIO
    signature = judgement.examined.signatures[name]
    chance = often(signature.chance)
    if name == RATIO:
        return msg(
            "To be checked: every new count is the old one times the ratio of the totals, to the unit. Chance does this in {odds}; counting more votes does not explain it.",
            odds=chance,
        )
    if len(signature.cells) == _BOTH:
        return msg(
            "To be checked: both new counts that are known are the old percentages of the new total, to the unit. Chance does this in {odds}; counting more votes does not explain it.",
            odds=chance,
        )
    return msg(
        "To be checked: all {n:count} new counts that are known are the old percentages of the new total, to the unit. Chance does this in {odds}; counting more votes does not explain it.",
        n=len(signature.cells),
        odds=chance,
    )


def on_figures(judgement: Judgement, update: Update, around: Around) -> Iterator[Message]:
    """Yield which other figures changed, and who is in one publication alone, where the first sentence is of other things."""
    if around.strangers and judgement.finding != CANDIDATES:
        yield msg("The candidates are not the same. {strangers}.", strangers=shown(around.strangers))
    if (
        around.figures
        and judgement.finding != NOT_TESTED
        and all(one == other for one, other in update.totals.values())
    ):
        yield msg("Changed as well: {figures:term}.", figures=list(around.figures))


def _smallest(judgement: Judgement) -> Chance:
    smallest = judgement.examined.smallest
    return smallest[1] if smallest else Chance(1.0)


def _more(update: Update) -> Message:
    change = added(update)
    if change is None:
        return msg("totals are not known on both sides")
    name, number = change
    if number == 0:
        return msg("the number of {total:term} is the same", total=IN_WORDS[name])
    if number < 0:
        return msg("{n:count} {total:term} fewer", n=-number, total=IN_WORDS[name])
    return msg("{n:count} {total:term} more", n=number, total=IN_WORDS[name])


def shown(items: Sequence[object], most: int = _MOST) -> list[object]:
    """Return the first few for a message, the last saying how many were left out."""
    return [*items[:most], *([msg("… ({n:count} more)", n=len(items) - most)] if len(items) > most else [])]


def on_tests(judgement: Judgement, update: Update, names: Sequence[str], level: float) -> Iterator[Message]:
    """Yield a note on each test that was made, and on what is no sign by itself."""
    examined = judgement.examined
    if SIGNATURE in examined.signatures:
        yield _signature_note(judgement, update)
    if RATIO in examined.signatures and not examined.signatures[RATIO].found:
        yield msg("The new counts are not the old ones times the ratio of the totals.")
    for name in (SHARES_STAY, COUNTS_STAY):
        if name in examined.chances:
            yield _constancy_note(name, examined.chances[name], update)
    if examined.fewer is not None:
        decimals, chance = examined.fewer
        said = msgn(
            "Printed with {n} decimal, all shares would be the same in {odds}",
            "Printed with {n} decimals, all shares would be the same in {odds}",
            decimals,
            odds=often(chance),
        )
        yield msg("{said}: nothing could be said.", said=said) if chance.value > level else msg("{said}.", said=said)
    yield from _alone(judgement, update, names)
    if judgement.corrected is not None:
        yield msgn(
            "{n} test was made between these two publications; its probability is {odds}.",
            "{n} tests were made between these two publications; the smallest probability times {n} is {odds}.",
            judgement.made,
            odds=odds(judgement.corrected),
        )


def _signature_note(judgement: Judgement, update: Update) -> Message:
    signature = judgement.examined.signatures[SIGNATURE]
    if not signature.found:
        return msg("The new counts are not the old percentages of the new total.")
    total = update.totals[signature.base][1]
    matches = [
        msg(
            "{n:count} is {share:percent} (one of {cell:count} that print so)",
            n=line.after,
            share=float(line.share_before or 0),
            cell=cell,
        )
        for place, cell in signature.cells.items()
        for line in [update.lines[place]]
    ]
    return msg(
        "Of {total:count} {base:term}, {matches}: each is the whole number nearest to the old percentage. Chance hits them all, and leaves these percentages where they were, in {odds}.",
        total=total,
        base=IN_WORDS[signature.base],
        matches=matches,
        odds=often(signature.chance),
    )


def _constancy_note(name: str, chances: Sequence[Chance], update: Update) -> Message:
    first, *others = often(chances[0]), *map(odds, chances[1:])
    clusters = [
        msg("{effect}: {odds}", effect=effect, odds=each) for effect, each in zip(EFFECTS[1:], others, strict=False)
    ]
    told = msg("{odds}; with a design effect of {clusters}", odds=first, clusters=clusters) if clusters else first
    if name == COUNTS_STAY:
        return msg(
            "Votes keep one ratio as nearly as here in {odds}.",
            odds=told,
        )
    decimals = update.decimals or 0
    if unchanged(update, decimals):
        return msgn(
            "All shares are the same to {n} decimal: so they are in {odds}.",
            "All shares are the same to {n} decimals: so they are in {odds}.",
            decimals,
            odds=told,
        )
    return msg(
        "The printed shares move as little as here in {odds}.",
        odds=told,
    )


def _alone(judgement: Judgement, update: Update, names: Sequence[str]) -> Iterator[Message]:
    """Say that a share that stays, where others move, is no sign."""
    if judgement.finding in {APPLIED, STAY, UNCHANGED} or not judgement.examined.chances:
        return
    decimals = 2 if update.decimals is None else update.decimals
    shares = update.shares(decimals)
    still = [names[place] for place, (before, after) in shares.items() if before == after]
    if still and len(still) < len(shares):
        yield msgn(
            "The share of {names} is the same to {decimals}; that one share stays proves nothing.",
            "The shares of {names} are the same to {decimals}; that some shares stay proves nothing.",
            len(still),
            names=shown(still),
            decimals=msgn("{n} decimal", "{n} decimals", decimals),
        )


def on_base(judgement: Judgement, update: Update) -> Iterator[Message]:
    """Say what printed percentages are shares of, where it is not the valid votes, or not known."""
    if update.decimals is None:
        return
    sums = [each for side in ("before", "after") if (each := update.printed_sum(side)) is not None]
    if update.doubtful:
        yield msg(
            "What the printed shares are shares of is not known: they add up to {sum:percent}, less than {enough}%, so candidates are missing.",
            sum=float(min(sums)),
            enough=ENOUGH,
        )
    elif update.base != "valid" and sums:
        yield msg(
            "The printed shares are of {base:term}, not of valid votes: they add up to {sum:percent}.",
            base=IN_WORDS[update.base],
            sum=float(sums[0]),
        )
    elif update.base != "valid":
        yield msg("The printed shares are of {base:term}, not of valid votes.", base=IN_WORDS[update.base])
    tested = SHARES_STAY in judgement.examined.chances
    if tested and update.share_total == WHOLES[0] and (update.doubtful or update.base != WHOLES[0]):
        yield msg(
            "They are tested as shares of all voters, the largest number that they can be shares of: this is generous to counting."
        )


def method(level: float, made: bool) -> tuple[Message, ...]:
    """Return what holds for all sections: how it was tested, and when something is to be checked."""
    first = msg(
        "To be checked: votes that went down; and what has a probability of at most {level}, times the number of tests made between two publications. There may be a good reason: a correction, a mistake in a table.",
        level=level_in_words(level),
    )
    if not made:
        return (first,)
    return (
        first,
        msg(
            "Honest updates are simulated: the ballots counted before are drawn at random from those counted later, {few:count} times, or {many:count} where fewer than 5% show it (seed {seed}).",
            few=FEW,
            many=MANY,
            seed=f"{SEED}",
        ),
        msg(
            "Stations are not drawn at random. A design effect of {g} spreads shares as if ballots came in clusters of {g}: the larger, the rarer it is that shares stay. Without any it is most generous to counting, and that decides.",
            g=EFFECTS[-2],
        ),
    )
