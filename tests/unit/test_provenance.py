"""Where figures come from, brought together."""

from __future__ import annotations

from primaire.messages import msg
from primaire.provenance import Provenance, SourceFile


def test_two_parts_of_one_data_set_come_from_one_file():
    here, there = (SourceFile(name, name * 64, 10, "reader") for name in ("a", "b"))
    part = Provenance((here,)).then(msg("Read."))
    both = part + part.then(msg("Corrected.")) + Provenance((there,))
    assert both.files == (here, there)
    assert [str(step) for step in both.steps] == ["Read.", "Corrected."]
