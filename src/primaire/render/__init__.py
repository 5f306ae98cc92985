"""The room where a Table becomes text or bytes: one registry of formats. It loads no library until a format is used."""

from primaire.render.registry import FORMATS, Format, find, format_for, render_as

__all__ = ["FORMATS", "Format", "find", "format_for", "render_as"]
