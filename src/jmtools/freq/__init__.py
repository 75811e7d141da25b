"""Term frequencies."""
