"""Records → one self-contained page that people look at: HTML for a browser, Markdown for a terminal or a code host."""
