"""The page that tells which commands there are: generated, so that it is never out of date."""

import sys
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import typer
from typer.core import TyperGroup

import generator.commands.app  # noqa: F401  # where the commands are declared
from generator.commands.command_line import program
from generator.commands.session import Options

_INTRODUCTION = """\
# Commands and exit codes

This page is generated from the program
(`python -m generator.commands.commands_page > docs/commands.md`).

In a clone a command is `./letters build`, installed it is `letters build`. It works on the
workspace that the current folder is in, else on the clone's, and on the newest edition in it.

## Options of all commands

`init` has only `--quiet`, `--json` and `--no-color`.

"""
_EXIT_CODES = """\
## Exit codes

| code | means |
| --- | --- |
| 0 | all is well |
| 1 | something is wrong with data, a letter or a file; or, with `--strict`, a warning |
| 2 | used wrongly, nothing to work on, or not set up; nothing was done |
| 3 | `diff --exit-code`: letters differ |
| 130 | interrupted (Ctrl-C); what was finished is kept. The desk gives 0 |

"""
_TAKEN = {"int range": "N", "path": "PATH", "str": "TEXT"}
_TABLE = "| | |\n| --- | --- |\n"


def commands_page() -> str:
    """The page: what all commands take, exit codes, then each command."""
    group = typer.main.get_command(program)
    assert isinstance(group, TyperGroup)
    context = typer.Context(group, info_name="letters")
    shared = {field.name for field in fields(Options)}
    all_take = [each for each in group.commands["build"].params if each.name in shared]
    page = [_INTRODUCTION, _table(all_take, context), _EXIT_CODES]
    for name, command in group.commands.items():
        within = typer.Context(command, info_name=name, parent=context)
        usage = " ".join(command.collect_usage_pieces(within))
        page.append(f"## {name}\n\n{command.help}\n\n```\nletters {name} {usage}\n```\n\n")
        page.append(_table([each for each in command.params if each.name not in shared], within))
    return "".join(page).rstrip("\n") + "\n"


def _table(parameters: Sequence[Any], context: typer.Context) -> str:
    """What each is called, and what it does: nothing where there are none."""
    rows = [_row(*parameter.get_help_record(context)) for parameter in parameters]
    return f"{_TABLE}{''.join(rows)}\n" if rows else ""


def _row(called: str, does: str) -> str:
    """A row of a table; of an argument, its type says nothing more."""
    option, _, takes = called.partition(" <")
    if takes and called.startswith("-"):
        option += f" {_TAKEN.get(takes.rstrip('>')) or takes.rstrip('>').replace('|', ' or ')}"
    return f"| `{option}` | {does} |\n"


if __name__ == "__main__":
    sys.stdout.write(commands_page())
