"""`jmtools help`."""

from __future__ import annotations

import click

from jmtools.cli.frame import help_page
from jmtools.cli.frame.help_topics import TOPICS, topic_text


@click.command()
@click.argument("topic", nargs=-1, metavar="[COMMAND|io|words]...")
@click.pass_context
def help(ctx: click.Context, topic: tuple[str, ...]) -> None:  # noqa: A001
    """Show the full help of a command, or of the options that many commands share.

    Reads no records. `jmtools COMMAND --help` shows a command on one screen; this shows everything. `io` explains the
    options for input, output, bad records and messages, and the exit codes; `words` those for segmentation and for
    what is counted, and the tags of parts of speech.

    \b
    Examples:
      jmtools help keywords
      jmtools help io
    """
    root = ctx.find_root()
    help_page.FULL[0] = True
    if len(topic) == 1 and topic[0] in TOPICS:
        click.echo(topic_text(topic[0], root))
        return
    command, context = root.command, root
    for word in topic:
        found = command.get_command(context, word) if isinstance(command, click.Group) else None
        if found is None:
            raise click.UsageError(f"{' '.join(topic)}: no such command or topic; jmtools help lists them")
        command, context = found, click.Context(found, info_name=word, parent=context)
    click.echo(command.get_help(context))
