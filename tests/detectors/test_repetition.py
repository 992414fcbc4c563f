"""What stands again is found at both its places, once, in linear time; what every page repeats is not."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.detectors.repetition import DETECTOR
from credibility.document import Block, Document, Finding, Severity, Span
from credibility.segment import Article

LEDE = (
    "Les chalutiers ont repris la mer lundi matin, sous les applaudissements de familles massées le long du quai. "
    "Les premières caisses ont été vendues à la criée avant midi, selon la direction du port, qui se dit soulagée."
)
SENTENCE = "Les habitants avaient demandé une digue plus haute dès l'hiver dernier."


def found(text: str, blocks: tuple[Block, ...] = ()) -> list[Finding]:
    """The findings in a French text, in order."""
    article = Article(Document(id="test", text=text, blocks=blocks), language="fr")
    return sorted(DETECTOR.detect(article), key=lambda finding: finding.order)


def test_evidence_is_the_first_place() -> None:
    """`of_start` and `of_end` cut the same words out of the text, whatever the quotation marks."""
    text = f'Un « vrai » pont relie les deux rives\n\nUn "vrai" pont relie les deux rives\n\n{LEDE}'
    (finding,) = found(text)
    assert finding.rule == "repetition.headline" and finding.quote == 'Un "vrai" pont relie les deux rives'
    first = Span(*(int(str(finding.evidence[key])) for key in ("of_start", "of_end")))
    assert text[first.start : first.end] == "Un « vrai » pont relie les deux rives"


def test_a_headline_above_a_repeated_teaser_is_told_apart() -> None:
    """Headline, cut teaser, headline, lede: the words agree from one headline on."""
    title = "Un pont neuf relie enfin les deux rives"
    rules = [finding.rule for finding in found(f"{title}\n\n{LEDE[:150]} […]\n\n{title}\n\n{LEDE}")]
    assert rules == ["repetition.headline", "repetition.teaser"]


def test_a_quotation_pulled_out_of_its_paragraph_is_a_note() -> None:
    """Good papers print a sentence large beside the text it stands in."""
    text = f"{LEDE} {SENTENCE} La mairie se tait.\n{SENTENCE}\nLe chantier commence bientôt, dit-on."
    assert [(f.rule, f.severity) for f in found(text)] == [("repetition.sentence", Severity.NOTE)]


@pytest.mark.parametrize(
    "text",
    [
        "- Publicité -\nDoit lire\n- Publicité -\nDoit lire\n- Publicité -",
        "\n".join(["Au bord du quai les mouettes crient encore", "Le jour se lève", "Les bateaux dorment"] * 4),
        f"Le pont est ouvert\n{LEDE}\nLe pont est ouvert",
        "Un pont neuf relie enfin les deux rives\n" + LEDE + "\nÀ lire aussi\n" * 12 + "Un pont neuf relie enfin les deux rives",
        "Ligue 1 : Brest 3 Lens 1, Nantes 2 Metz 2, Lille 0 Nice 4.\n" * 2,
    ],
    ids=["marks", "refrain", "three-words", "related-links", "results"],
)
def test_habits_of_pages_and_genres(text: str) -> None:
    """What every page repeats is no finding."""
    assert found(text) == []


def test_menus_and_lists_of_links_are_left_out() -> None:
    """In HTML a block of the navigation, or mostly made of links, repeats nothing."""
    title = "Un pont neuf relie enfin les deux rives"
    text = f"{title}\n{title}\n{LEDE}"
    spans = [Span(0, len(title)), Span(len(title) + 1, 2 * len(title) + 1), Span(2 * len(title) + 2, len(text))]
    plain = tuple(Block(span, tag="p", path="body article") for span in spans)
    assert len(found(text, plain)) == 1
    for first in (Block(spans[0], tag="li", path="body nav ul"), Block(spans[0], tag="p", link_chars=len(title))):
        assert found(text, (first, *plain[1:])) == []


def test_one_sentence_article_is_not_applicable() -> None:
    """Nothing can stand twice."""
    assert DETECTOR.coverage(Article(Document(id="x", text="Un."), language="fr")) == {"repetition": "not-applicable"}


def test_every_repeat_is_one_finding_and_time_is_linear() -> None:
    """A line repeated through a megabyte is one long finding; alternating lines are not compared over and over."""
    text = (SENTENCE + "\n") * (300_000 // len(SENTENCE))
    assert len(found(text)) == 1
    lines = [
        f"La ligne numéro {'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]} du port est ouverte aux passagers dès lundi."
        for n in range(100)
    ]
    small, large = "\n".join(lines * 5), "\n".join(lines * 40)
    assert _seconds(large) < 24 * max(_seconds(small), 0.004)


def _seconds(text: str) -> float:
    article = Article(Document(id="test", text=text), language="fr")
    assert article.sentences and article.folded.text
    times = []
    for _ in range(3):
        started = time.process_time()
        assert len(list(DETECTOR.detect(article))) < 20
        times.append(time.process_time() - started)
    return min(times)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([SENTENCE, "Un pont neuf relie enfin les deux rives", LEDE, "« Oui »", "ab", "[…]", "\n", " "]), max_size=14),
    st.text(max_size=20),
)
def test_repeats_follow_what_they_repeat(parts: list[str], noise: str) -> None:
    """On any text the repeat lies after the start of its first place, and findings do not overlap."""
    end = 0
    for finding in found("".join(parts) + noise):
        assert int(str(finding.evidence["of_start"])) < finding.span.start
        assert finding.span.start >= end
        end = finding.span.end


@pytest.mark.parametrize(
    ("sentence", "told"),
    [("Les pêcheurs du quai nord attendent le bateau gris.", 1), ("Les pêcheurs du quai nord attendent leur bateau.", 0)],
)
def test_a_sentence_of_nine_words_is_long_enough(sentence: str, told: int) -> None:
    """One of eight may stand again by chance."""
    text = f"{sentence} Le vent souffle sur toute la côte.\n\nLa criée reste close, dit la mairie. {sentence} Personne ne sait pourquoi."
    assert len(found(text)) == told
