"""Secrets asked for: hidden at a terminal, the next line of standard input from a program; never an argument."""

import os
import sys

import click

from generator.errors import PassphraseWrong


def new_passphrase() -> str:
    """A new passphrase; a person types it twice. Raises PassphraseWrong where the two differ."""
    first = ask("New passphrase (12 characters or more)")
    if sys.stdin.isatty() and ask("The same again") != first:
        raise PassphraseWrong("The two are not the same. Nothing was changed; try again.")
    return first


def ask(words: str, *, hide: bool = True) -> str:
    """One answer. Raises PassphraseWrong where standard input is at its end."""
    if sys.stdin.isatty():
        answer: str = click.prompt(words, hide_input=hide, err=True)
        return answer
    line = sys.stdin.readline()
    if not line:
        raise PassphraseWrong(f"{words}: it was asked for, and standard input was at its end.")
    return line.rstrip(os.linesep).rstrip("\n")
