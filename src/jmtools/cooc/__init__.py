"""Co-occurrence of terms."""
