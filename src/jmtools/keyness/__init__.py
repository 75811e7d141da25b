"""Keyness: what a target says more, or less, often than a reference."""
