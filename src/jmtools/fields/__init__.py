"""Naming, choosing and grouping the fields of records."""
