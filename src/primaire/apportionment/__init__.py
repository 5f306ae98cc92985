"""Seats shared out in proportion to votes, exactly: whole numbers and Fractions, and a tie is a tie.

>>> METHODS["dhondt"].allocate((100, 80, 30, 20), 8).seats
(4, 3, 1, 0)
>>> METHODS["hare"].allocate((100, 80, 30, 20), 8).seats
(3, 3, 1, 1)
>>> METHODS["imperiali"].allocate((50, 50), 2).seats  # a quota of 25 is held four times, one of 33.3 twice
(1, 1)
>>> METHODS["dhondt"].allocate((50, 50), 3).tie
Tie(claimants=(0, 1), seats=1, each=1)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from primaire.apportionment.allocation import Allocation, Method, Rival, Step, Tie
from primaire.apportionment.averages import Averages
from primaire.apportionment.remainders import Remainders
from primaire.messages import term

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["METHODS", "Allocation", "Method", "Rival", "Step", "Tie"]

METHODS: Final[Mapping[str, Method]] = {
    "dhondt": Averages(
        label=term("highest averages (D'Hondt)"),
        formula="1, 2, 3, ...",
        source="V. D'Hondt, Système pratique et raisonné de représentation proportionnelle (1882)",
        step=1,
        first=1,
        start=1,
    ),
    "sainte-lague": Averages(
        label=term("highest averages (Sainte-Laguë)"),
        formula="1, 3, 5, ...",
        source="A. Sainte-Laguë, “La représentation proportionnelle et la méthode des moindres carrés”, Annales scientifiques de l'École normale supérieure 27 (1910), 529-542",
        step=2,
        first=1,
        start=1,
    ),
    "modified-sainte-lague": Averages(
        label=term("highest averages (modified Sainte-Laguë)"),
        formula="1.4, 3, 5, ...",
        source="M. Gallagher, “Proportionality, disproportionality and electoral systems”, Electoral Studies 10 (1991), 33-51",
        step=10,
        first=7,
        start=5,
        scale=5,
    ),
    "danish": Averages(
        label=term("highest averages (Danish)"),
        formula="1, 4, 7, ...",
        source="M. Gallagher, “Proportionality, disproportionality and electoral systems”, Electoral Studies 10 (1991), 33-51",
        step=3,
        first=1,
        start=1,
    ),
    "imperiali-averages": Averages(
        label=term("highest averages (Imperiali)"),
        formula="1, 1.5, 2, ...",
        source="Belgium, electoral law of communes, 4 August 1932",
        step=1,
        first=2,
        start=2,
        scale=2,
    ),
    "hare": Remainders(
        label=term("largest remainders (Hare)"),
        formula="V / S",
        source="T. Hare, Treatise on the Election of Representatives (1859)",
        more=0,
    ),
    "droop": Remainders(
        label=term("largest remainders (Droop)"),
        formula="floor(V / (S + 1)) + 1",
        source="H. R. Droop, “On methods of electing representatives”, Journal of the Statistical Society of London 44 (1881), 141-202",
        more=1,
        whole=True,
    ),
    "hagenbach-bischoff": Remainders(
        label=term("largest remainders (Hagenbach-Bischoff)"),
        formula="V / (S + 1)",
        source="E. Hagenbach-Bischoff, Die Frage der Einführung einer Proportionalvertretung (1888)",
        more=1,
    ),
    "imperiali": Remainders(
        label=term("largest remainders (Imperiali)"),
        formula="V / (S + 2)",
        source="Italy, decree 361 of 30 March 1957 on the Chamber, as until 1993",
        more=2,
    ),
}
"""Every method by the name that people type."""
