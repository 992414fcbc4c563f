"""A finding is found again by its words, and no other is taken for it."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.gates.anchors import AROUND, Anchor, Wanted, anchors, around, fit, plain, quotation
from credibility.report import Report
from tests.gates_world import RULES, finding, report_on, reports, texts


def wanted_of(report: Report) -> list[Wanted]:
    """What looks for each finding of a report."""
    return [Wanted(f.rule, anchor) for f, anchor in zip(report.findings, anchors(report.document.text, report.findings), strict=True)]


@settings(max_examples=300, deadline=None)
@given(reports(), st.data())
def test_an_anchor_finds_its_finding_and_no_other(report: Report, data: st.DataObject) -> None:
    """For any one finding of any text; and for all together, each its own, whatever their order."""
    wanted = wanted_of(report)
    one = data.draw(st.integers(0, len(wanted) - 1))
    assert fit([wanted[one]], report.document.text, report.findings) == {0: [one]}
    order = data.draw(st.permutations(range(len(wanted))))
    found = fit([wanted[n] for n in order], report.document.text, report.findings)
    assert found == {place: [n] for place, n in enumerate(order)}


@settings(max_examples=300, deadline=None)
@given(texts)
def test_what_a_file_holds_folds_to_itself(text: str) -> None:
    """A quotation written down and read again is the same one; so is what stands around it."""
    assert quotation(quotation(text)) == quotation(text)
    assert plain(plain(text)) == plain(text)
    middle = len(text) // 2
    before, after = around(text, finding(text, middle, middle).span)
    assert (plain(before)[-AROUND:].lstrip(), plain(after)[:AROUND].rstrip()) == (before, after)


@settings(max_examples=200, deadline=None)
@given(reports(), texts)
def test_edits_elsewhere_unhook_nothing(report: Report, written: str) -> None:
    """Whatever is written in place of all that stands before a finding, or after it, it is found by its other side."""
    text, one = report.document.text, report.findings[0]
    (anchor,) = anchors(text, [one])
    before, after = written + " | ", " | " + written
    for new, start in ((before + text[one.span.start :], len(before)), (text[: one.span.end] + after, one.span.start)):
        moved = finding(new, start, start + len(one.quote), one.rule)
        assert fit([Wanted(one.rule, anchor)], new, [moved]) == {0: [0]}


def test_two_equal_quotations_are_told_apart() -> None:
    """By what stands around them, also when a third one comes before both."""
    text = "Selon la police, 10 % des bateaux sont partis. Selon le port, 10 % des marins restent."
    first, second = (finding(text, at, at + 4) for at in (text.index("10 %"), text.rindex("10 %")))
    (_, anchor) = anchors(text, [first, second])
    assert anchor == Anchor("10 %", "eaux sont partis. selon le port,", "des marins restent.")
    new = "On parle de 10 % ici. " + text
    places = [at for at in range(len(new)) if new.startswith("10 %", at)]
    assert fit([Wanted(RULES[0], anchor)], new, [finding(new, at, at + 4) for at in places]) == {0: [2]}


def test_case_quotes_spaces_and_line_ends_may_change() -> None:
    """An editor who curls the quotes or wraps the lines changes no decision."""
    text = "Le port. « Selon les chiffres » dit-on, à l'ONU, des centaines sont partis."
    (anchor,) = anchors(text, [finding(text, 9, 31)])
    new = "LE PORT.\n“ Selon\nles  chiffres ” dit-on, à l’ONU,\ndes centaines sont partis."
    assert fit([Wanted(RULES[0], anchor)], new, [finding(new, 9, 32)]) == {0: [0]}


def test_a_short_quotation_in_another_place_is_another() -> None:
    """The same figure in a new sentence was not accepted; a long passage is known wherever it goes."""
    text = "Selon la police, 10 % des bateaux sont partis."
    anchor = anchors(text, [finding(text, 17, 21)])[0]
    other = "Le maire veut 10 % de plus pour le port."
    assert fit([Wanted(RULES[0], anchor)], other, [finding(other, 14, 18)]) == {}
    passage = "In addition to the delays that the fire caused, two lorries had been lost"
    long = anchors(f"Dit-il. {passage} là-bas.", [finding(f"Dit-il. {passage} là-bas.", 8, 8 + len(passage))])[0]
    moved = f"Hier, {passage.upper()}, on le sait."
    assert fit([Wanted(RULES[0], long)], moved, [finding(moved, 6, 6 + len(passage))]) == {0: [0]}


def test_what_stands_twice_is_not_put_elsewhere() -> None:
    """An entry that a merge doubled marks nothing else; a flag's name stands for all of its rules."""
    text = "Selon la police, 10 % des bateaux sont partis. Selon la police, 10 % des marins restent."
    first, second = (finding(text, at, at + 4) for at in (text.index("10 %"), text.rindex("10 %")))
    anchor = anchors(text, [first, second])[0]
    assert fit([Wanted(RULES[0], anchor)] * 2, text, [first, second]) == {0: [0], 1: [0]}
    assert fit([Wanted("vague-source", anchor), Wanted("encoding", anchor)], text, [first]) == {0: [0]}


def test_by_hand() -> None:
    """Without context every such quotation is meant, without a quotation every finding; one side alone, or a number, names one."""
    text = "10 % ici, 10 % là, 10 % ailleurs. Selon lui."
    findings = [finding(text, at, at + 4) for at in range(len(text)) if text.startswith("10 %", at)] + [finding(text, 34, 43, RULES[1])]

    def found(**anchor: object) -> list[int]:
        return fit([Wanted("vague-source", Anchor(**anchor))], text, findings).get(0, [])  # type: ignore[arg-type]

    assert found(quote="10 %") == [0, 1, 2] and found() == [0, 1, 2, 3] and found(quote="10") == []
    assert (
        found(quote="10 %", suffix="là, 10 % ailleurs. selon lui.")
        == [1]
        == found(quote="10 %", suffix="là")
        == found(quote="10 %", occurrence=2)
    )
    assert found(quote="10 %", prefix="") == [0]
    assert found(quote="10 %", occurrence=4) == []


def test_thousands_of_equal_quotations_take_no_square_of_time() -> None:
    """5,000 findings on the same word, 5,000 anchors of a text that was edited everywhere."""
    text = "mot " * 5000
    report = report_on(text, [finding(text, n, n + 3) for n in range(0, len(text), 4)])
    start = time.process_time()
    wanted = wanted_of(report)
    assert len(fit(wanted, text, report.findings)) == 5000
    edited = [Wanted(w.rule, w.anchor._replace(prefix=f"{n} avant", occurrence=None)) for n, w in enumerate(wanted)]
    fit(edited, text, report.findings)
    whole = report_on("x" * 200_000, [finding("x" * 200_000, n, 200_000) for n in range(2000)])
    assert len(fit(wanted_of(whole), whole.document.text, whole.findings)) == 2000
    assert time.process_time() - start < 10
