"""The command line: `credibility check`, `rules`, `explain`, `evaluate`, `train`; one module a subject.

Only click is imported here; every command imports what it needs, so that `--help` is instant.
"""

import click

from credibility.cli.check import check
from credibility.cli.config import config
from credibility.cli.group import Group
from credibility.cli.models import evaluate, train
from credibility.cli.rules import explain, rules
from credibility.cli.shell import completion, schema
from credibility.cli.suppress import suppress


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="credibility-lint", prog_name="credibility")
def main() -> None:
    """Flags what a careful reader should not take on trust in a news clipping, on the exact words.

    It judges the quality and transparency of a text, never whether it is true.
    """


for command in (check, config, suppress, rules, explain, evaluate, train, schema, completion):
    main.add_command(command)
