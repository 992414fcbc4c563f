"""`credibility evaluate` and `credibility train`: figures on labelled articles, and the models that learn from them."""

from pathlib import Path

import click


@click.command()
@click.argument("task", type=click.Choice(["mixed", "statistics", "translation", "lines", "pages", "clippings", "all"]))
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), help="Measure on a seeded random sample of this many articles.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the sample and of the bootstrap.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes; by default one a core. The figures are the same.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the figures to this file: Markdown, or JSON if it ends in .json.",
)
def evaluate(task: str, data: Path, limit: int | None, seed: int, jobs: int | None, output: Path | None) -> None:
    """Measure the flags on labelled articles, with 95% intervals.

    DATA is the labelled file of the task; for 'all' a folder with one folder a task (docs/evaluation.md has the formats).
    """
    from credibility.evaluation.evaluate import run

    run(task, data, limit=limit, seed=seed, jobs=jobs, output=output, say=click.echo)


@click.command()
@click.argument("model", type=click.Choice(["continuation", "languages", "layout", "translation"]))
@click.argument("data", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[DATA]...")
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder for the model; by default the one in rules/models."
)
def train(model: str, data: tuple[Path, ...], output: Path | None) -> None:
    """Train one of the models that ship, and write its weights and card."""
    from importlib import import_module

    import_module(f"credibility.training.{model}").train(data, output=output, say=click.echo)
