"""What decides whether a run fails: accepted and known findings, a git revision, and limits on what is left open."""
