"""What a map shows, and why a place has no figure: words that tables and maps share."""

from __future__ import annotations

from typing import Final

from primaire.messages import term

SHOWN: Final = (term("share"), term("winner"), term("turnout"), term("swing"))
"""What a map shows: a candidate's share, who came first, turnout, or what a candidate gained from one vote to the next."""

NO_FIGURES, NOT_STANDING, LEVEL_AT_TOP, DIVIDED, ONE_VOTE, NO_LEAD = (
    term("no figures here"),
    term("not standing"),
    term("level at the top"),
    term("in several contests"),
    term("in one vote only"),
    term("lead not known"),
)
"""Why a place has no figure: none is published; the candidate does not stand there; two or more came first with as many
votes; its units vote in several contests; it is in one of the two votes only; who came first is known, and no share."""

NOTHING: Final = {
    "valid": term("no valid votes"),
    "voters": term("no voters"),
    "registered": term("no registered voters"),
}
"""Why nothing is a share there, by what it would be a share of: all is published, and that is 0."""

WHYS: Final = (NO_FIGURES, NOT_STANDING, LEVEL_AT_TOP, DIVIDED, ONE_VOTE, NO_LEAD, *NOTHING.values())
