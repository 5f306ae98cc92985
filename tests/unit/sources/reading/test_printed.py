"""Printed percentages against the counts beside them, each with its own rounding."""

from __future__ import annotations

import pytest

from primaire.sources import load

HEADER = "Code de la commune;Inscrits;Abstentions;% Abs/Ins;Votants;% Vot/Ins;Blancs et nuls;% BlNuls/Vot;Exprimés;% Exp/Vot;Nom;Voix;% Voix/Ins;% Voix/Exp"
# 3 registered, 2 voters, of whom 2 valid: two thirds are 66.67, one third 33.33.
RIGHT = "01001;3;1;33,33;2;66,67;0;0,00;2;100,00;A;2;66,67;100,00"


def found(tmp_path, *rows: str, header: str = HEADER, **options) -> list[str]:
    (tmp_path / "a.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    (file,) = load(tmp_path / "a.csv", **options).provenance.files
    return [f"{one.code} {one.where}: {one.message}" for one in file.found]


def remarks(tmp_path) -> str:
    (file,) = load(tmp_path / "a.csv").provenance.files
    return " ".join(map(str, file.remarks))


def test_what_rounds_to_what_is_printed_is_right(tmp_path):
    assert found(tmp_path, RIGHT) == []
    assert "6 printed percentages are compared with the counts: 0 differ." in remarks(tmp_path)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("33,33;2", "33,34;2", "abstentions: 1 of 3 are 33.33%, but 33.34% is printed"),
        ("66,67;0;", "66,66;0;", "voters: 2 of 3 are 66.67%, but 66.66% is printed"),
        ("0;0,00;2", "0;0,01;2", "blank and null votes: 0 of 2 are 0.00%, but 0.01% is printed"),
        ("100,00;A", "99,99;A", "valid votes: 2 of 2 are 100.00%, but 99.99% is printed"),
        ("2;66,67;100,00", "2;66,68;100,00", "A: 2 of 3 are 66.67%, but 66.68% is printed"),
        ("66,67;100,00", "66,67;99,00", "A: 2 of 2 are 100.00%, but 99.00% is printed"),
    ],
)
def test_what_does_not_is_found_with_its_line_and_place(tmp_path, right, wrong, said):
    assert RIGHT.count(right) == 1
    assert found(tmp_path, RIGHT.replace(right, wrong)) == [f"PRI132 line 2, 01001: {said}"]


SHORT = "Code de la commune;Exprimés;Nom;Voix;% Voix/Exp"


@pytest.mark.parametrize(
    ("votes", "valid", "printed"),
    # 1/8 is 12.5 exactly: either neighbour is a rounding of it; 357/1000 is 35.7.
    [
        (1, 8, "12"),
        (1, 8, "13"),
        (1, 8, "12,5"),
        (357, 1000, "35,70"),
        (357, 1000, "35.7 %"),
        (0, 9, "0"),
        (1, 3, "33,333"),
    ],
)
def test_every_rounding_is_one(tmp_path, votes, valid, printed):
    rows = [f"01001;{valid};A;{votes};{printed}", f"01001;{valid};B;{valid - votes};"]
    assert found(tmp_path, *rows, header=SHORT) == []


def test_a_spreadsheet_drops_zeros_at_the_end(tmp_path):
    """35.7 stands for 35.70 beside 64.30: so 35.74, which 35.7 alone would round, is wrong."""
    rows = ["01001;10000;A;3574;35,7", "01001;10000;B;6426;64,26"]
    assert len(found(tmp_path, *rows, header=SHORT)) == 1


def test_a_spreadsheet_keeps_percentages_as_parts_of_one(tmp_path):
    rows = ["01001;1000;A;357;0,357", "01001;1000;B;643;0,643"]
    assert found(tmp_path, *rows, header=SHORT) == []
    assert len(found(tmp_path, rows[0].replace("0,357", "0,358"), rows[1], header=SHORT)) == 1


@pytest.mark.parametrize("printed", ["", "-", "n.d.", "NC"])
def test_what_is_no_percentage_is_not_compared(tmp_path, printed):
    assert found(tmp_path, f"01001;10;A;10;{printed}", header=SHORT) == []
    assert "compared" not in remarks(tmp_path)


def test_nothing_is_a_percentage_of_nobody(tmp_path):
    assert found(tmp_path, "01001;0;A;0;0,00", header=SHORT) == []


def test_of_very_many_twenty_are_shown_and_all_counted(tmp_path):
    rows = [f"{1001 + at:05};10;A;10;90,00" for at in range(50)]
    told = found(tmp_path, *rows, header=SHORT)
    assert len(told) == 21
    assert told[-1].endswith("… and 30 more printed percentages, of 30 units")
    assert "50 printed percentages are compared with the counts: 50 differ." in remarks(tmp_path)


# 622 registered were 500 by mistake: 400 voters of 622 are 64.31 %, 222 abstentions 35.69 %, 250 votes 40.19 %, 150 24.12 %.
WRONG_BASE = (
    "01001;500;222;35,69;400;64,31;0;0,00;400;100,00;A;250;40,19;62,50",
    "01001;500;222;35,69;400;64,31;0;0,00;400;100,00;B;150;24,12;37,50",
)


def test_percentages_of_one_wrong_base_are_one_finding_of_the_unit(tmp_path):
    """Of 35.69 %: 621.97 to 622.12; only 622 is whole."""
    told = [one for one in found(tmp_path, *WRONG_BASE) if one.startswith("PRI132")]
    assert told == ["PRI132 line 2, 01001: 4 printed percentages fit 622, not the 500 registered voters"]


def test_percentages_that_fit_no_base_together_are_one_finding_too(tmp_path):
    """One third is 33.33, two thirds are 66.67: two digits are wrong, in columns of two bases."""
    wrong = RIGHT.replace("33,33;2", "33,34;2").replace("66,67;100,00", "66,67;99,00")
    assert found(tmp_path, wrong) == [
        "PRI132 line 2, 01001: abstentions: 1 of 3 are 33.33%, but 33.34% is printed; A: 2 of 2 are 100.00%, but 99.00% is printed"
    ]


def test_a_percentage_kept_as_a_part_of_one_is_shown_as_a_percentage(tmp_path):
    rows = ["01001;1000;A;357;0,358", "01001;1000;B;643;0,643"]
    (told,) = found(tmp_path, *rows, header=SHORT)
    assert told.endswith("A: 357 of 1,000 are 35.70%, but 35.8% is printed")


def test_all_of_a_column_have_the_decimals_of_the_longest(tmp_path):
    # 446 of 1,250 are 35.68. As 35.7 is 35.70 here, they are of no total: 1,249 makes 35.709, and 1,250 35.680.
    rows = ("01001;1250;A;446;35,7", "01002;10000;A;6432;64,32")
    assert found(tmp_path, *rows, header=SHORT) == [
        "PRI132 line 2, 01001: A: 446 of 1,250 are 35.68%, but 35.70% is printed"
    ]
    (file,) = load(tmp_path / "a.csv").provenance.files
    assert [one.hint for one in file.found] == [None]
