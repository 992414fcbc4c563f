"""Fits and measures the models of `rules/models`; one module a model, each with `train`."""
