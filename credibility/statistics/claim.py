"""What a claim is, and which claims are quotes of a market because they stand beside one."""

from bisect import bisect_right
from typing import NamedTuple

from credibility.document import Span
from credibility.segment import Article
from credibility.statistics.quantity import Quantity


class Claim(NamedTuple):
    """A statistic: its words, kind (count, money, share, rate, rank, change, vague), topic (market, outcome or '') and the quantity."""

    span: Span
    kind: str
    topic: str
    quantity: Quantity


def with_quotes(article: Article, found: list[Claim]) -> list[Claim]:
    """The claims of an article, in which what a market quote stands beside in its sentence is one too: «to $48.61, from $48.45»."""
    if not any(claim.topic == "market" for claim in found):
        return found
    starts = [sentence.start for sentence in article.folded_sentences]
    rows = [bisect_right(starts, claim.quantity.start) for claim in found]
    for step, order in ((1, range(1, len(found))), (-1, range(len(found) - 2, -1, -1))):
        for n in order:
            if found[n - step].topic == "market" and rows[n - step] == rows[n] and not found[n].topic and _is_quoted(found[n]):
                found[n] = found[n]._replace(topic="market")
    return found


def _is_quoted(claim: Claim) -> bool:
    """Whether a claim is of a kind that exchanges quote."""
    return claim.kind == "money" or claim.quantity.unit in ("%", "points")
