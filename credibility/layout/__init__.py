"""Which blocks of a text are the article and which are leftovers of its page, and of what kind."""
