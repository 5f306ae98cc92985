"""What docs/outcome.md says of outcomes is all that there is."""

from __future__ import annotations

import re

from primaire.outcomes.judged import FATES
from tools.environment import ROOT


def test_every_outcome_is_described_and_no_other():
    page = (ROOT / "docs" / "outcome.md").read_text(encoding="utf-8")
    table = page.partition("## What becomes of a candidate")[2].partition("\n\n`by votes`")[0]
    assert set(re.findall(r"^\| ([^|]+?) \|", table, re.MULTILINE)) - {"outcome"} == set(FATES)
