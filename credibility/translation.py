"""How likely the text was machine translated. Interim."""

from credibility.segment import Article


def probability(article: Article) -> float | None:
    """Interim."""
    return None
