"""What each code of a finding means: how grave it is, what must hold, and what to do. One section each in docs/checks.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from primaire.messages import term

ERROR: Final = term("error")
WARNING: Final = term("warning")
TO_CHECK: Final = term("to be checked")

SEVERITIES: Final = (ERROR, WARNING, TO_CHECK)
"""``error``: figures that cannot all be right. ``warning``: something that is most often a mistake, and need not be one.
``to be checked``: what is rare among its like, and may well be right. Only errors make ``primaire check`` end with 1."""


@dataclass(frozen=True)
class Code:
    """What a code means.

    Attributes:
        title: what is seen, in a few words.
        severity: one of :data:`SEVERITIES`.
        expected: what must hold, or what is usual.
        remedy: what to do about it.
    """

    title: str
    severity: str
    expected: str
    remedy: str


CODES: Final[dict[str, Code]] = {
    "PRI101": Code(
        term("more voters than registered"),
        ERROR,
        term("registered ≥ voters"),
        term("Look for two figures that were exchanged, or for a roll that was closed before late registrations."),
    ),
    "PRI102": Code(
        term("more valid votes than voters"), ERROR, term("voters ≥ valid"), term("Look for exchanged digits.")
    ),
    "PRI103": Code(
        term("blank and null, apart and together, differ"),
        ERROR,
        term("blank + null = blank and null together"),
        term("Compare with the minutes; leave the one that is doubtful empty."),
    ),
    "PRI104": Code(
        term("valid and blank or null votes do not make the voters"),
        ERROR,
        term("voters = blank + null + valid"),
        term(
            "At a count, more or fewer ballots than signatures happens, and goes into the minutes; otherwise compare with them."
        ),
    ),
    "PRI105": Code(
        term("more blank or null votes than voters"),
        ERROR,
        term("voters ≥ blank + null"),
        term("Look for exchanged columns."),
    ),
    "PRI106": Code(
        term("more valid votes than registered"),
        ERROR,
        term("registered ≥ valid"),
        term("Look for two figures that were exchanged, or for a digit too many."),
    ),
    "PRI107": Code(
        term("signatures and ballots differ"),
        WARNING,
        term("as many ballots in the box as signatures on the roll"),
        term(
            "It happens, and goes into the minutes: see whether they say so. Where the lead is smaller than the difference, a judge would ask."
        ),
    ),
    "PRI108": Code(
        term("voters and abstentions do not make the registered"),
        ERROR,
        term("registered = voters + abstentions"),
        term("Look for exchanged digits in one of the three."),
    ),
    "PRI111": Code(
        term("a candidate has more votes than there are"),
        ERROR,
        term("valid ≥ votes of a candidate"),
        term("Look for a digit too many."),
    ),
    "PRI112": Code(
        term("votes add up to more than the valid votes"),
        ERROR,
        term("the votes of all candidates = valid"),
        term("Compare each list with the minutes."),
    ),
    "PRI113": Code(
        term("votes add up to less than the valid votes"),
        ERROR,
        term("the votes of all candidates = valid"),
        term("If a candidate is missing, add a row with empty votes; otherwise compare with the minutes."),
    ),
    "PRI121": Code(
        term("percentages add up to more than 100"),
        ERROR,
        term("a sum of 100, within their rounding"),
        term("Look for a digit typed wrongly."),
    ),
    "PRI122": Code(
        term("percentages add up to less than 100"),
        ERROR,
        term("a sum of 100, within their rounding"),
        term(
            "They may be shares of the voters, blank and null votes included: say so in share_base, and give the voters."
        ),
    ),
    "PRI123": Code(
        term("no whole numbers give these percentages"),
        ERROR,
        term("whole numbers of votes that round to all of them"),
        term("“primaire reconstruct” names a smallest set of percentages that contradict each other."),
    ),
    "PRI124": Code(
        term("votes and percentage do not agree"),
        ERROR,
        term("100 × votes / base, rounded"),
        term("Look for exchanged digits, or for another base."),
    ),
    "PRI131": Code(
        term("a total is not the sum of its parts"),
        ERROR,
        term("a total = the sum of its parts"),
        term("Look whether a unit is missing, or counted in two rows; the total itself is never added."),
    ),
    "PRI132": Code(
        term("a printed percentage is not what the counts give"),
        ERROR,
        term("100 × count / base, rounded in any way"),
        term("Look for exchanged digits, or for percentages of another base."),
    ),
    "PRI133": Code(
        term("votes, and no candidate"),
        ERROR,
        term("candidates for the valid votes"),
        term("Look whether the file was cut short: download it again."),
    ),
    "PRI134": Code(
        term("two levels do not add up"),
        ERROR,
        term("a wider place = the sum of the places within it"),
        term(
            "Look whether the two files are of the same publication, and whether a place is missing or counted twice."
        ),
    ),
    "PRI201": Code(
        term("a unit is in one of two rounds only"),
        WARNING,
        term("the same units in both rounds of a contest"),
        term("Look whether it was opened, closed or renamed between the rounds, or left out of one of the two files."),
    ),
    "PRI202": Code(
        term("a roll changes more between rounds than others do"),
        TO_CHECK,
        term("nearly the same registered voters in both rounds"),
        term(
            "Compare with the minutes of both rounds: a digit may be wrong, two units may be exchanged, or their limits have moved."
        ),
    ),
    "PRI301": Code(
        term("a code that no place can have"),
        WARNING,
        term("codes as the statistical office or the Ministry writes them"),
        term("Look for a digit typed wrongly, a lost zero, or a code of another system."),
    ),
    "PRI302": Code(
        term("a number is missing among consecutive ones"),
        TO_CHECK,
        term("numbers without a gap, as all others have them"),
        term("Look whether the unit was closed, or left out: the totals would lack its votes."),
    ),
    "PRI303": Code(
        term("a name that an encoding damaged"),
        WARNING,
        term("a name as it is spelt"),
        term(
            "Ask for the file anew, or save it as UTF-8 from the encoding that it was written in; no votes are concerned."
        ),
    ),
    "PRI304": Code(
        term("one candidate, or one place, under two names"),
        TO_CHECK,
        term("one name for each"),
        term("If the two are one, write them alike: their votes are not added up."),
    ),
    "PRI305": Code(
        term("units with the same votes"),
        WARNING,
        term("votes that differ from unit to unit"),
        term("Compare with the minutes: one row may have been copied over another."),
    ),
    "PRI401": Code(
        term("unlike its neighbours"),
        TO_CHECK,
        term("shares as in the units around it, give or take what is usual there"),
        term(
            "Compare with the minutes: votes may stand beside the wrong name. Or the place has reasons of its own: who lives there, who is from there."
        ),
    ),
    "PRI402": Code(
        term("unlike its previous round"),
        TO_CHECK,
        term("shares that follow from its previous round as they do elsewhere, give or take what is usual"),
        term(
            "Compare both rounds with the minutes: votes may stand beside the wrong name in either. Or something happened there between them."
        ),
    ),
}
