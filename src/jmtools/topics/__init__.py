"""Topics: articles grouped by content, with the same result in any order of the input."""

from jmtools.topics.assign import TopicAssigner
from jmtools.topics.cluster import CorpusTopics, cluster
from jmtools.topics.options import ClusterOptions
from jmtools.topics.words import WordScanner

__all__ = ["ClusterOptions", "CorpusTopics", "TopicAssigner", "WordScanner", "cluster"]
