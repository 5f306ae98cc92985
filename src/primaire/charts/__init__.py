"""The room where a Table becomes a picture. It loads no library until one is drawn."""

from primaire.charts.kinds import KINDS, Kind, draw
from primaire.charts.picture import Picture

__all__ = ["KINDS", "Kind", "Picture", "draw"]
