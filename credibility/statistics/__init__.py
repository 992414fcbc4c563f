"""Figures in a text, attributions around them, and who stands behind which."""
