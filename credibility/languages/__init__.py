"""The main language of a text, and the passages that are in another."""
