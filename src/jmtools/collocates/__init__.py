"""Collocates of a word, and pairs of words that stand together."""
