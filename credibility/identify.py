"""The main language of a text."""


def identify_language(text: str) -> tuple[str | None, float]:
    """Interim."""
    from credibility.normalise import fold_text
    from credibility.pack import languages, profile

    words = fold_text(text[:20000]).replace("'", " ").split()
    best: tuple[float, str | None] = (0.0, None)
    for code in languages():
        known = profile(code).function_words
        share = sum(word in known for word in words) / max(1, len(words))
        best = max(best, (share, code), key=lambda pair: pair[0])
    return (best[1], min(1.0, best[0] * 3)) if best[0] > 0.08 and len(words) > 5 else (None, 0.0)
