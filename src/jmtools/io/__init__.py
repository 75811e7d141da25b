"""Bytes and lines in and out: records, files, encodings, outputs and temporary storage."""
