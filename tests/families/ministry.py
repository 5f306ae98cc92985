"""What tests of the ministry's text files share: the headers of candidates, and the names of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.families.made_up import Unit

PERSON: Final = "N°Panneau;Sexe;Nom;Prénom;Voix;% Voix/Ins;% Voix/Exp"
NUANCED: Final = "N°Panneau;Sexe;Nom;Prénom;Nuance;Voix;% Voix/Ins;% Voix/Exp"
PRESIDENT: Final = "Présidentielle 2017"
RAW: Final = "PR17_BVot_T1_FE.txt"


def constituency(unit: Unit) -> str:
    return f"{unit.departement}-{int(unit.constituency)}"


def canton(unit: Unit) -> str:
    return f"{unit.departement}-{int(unit.canton)}"
