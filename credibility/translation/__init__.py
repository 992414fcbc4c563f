"""What shows that a text was machine translated: declarations, artefacts, and a probability."""
