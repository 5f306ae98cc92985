"""Outlines of places: read from GeoJSON or TopoJSON, joined to units by their codes, and drawn as polygons of pixels.

``shapely`` and ``pyproj`` come with the extra ``charts`` and are imported in functions of this room only.
"""
