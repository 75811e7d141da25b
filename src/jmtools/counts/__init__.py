"""Counting terms over records, merging counts, keeping them when they outgrow memory."""
