"""One width, script and way of writing."""
