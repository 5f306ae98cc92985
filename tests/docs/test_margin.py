"""What docs/margin.md says of margins is all that there is."""

from __future__ import annotations

import re

from primaire.margins.found import MARGINS
from tools.environment import ROOT


def test_every_margin_is_described_and_no_other():
    page = (ROOT / "docs" / "margin.md").read_text(encoding="utf-8")
    table = page.partition("| margin |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| ([^|]+?) \|", table, re.MULTILINE)) == set(MARGINS)
