"""Figures on labelled articles, in the formats of docs/evaluation.md."""
