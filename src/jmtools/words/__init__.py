"""From text to words: segmentation, dictionaries, parts of speech, stop words."""
