"""Keywords: the words and terms that an editor would choose, found without training, models or other documents."""

from jmtools.keywords.extract import KeywordExtractor, keywords
from jmtools.keywords.options import KeywordOptions

__all__ = ["KeywordExtractor", "KeywordOptions", "keywords"]
