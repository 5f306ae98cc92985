"""Each index in words: what it is called and is of, its formula, its range and what the ends mean, and its paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from primaire.messages import msg, term

if TYPE_CHECKING:
    from primaire.messages import Message

VOTES: Final = term("valid votes")
SEATS: Final = term("seats")
BOTH: Final = term("valid votes and seats")
CHANGE: Final = term("change in valid votes")
UNITS: Final = term("valid votes by unit")
OVER: Final = {
    "region": term("valid votes by region"),
    "departement": term("valid votes by departement"),
    "constituency": term("valid votes by constituency"),
    "canton": term("valid votes by canton"),
    "commune": term("valid votes by commune"),
    "station": term("valid votes by station"),
}
"""What nationalisation is computed from, by the level of the places; of units as they are in the source, UNITS."""


@dataclass(frozen=True, eq=False)
class Index:
    """One index.

    Attributes:
        name: what it is called.
        of: what it is computed from.
        formula: in signs, p, v and s being shares.
        least, most: the ends of its range; ``n`` is the number of candidates, parties or units.
        paper: author and year.
        definition: formula, range and ends in a sentence.
        decimals: how many a person is shown.
    """

    name: str
    of: str
    formula: str
    least: str
    most: str
    paper: str
    definition: Message
    decimals: int = 2

    def range(self, n: int | None) -> str:
        """Return the range for a number of candidates, parties or units; None where it is not known.

        >>> LAAKSO_TAAGEPERA.range(11), HERFINDAHL.range(None), GALLAGHER.range(4)
        ('1 … 11', '1/n … 1', '0 … 100')
        """
        said = "n" if n is None else str(n)
        least = "1" if said == "1" and self.least == "1/n" else self.least.replace("n", said)
        return f"{least} … {self.most.replace('n', said)}"


LAAKSO_TAAGEPERA: Final = Index(
    term("effective number (Laakso-Taagepera)"),
    VOTES,
    "1 / Σ p²",
    "1",
    "n",
    "Laakso and Taagepera 1979",
    msg(
        "Effective number (Laakso-Taagepera): 1 / Σ p², p being shares of all valid votes, or of seats; from 1, all for one, to "
        "n, all n equal: so many of equal size would be as concentrated (Laakso and Taagepera, Comparative Political Studies "
        "12, 1979)."
    ),
)
GOLOSOV: Final = Index(
    term("effective number (Golosov)"),
    VOTES,
    "Σ p / (p + p₁² − p²)",
    "1",
    "n",
    "Golosov 2010",
    msg(
        "Effective number (Golosov): Σ p / (p + p₁² − p²), p₁ being the largest share; from 1, all for one, to n, all n equal; "
        "less than the other where one leads by far (Golosov, Party Politics 16, 2010)."
    ),
)
HERFINDAHL: Final = Index(
    term("concentration (Herfindahl-Hirschman)"),
    VOTES,
    "Σ p²",
    "1/n",
    "1",
    "Hirschman 1945, Herfindahl 1950",
    msg(
        "Concentration (Herfindahl-Hirschman): Σ p², shares counted from 0 to 1; from 1/n, all n equal, to 1, all for one "
        "(Hirschman, National Power and the Structure of Foreign Trade, 1945; Herfindahl, Concentration in the Steel "
        "Industry, 1950)."
    ),
    decimals=4,
)
GALLAGHER: Final = Index(
    term("disproportionality (Gallagher, least squares)"),
    BOTH,
    "√(½ Σ (v − s)²)",
    "0",
    "100",
    "Gallagher 1991",
    msg(
        "Disproportionality (Gallagher, least squares): √(½ Σ (v − s)²), v being per cent of all valid votes and s of seats; "
        "from 0, seats as votes, to 100, all seats to a party without votes (Gallagher, Electoral Studies 10, 1991)."
    ),
)
LOOSEMORE_HANBY: Final = Index(
    term("disproportionality (Loosemore-Hanby)"),
    BOTH,
    "½ Σ |v − s|",
    "0",
    "100",
    "Loosemore and Hanby 1971",
    msg(
        "Disproportionality (Loosemore-Hanby): ½ Σ |v − s|, in points: the per cent of seats that are with another party than "
        "votes would have it; from 0, seats as votes, to 100, all seats to parties without votes (Loosemore and Hanby, British "
        "Journal of Political Science 1, 1971)."
    ),
)
RAE: Final = Index(
    term("disproportionality (Rae)"),
    BOTH,
    "Σ |v − s| / m",
    "0",
    "100",
    "Rae 1967",
    msg(
        "Disproportionality (Rae): the mean of |v − s| over the m parties with at least 0.5 % of valid votes, in points; from "
        "0, seats as votes, to 100, and never above 200/m: many small parties make it small (Rae, The Political Consequences "
        "of Electoral Laws, 1967)."
    ),
)
SAINTE_LAGUE: Final = Index(
    term("disproportionality (Sainte-Laguë)"),
    BOTH,
    "Σ (s − v)² / v",
    "0",
    "∞",
    "Sainte-Laguë 1910",
    msg(
        "Disproportionality (Sainte-Laguë): Σ (s − v)² / v, in points; from 0, seats as votes, without an upper end, and not "
        "computable where seats went to a party without votes (Sainte-Laguë, Annales scientifiques de l'École normale "
        "supérieure 27, 1910; as an index, Gallagher 1991)."
    ),
)
PEDERSEN: Final = Index(
    term("volatility (Pedersen)"),
    CHANGE,
    "½ Σ |after − before|",
    "0",
    "100",
    "Pedersen 1979",
    msg(
        "Volatility (Pedersen): ½ Σ |after − before|, in points of valid votes, those who left or are new included; from 0, "
        "nothing changed, to 100, everything did (Pedersen, European Journal of Political Research 7, 1979)."
    ),
)
PARTY_SCORE: Final = Index(
    term("nationalisation (Jones-Mainwaring)"),
    UNITS,
    "1 − Gini",
    "1/n",
    "1",
    "Jones and Mainwaring 2003",
    msg(
        "Nationalisation (Jones-Mainwaring): 1 − Gini of one's shares of valid votes over the n units, each counting the same; "
        "from 1/n, votes in one unit alone, to 1, the same share everywhere. It rises with n: compare over the same units "
        "(Jones and Mainwaring, Party Politics 9, 2003)."
    ),
    decimals=4,
)
PARTY_SCORE_WEIGHTED: Final = Index(
    term("nationalisation, units weighted (Bochsler)"),
    UNITS,
    "1 − weighted Gini",
    "0",
    "1",
    "Bochsler 2010",
    msg(
        "Nationalisation, units weighted (Bochsler): the same with each unit counting by its valid votes; from almost 0, all "
        "votes in one small unit, to 1; his score with weighted units, not the standardised one (Bochsler, Electoral Studies "
        "29, 2010)."
    ),
    decimals=4,
)
SYSTEM_SCORE: Final = Index(
    term("nationalisation of the party system (Jones-Mainwaring)"),
    UNITS,
    "Σ p (1 − Gini)",
    "1/n",
    "1",
    "Jones and Mainwaring 2003",
    msg(
        "Nationalisation of the party system (Jones-Mainwaring): the mean of the candidates' or parties' nationalisation, each "
        "counting by its share of all valid votes; from 1/n to 1 (Jones and Mainwaring 2003)."
    ),
    decimals=4,
)
