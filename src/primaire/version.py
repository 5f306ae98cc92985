"""The version, on the ground floor, where every room can read it."""

VERSION = "0.1.0"
