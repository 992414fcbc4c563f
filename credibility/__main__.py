"""`python -m credibility` is the command `credibility`."""

from credibility.cli import main

main(prog_name="credibility")
