"""Keywords: the words and terms that an editor would choose, found without any training of the user's own."""

from jmtools.keywords.extract import KeywordExtractor, keywords
from jmtools.keywords.options import KeywordOptions

__all__ = ["KeywordExtractor", "KeywordOptions", "keywords"]
