"""Figures that contradict each other. They are shown as published; a finding says so, and accuses nobody."""
