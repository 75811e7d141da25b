"""`jmtools help`."""

from __future__ import annotations

import click

from jmtools.cli.frame import help_page
from jmtools.cli.frame.settings import all_commands


@click.command()
@click.argument("topic", nargs=-1, metavar="[COMMAND|io|words]...")
@click.pass_context
def help(ctx: click.Context, topic: tuple[str, ...]) -> None:  # noqa: A001
    """Show everything about a command, or about the options that many commands have.

    Reads no records. `jmtools COMMAND --help` shows a command on one screen; this shows all of it. `io` tells of input,
    output, bad records and what is said on stderr; `words` of segmentation and what is counted.

    \b
    Examples:
      jmtools help keywords
      jmtools help io
    """
    root = ctx.find_root()
    commands = all_commands(ctx)
    help_page.FULL[0] = True
    names = {"io": ("keywords", help_page.IO), "words": ("freq", help_page.WORDS)}
    if topic in (("io",), ("words",)):
        name, options = names[topic[0]]
        command = commands[name]
        click.echo(help_page.write_topic(command, click.Context(command, info_name=name, parent=root), options))
        return
    command, context = root.command, root
    for word in topic:
        found = command.get_command(context, word) if isinstance(command, click.Group) else None
        if found is None:
            raise click.UsageError(f"{' '.join(topic)}: no such command or topic; jmtools help lists them")
        command, context = found, click.Context(found, info_name=word, parent=context)
    click.echo(command.get_help(context))
