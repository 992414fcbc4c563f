"""A new rule written into a pack: `credibility rules new`. What stands in the file already stays as it is, to the last byte."""

import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tomli

from credibility.document import Span
from credibility.errors import PackError, UsageError
from credibility.normalise import fold, fold_text
from credibility.rules import Rule, check_quote, read_rule, read_rules

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_WIDE = 120


DEFAULT_FLAG = "house-style"
DEFAULT_MESSAGE = "Not our house style: {quote}"


def check_language(code: str) -> str:
    """The code of a language, small and without spaces around it. Raises UsageError for what is none."""
    if not _LANGUAGE.fullmatch(code := code.strip().lower()):
        raise UsageError(f"{code!r} is no code of a language; it has two or three small letters, like fr, ar or en")
    return code


def check_name(word: str) -> str:
    """The name of a flag or rule, without spaces around it. Raises UsageError for what could be no file or id."""
    if not _NAME.fullmatch(word := word.strip()) or word in ("language", "cues"):
        raise UsageError(f"{word!r} cannot be a name; a name is small letters a to z, digits and hyphens, like house-style")
    return word


def check_text(text: str) -> str:
    """The text. Raises UsageError where there is no word in it, or it did not come as UTF-8."""
    if not re.search(r"\w", text):
        raise UsageError(f"{text!r} has no word in it; give a text")
    if re.search("[\ud800-\udfff]", text):
        raise UsageError("the text is not UTF-8; set the terminal to UTF-8 and type it again")
    return text


def check_message(message: str) -> str:
    """The message of a rule. Raises UsageError for one without a word, PackError for one whose braces hold something else than {quote}."""
    check_quote(message)
    return check_text(message)


@dataclass(frozen=True, slots=True)
class Draft:
    """A phrase rule as its author gives it. Bad sentences without [[ ]] get them around the phrases that stand in them."""

    language: str
    flag: str
    name: str
    severity: str
    message: str
    why: str
    phrases: tuple[str, ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    unless: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raises UsageError for a name that would make no file or id, and for a text without a word in it."""
        if (self.language, self.flag, self.name) != (check_language(self.language), check_name(self.flag), check_name(self.name)):
            raise UsageError("language, flag and name have small letters and no spaces around them")
        if not (self.phrases and self.bad and self.good):
            raise UsageError("a rule needs a phrase, a bad sentence and a good one; give --phrase, --bad and --good")
        for text in (check_message(self.message), self.why, *self.phrases, *self.bad, *self.good, *self.unless):
            check_text(text)

    def path(self, folder: Path) -> Path:
        """The file of the rule in a pack."""
        return folder / self.language / f"{self.flag}.toml"

    def toml(self) -> str:
        """The rule as a `[[rule]]` table."""
        lines = [
            "[[rule]]",
            f"id = {_quoted(self.name)}",
            f"severity = {_quoted(self.severity)}",
            f"message = {_quoted(self.message)}",
            f"why = {_quoted(self.why)}",
            f"phrases = {_listed(self.phrases)}",
        ]
        if self.unless:
            lines.append(f"unless = {_listed(self.unless)}")
        lines += [f"bad = {_listed(self._with_marks(text) for text in self.bad)}", f"good = {_listed(self.good)}"]
        return "\n".join(lines) + "\n"

    def _with_marks(self, sentence: str) -> str:
        """The sentence with [[ ]] around the words to flag. Raises UsageError where no phrase stands in it."""
        if "[[" in sentence:
            return sentence
        spans = list(_places(self.phrases, sentence))
        if not spans:
            raise UsageError(f"--bad {sentence!r}: none of the phrases stands in it; write the sentence with the phrase in it")
        marked, at = "", 0
        for start, end in spans:
            marked += f"{sentence[at:start]}[[{sentence[start:end]}]]"
            at = end
        return marked + sentence[at:]


def _places(phrases: tuple[str, ...], sentence: str) -> Iterator[Span]:
    """Where the phrases stand in the sentence as whole words, case and quotation marks aside; the longest at each place."""
    view = fold(sentence)
    wanted = "|".join(re.escape(fold_text(phrase).strip()) for phrase in sorted(phrases, key=len, reverse=True))
    for hit in re.finditer(rf"(?<![^\W_])(?:{wanted})(?![^\W_])", view.text):
        yield view.source(*hit.span())


def _quoted(text: str) -> str:
    """A TOML string, in single quotes where that spares backslashes; else with JSON's escapes, and DEL escaped too.

    >>> print(_quoted('say "after"'), _quoted("l'heure"))
    'say "after"' "l'heure"
    """
    if re.fullmatch(r"""[^'\x00-\x1f\x7f]*["\\][^'\x00-\x1f\x7f]*""", text):
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _listed(texts: Iterator[str] | tuple[str, ...]) -> str:
    """A TOML array, on one line if it fits."""
    quoted = [_quoted(text) for text in texts]
    line = f"[{', '.join(quoted)}]"
    return line if len(line) <= _WIDE else "[\n" + "".join(f"  {text},\n" for text in quoted) + "]"


def add(draft: Draft, folder: Path) -> Rule:
    """Appends the rule to its file in the pack, which is made if there is none, and gives it as it was read back.

    Raises PackError, before anything is written, where the file is not valid, has a rule of this id, or the draft makes none.
    """
    path = draft.path(folder)
    before = _text_of(path)
    known = list(read_rules(path)) if before else []
    for rule in known:
        if rule.id == f"{draft.flag}.{draft.name}":
            raise PackError(f"{rule.place}: this rule is there already; change it there, or choose another name")
    table = draft.toml()
    read_rule(path, len(known) + 1, tomli.loads(table)["rule"][0])
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    _replace(path, before + (gap + table).replace("\n", "\r\n" if "\r\n" in before else "\n"))
    return list(read_rules(path))[-1]


def _text_of(path: Path) -> str:
    """What the file holds, line ends as they are; '' if there is none."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: cannot be read as UTF-8 text: {error}") from error


def _replace(path: Path, text: str) -> None:
    """The file, or the one it links to, with this text, at once: a crash leaves the old text or the new one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        target = path.resolve()
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as out:
            out.write(text.encode("utf-8"))
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        Path(name).replace(target)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; look who may write there") from error
