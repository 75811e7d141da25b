"""Each story once: which records print the same text, whole, edited or inside another."""
