"""Small tables, and the two languages without a catalogue, so that sentences stay English."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest

from primaire.messages import msg
from primaire.render.language import Language
from primaire.table import Column, Table


@pytest.fixture
def english(tmp_path):
    return Language("en", catalogues=tmp_path)


@pytest.fixture
def french(tmp_path):
    return Language("fr", catalogues=tmp_path)


@pytest.fixture
def make() -> Callable[..., Table]:
    """Build a table from columns and their values: ``make((column, [values]), ..., notes=(...))``."""

    def build(*columns: tuple[Column, Sequence[object]], **more: Any) -> Table:
        frame = pd.DataFrame({column.name: pd.Series(list(values), dtype=object) for column, values in columns})
        more = {"name": "test", "title": msg("Test"), **more}
        return Table(frame=frame, columns=tuple(column for column, _ in columns), **more)

    return build
