"""Every rule, wherever it comes from, does what its examples say; a rule file that is not valid says where and why."""

import re
from pathlib import Path

import pytest

from credibility.detector import Detector
from credibility.detectors import detectors
from credibility.detectors.phrases import compile_rules
from credibility.document import Severity, Span
from credibility.errors import PackError
from credibility.rules import Example, Rule, read_rules
from credibility.rules_test import failures
from credibility.score import scoring

ALL = [(rule, detector) for detector in detectors() for rule in detector.rules]

RULE = """
[[rule]]
id = "crowd"
severity = "warning"
message = "Nobody is named: {quote}"
why = "A crowd cannot be asked."
phrases = ["people say"]
bad = ["[[People say]] the bridge is closed."]
good = ["The mayor says the bridge is closed."]
"""


@pytest.mark.parametrize(("rule", "detector"), ALL, ids=[f"{rule.id}-{rule.language or 'any'}" for rule, _ in ALL])
def test_examples(rule: Rule, detector: Detector) -> None:
    """The detector finds the marked spans of bad examples and nothing in good ones; no pattern can be made to crawl."""
    assert list(failures(rule, detector)) == []


def test_ids_and_messages() -> None:
    """Ids are '<flag>.<name>', one a language and detector, with one severity everywhere; messages and reasons are sentences."""
    seen = set()
    severities: dict[str, Severity] = {}
    for rule, _detector in ALL:
        assert rule.id.count(".") == 1
        assert (rule.id, rule.language) not in seen
        seen.add((rule.id, rule.language))
        assert severities.setdefault(rule.id, rule.severity) == rule.severity
        assert rule.message.strip() and rule.why.strip().endswith(".")


def test_every_flag_has_a_weight_with_a_reason() -> None:
    """Scoring names what it takes points for, and why."""
    assert {rule.flag for rule, _ in ALL} - set(scoring().flags) == set()
    assert all(weight.reason for weight in scoring().flags.values())


def write(folder: Path, text: str) -> Path:
    """A rule file en/vague-source.toml with this text."""
    path = folder / "en" / "vague-source.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_a_rule_file_gives_its_rules(tmp_path: Path) -> None:
    """What stands in the table stands in the rule."""
    (rule,) = read_rules(write(tmp_path, RULE))
    assert (rule.id, rule.severity, rule.language) == ("vague-source.crowd", Severity.WARNING, "en")
    assert rule.bad == (Example("en", "[[People say]] the bridge is closed."),)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('phrases = ["people say"]', 'phrase = ["people say"]', 7, "rule 'crowd': unknown key 'phrase'; did you mean 'phrases'?"),
        ('bad = ["[[People say]] the bridge is closed."]', "", 2, "has no 'bad' example"),
        ('good = ["The mayor says the bridge is closed."]', "", 2, "has no 'good' example"),
        ('severity = "warning"', 'severity = "warn"', 4, "severity 'warn' does not exist; did you mean 'warning'?"),
        ('phrases = ["people say"]', "", 3, "neither 'phrases' nor 'patterns' are given"),
        ('phrases = ["people say"]', 'phrases = "people say"', 7, "phrases: "),
        ('phrases = ["people say"]', "phrases = [3]", 7, "str is expected, not 3"),
        ('phrases = ["people say"]', "phrases = [", 0, "(at line "),
        ('why = "A crowd cannot be asked."', "", 2, "'why' is missing"),
        ("[[rule]]", "[[rules]]", 2, "unknown table 'rules'"),
        ("[[rule]]", "rules = 1\n[[rule]]", 2, "unknown table 'rules'"),
        ("[[rule]]", RULE + "[[rule]]", 11, "the id stands twice"),
        ("[[People say]] the", "[[People say the", 8, "never closes it"),
        ("[[People say]] the", "People say the", 8, "put [[ ]] around the words to flag in the bad sentence"),
        ("The mayor says", "The [[mayor]] says", 9, "a good sentence has [[ ]]"),
        ("named: {quote}", "named: {qoute}", 5, "the message holds {qoute}"),
        ("named: {quote}", "named: {quote", 5, "a brace that does not pair"),
    ],
)
def test_a_mistake_names_file_line_rule_and_remedy(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    """The error is one line that names the file and, unless the TOML is broken and its parser tells the line itself, the line."""
    path = write(tmp_path, RULE.replace(old, new, 1))
    with pytest.raises(PackError) as error:
        list(read_rules(path))
    assert says in str(error.value) and (f"{path}:{line}" if line else str(path)) in str(error.value)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [("(a+)+b", "repeats a repeat"), ("(?:a|b+)*c", "repeats a repeat"), ("a(", "pattern 'a('"), ("a*", "matches nothing at all")],
)
def test_patterns_that_run_away_do_not_load(tmp_path: Path, pattern: str, says: str) -> None:
    """Checked when the pack is compiled, not when a clipping hangs."""
    path = write(tmp_path, RULE.replace('phrases = ["people say"]', f"patterns = ['{pattern}']"))
    with pytest.raises(PackError, match=r"vague-source\.toml") as error:
        compile_rules(tuple(read_rules(path)))
    assert says in str(error.value)


def test_examples_that_do_not_hold_are_told(tmp_path: Path) -> None:
    """A wrong span, an alarm on a good sentence, a cured miss and a crawling pattern are each a line."""
    from credibility.detectors.phrases import Phrases

    text = RULE.replace("[[People say]] the", "People [[say]] the").replace("The mayor says", "As people say,")
    text += 'known_misses = ["[[People say]] so."]\n'
    write(tmp_path, text + r"patterns = ['x[a-z ]{0,150}x[a-z ]{0,150}y']")
    detector = Phrases((tmp_path,))
    (rule,) = [rule for rule in detector.rules if rule.id == "vague-source.crowd"]
    told = list(failures(rule, detector))
    assert [(failure.expected, failure.found) for failure in told] == [
        ("People ⟦say⟧ the bridge is closed.", "⟦People say⟧ the bridge is closed."),
        ("As people say, the bridge is closed.", "As ⟦people say⟧, the bridge is closed."),
        ("", "⟦People say⟧ so."),
        ("", ""),
    ]
    assert all(failure.remedy for failure in told) and re.search(r" takes \d+ ms for [\d,]+ characters of ", told[3].what)
    assert next(told[0].lines()).startswith(f"{tmp_path / 'en' / 'vague-source.toml'}:2, rule 'crowd': a bad sentence is flagged elsewhere")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[[People say]] the bridge", "[[Folk say]] the bridge", "add 'Folk say' to 'phrases'"),
        ("[[People say]] the bridge", "Townspeople [[sayings]] and people sayings close the bridge", "inside a longer word"),
        (
            'phrases = ["people say"]',
            'phrases = ["people say"]\nunless = ["bridge"]',
            "the sentence holds 'bridge', which 'unless' excuses",
        ),
    ],
)
def test_a_miss_is_explained(tmp_path: Path, old: str, new: str, says: str) -> None:
    """What keeps the rule from its words is told, and so is that nothing is flagged."""
    from credibility.detectors.phrases import Phrases

    write(tmp_path, RULE.replace(old, new))
    detector = Phrases((tmp_path,))
    (rule,) = [rule for rule in detector.rules if rule.id == "vague-source.crowd"]
    (failure,) = failures(rule, detector)
    assert says in failure.remedy and failure.found.endswith("(nothing is flagged)")


def test_marks() -> None:
    """Spans count in the text without marks."""
    assert Example("fr", "[[a]]b[[c]]").unmarked() == ("abc", [Span(0, 1), Span(2, 3)])
    with pytest.raises(PackError, match="never closes"):
        Example("fr", "[[a").unmarked()
