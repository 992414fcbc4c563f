"""What was there at a git revision: `--diff REV`. The findings of a clipping as it was are known, the others are new.

Git says which files changed and gives their old bytes; those are read and checked like the new ones, and their findings are
looked for among the new by their words (`anchors`). So it works for pages and tables too, where the lines of the file are not
those of the text, and a paragraph that was touched does not make news of everything in it.
"""

import io
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from credibility.document import Document, Suppression
from credibility.errors import UsageError
from credibility.gates.anchors import Wanted, anchors, fit
from credibility.report import Report
from credibility.settings.resolver import Upwards, whole
from credibility.settings.table import shown_path

KIND = "revision"
# A repository's own settings may name programs that git runs; none of them has a say here.
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false", "-c", "diff.external=")
# Set inside of git's hooks, where they would send git to another work tree than the clipping's.
_ELSEWHERE = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})


@dataclass(frozen=True, slots=True)
class _Repository:
    """A work tree as it stands against a revision: the paths that changed with what they were called then, and all of then."""

    root: Path
    commit: str
    changed: dict[str, str | None]
    then: frozenset[str]


class Revision:
    """Marks what was there at a revision."""

    def __init__(self, name: str, read: Callable[[io.BytesIO, str], Iterator[Document]], check: Callable[[Document], Report]) -> None:
        """name: as git knows it. read: the documents of a file with this name. check: the report on one, as the run makes it."""
        self.name, self._read, self._check = name, read, check
        self._roots = Upwards(".git", there=Path.exists)
        self._repositories: dict[Path, _Repository] = {}
        self._old: tuple[str, dict[str, Document]] = ("", {})

    def mark(self, report: Report) -> Report:
        """The report with the findings marked that the clipping had at the revision. Raises UsageError outside of a repository."""
        document = report.document
        if document.error:
            return report
        if document.path is None or document.path == "-":
            raise UsageError(f"--diff {self.name}: standard input has no history; name files")
        then = self._then(document.path).get(document.id)
        if then is None:
            return report
        if then == document:
            known = set(range(len(report.findings)))
        else:
            before = self._check(then)
            wanted = [Wanted(f.rule, a) for f, a in zip(before.findings, anchors(then.text, before.findings), strict=True)]
            known = {number for numbers in fit(wanted, document.text, report.findings).values() for number in numbers}
        mark = Suppression(KIND, self.name)
        findings = (
            replace(finding, suppressed=mark) if number in known and not finding.suppressed else finding
            for number, finding in enumerate(report.findings)
        )
        return replace(report, findings=tuple(findings))

    def _then(self, path: str) -> dict[str, Document]:
        """The clippings of a file as they were, by id; of one file at a time."""
        if self._old[0] != path:
            self._old = (path, {document.id: document for document in self._read_old(path)})
        return self._old[1]

    def _read_old(self, path: str) -> Iterator[Document]:
        repository = self._repository(whole(path))
        now = whole(path).relative_to(repository.root).as_posix()
        then = repository.changed.get(now, now if now in repository.then else None)
        if then is not None:
            data = _git(repository.root, "cat-file", "blob", f"{repository.commit}:{then}")
            yield from (document for document in self._read(io.BytesIO(data), path) if not document.error)

    def _repository(self, path: Path) -> _Repository:
        mark = self._roots.from_folder(path.parent)
        if mark is None:
            raise UsageError(f"--diff {self.name}: {shown_path(path)} is in no git repository; check it without --diff")
        root = mark.parent
        if root not in self._repositories:
            self._repositories[root] = _look(root, self.name)
        return self._repositories[root]


def _look(root: Path, name: str) -> _Repository:
    """What changed in a repository. Raises UsageError for a revision that it does not know."""
    try:
        commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").decode().strip()
    except _GitError as error:
        if error.said:
            raise UsageError(f"--diff {name}: git: {error.said}") from error
        shallow = _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
        remedy = "this is a shallow clone: fetch it whole (git fetch --unshallow, or fetch-depth: 0)" if shallow else "check its name"
        raise UsageError(f"--diff {name}: there is no such revision in {root}; {remedy}") from error
    # git diff against a commit: changes that are staged or not are in it, files that git does not know are not.
    names = _git(root, "diff", "--no-ext-diff", "--no-textconv", "--no-relative", "--name-status", "-z", "-M", commit, "--")
    fields = iter(os.fsdecode(names).split("\0"))
    changed: dict[str, str | None] = {}
    for status in fields:
        if status[:1] in ("R", "C"):
            old = next(fields)
            changed[next(fields)] = old
        elif status:
            path = next(fields)
            changed[path] = None if status == "A" else path
    then = _git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
    return _Repository(root, commit, changed, frozenset(os.fsdecode(then).split("\0")))


class _GitError(UsageError):
    """Git ended with a mistake. said: its first line."""

    def __init__(self, said: str) -> None:
        super().__init__(f"--diff: git: {said or 'failed without a word'}")
        self.said = said


def _git(root: Path, *command: str) -> bytes:
    """What git prints in a repository. Raises UsageError where git is not installed, _GitError where it fails."""
    try:
        env = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
        done = subprocess.run(["git", *_SAFE, "-C", str(root), *command], capture_output=True, check=False, env=env)
    except FileNotFoundError as error:
        raise UsageError("--diff needs git, which is not installed or not on the PATH") from error
    if done.returncode:
        raise _GitError(done.stderr.decode("utf-8", "replace").strip().partition("\n")[0])
    return done.stdout
