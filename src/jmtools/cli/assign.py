"""`jmtools assign`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

import click

from jmtools.cli.frame.options import record_io, segment_options, types_option, where_option
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.cli.frame.side_outputs import SideNotes


@click.command()
@segment_options
@click.option(
    "--model", required=True, metavar="DIR", type=click.Path(), help="Folder that cluster --save-model wrote."
)
@types_option
@where_option
@record_io
def assign(io: RecordIO, segmenter: str, user_dicts: tuple[str, ...], allow_mixed: bool, model: str) -> None:
    """Assign records to known topics.

    Reads records with `text`, writes the same records with `topic`, `topic_label` and `topic_score`. A record that
    shares no word with the model gets topic -1. Memory: does not grow with the input.

    \b
    Examples:
      jmtools cluster --save-model may/ may.jsonl > /dev/null
      jmtools assign --model may/ june.jsonl | jmtools table --fields topic_label,topic_score,headline
    """
    from jmtools.topics.assign import TopicAssigner
    from jmtools.words.reader import SegmentOptions

    assigned: Counter[bool] = Counter()

    def messages() -> Iterator[str]:
        if assigned[False] and not assigned[True]:
            yield f"no record has a word of the topics in {model}: every topic is -1"
        elif assigned[False]:
            yield f"{assigned[False]} of {assigned.total()} records have no word of any topic: their topic is -1"

    feature = partial(TopicAssigner, model, SegmentOptions(segmenter, user_dicts, allow_mixed))
    io.run_filter(feature, side=SideNotes(messages, assigned.update), slow=True)
