"""Which blocks are the article and which are boilerplate. Interim."""

from credibility.document import BlockRole
from credibility.segment import Article


def block_roles(article: Article) -> tuple[BlockRole, ...]:
    """Interim."""
    return tuple(BlockRole(block.span, "main", "paragraph", 0.0) for block in article.blocks)
