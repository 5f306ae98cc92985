"""What docs/transfers.md says of its example, whose true table docs/examples/README.md gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import primaire

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def truth():
    """The shares of docs/examples/README.md, by option before and after."""
    text = (ROOT / "docs/examples/README.md").read_text(encoding="utf-8")
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")
    ]
    names = lines[0][2:]
    return {
        (line[0], after): float(share)
        for line in lines[2:]
        for after, share in zip(names, line[2:], strict=True)
        if re.fullmatch(r"[\d.]+", share)
    }


@pytest.fixture(scope="module")
def answer():
    return primaire.transfers(primaire.load(ROOT / "docs/examples/municipales_2032_bureaux.csv")).frame


def error(frame, truth):
    """Return the percentage of electors in the wrong cell."""
    cells = {(str(row.before), str(row.after)): row for row in frame.itertuples()}
    total = sum({str(row.before): row.before_votes for row in frame.itertuples()}.values())
    return (
        50
        * sum(abs(cells[cell].share - share) / 100 * cells[cell].before_votes for cell, share in truth.items())
        / total
    )


def test_most_intervals_hold_the_truth(truth, answer):
    assert len(truth) == 7 * 5
    held = 0
    for row in answer.itertuples():
        share = truth.get((str(row.before), str(row.after)))
        held += share is not None and row.lower - 0.05 <= share <= row.upper + 0.05
    assert held >= 28
    assert error(answer, truth) < 8  # where a mixture that is the same for all has 52


def test_the_page_tells_the_same_truth(truth):
    page = (ROOT / "docs/transfers.md").read_text(encoding="utf-8")
    shares = [truth["Inès ROUX", after] for after in ("Agnès NOËL", "Yvon LE GALL", "abstention")]
    void = truth["Inès ROUX", "blank"] + truth["Inès ROUX", "null"]
    told = "of 100 electors of Inès ROUX, {:.0f} went to Agnès NOËL, {:.0f} to Yvon LE GALL, {:.0f} stayed away and {:.0f} voted blank or null"
    assert told.format(*shares, void) in page.replace("\n", " ")
