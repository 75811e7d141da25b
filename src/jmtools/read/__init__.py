"""Files of many kinds into pages of text, with the sizes of their print."""
