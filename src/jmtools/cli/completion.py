"""`jmtools completion`."""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes commands, options and their values in a shell.

    Reads nothing; writes a script for bash (4.4 or newer), zsh or fish, to be read by the shell when it starts.

    \b
    Examples:
      jmtools completion bash > jmtools.bash   # then in ~/.bashrc: source …/jmtools.bash
      jmtools completion zsh > _jmtools        # into a folder of $fpath
      jmtools completion fish > jmtools.fish   # into ~/.config/fish/completions
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"click knows no completion for {shell}")
    script = found(click.get_current_context().find_root().command, {}, "jmtools", "_JMTOOLS_COMPLETE")
    # Without click's own look at the version of the bash on this machine: the script may be for another one.
    click.echo(script.source_template % script.source_vars())
