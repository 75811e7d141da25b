"""Keywords: the words and terms that an editor would choose, found without training, models or other documents."""

from jmtools.keywords.extract import KeywordExtractor, KeywordOptions, keywords

__all__ = ["KeywordExtractor", "KeywordOptions", "keywords"]
