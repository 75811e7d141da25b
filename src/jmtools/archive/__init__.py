"""An archive: records in one SQLite file, with an index of their words, read wherever records are read."""
