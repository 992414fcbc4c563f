"""Quantitative claims and who stands behind them. Interim."""

from credibility.document import Statistic
from credibility.segment import Article


def statistics(article: Article) -> tuple[Statistic, ...]:
    """Interim."""
    return ()
