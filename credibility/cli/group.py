"""A group of commands whose mistakes end with status 2 and one line."""

import os
import sys
from contextlib import suppress
from typing import Any

import click

from credibility.errors import CredibilityError, nearest
from credibility.visible import one_line


class Group(click.Group):
    """A group whose mistakes end with status 2 and one line, and that knows the nearest command."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(f"there is no command {args[0]!r}; {nearest(args[0], self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CredibilityError as error:
            click.echo(f"credibility: {one_line(str(error))}", err=True)
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("credibility: interrupted", err=True)
            ctx.exit(130)  # 128 + SIGINT, as shells have it
        except BrokenPipeError:  # whoever read the output has enough, as `head` has
            _drop_output()
            ctx.exit(141)  # 128 + SIGPIPE; 1 would say that a limit did not hold
        except OSError as error:  # clippings that cannot be read have reports; this is an output, on a full disk for example
            _drop_output()
            where = error.filename or "the output"
            click.echo(f"credibility: {one_line(str(where))}: cannot be written: {error.strerror or error}; write it elsewhere", err=True)
            ctx.exit(2)


def _drop_output() -> None:
    """Send what is left of standard output nowhere: at its end Python would try to write it once more, and fail."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
