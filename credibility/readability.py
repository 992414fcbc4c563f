"""How hard a text is to read, for the languages in which the figure means something. Interim."""

from credibility.segment import Article


def readability(article: Article) -> float | None:
    """Interim."""
    return None
