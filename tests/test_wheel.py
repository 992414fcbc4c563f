"""The wheel carries the rule packs: installed into an empty environment, it checks a clipping."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    """Standard output of a command that must succeed. What PYTHONPATH names is not seen: a checkout there would be tried instead."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([str(word) for word in command], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_checks_a_clipping(tmp_path: Path) -> None:
    """Nothing of the checkout is needed: the command runs in another folder and finds its rules inside the package."""
    run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, ".", cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "credibility/_rules/fr/language.toml" in names and "credibility/_rules/scoring.toml" in names
    assert "credibility/report.schema.json" in names
    assert not [name for name in names if name.startswith(("tests/", "fixtures/"))]
    venv.create(tmp_path / "empty", with_pip=True)
    python = tmp_path / "empty" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    clipping = tmp_path / "clipping.txt"
    clipping.write_text("Selon les chiffres disponibles, des centaines de pêcheurs ont quitté le port depuis mars.\n", encoding="utf-8")
    out = run(python, "-m", "credibility", "check", "--format", "jsonl", clipping.name, cwd=tmp_path)
    report = json.loads(out)
    assert report["language"] == "fr"
    assert "vague-source" in {finding["flag"] for finding in report["findings"]}
    page = run(python, "-m", "credibility", "check", "--format", "html", clipping.name, cwd=tmp_path)
    assert "<style" in page and "Selon les chiffres disponibles" in page
    assert "_rules" in run(python, "-c", "from credibility.pack import pack_root; print(pack_root())", cwd=tmp_path)
