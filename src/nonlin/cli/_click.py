"""Click's classes, with words in both languages."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import click

from nonlin.base.language import LANGUAGES, Language, Text, default_language
from nonlin.report._wrap import width_of, wrapped

_WIDEST = 22
_USAGE = Text("Usage: ", "用法：")
_OPTIONS = Text("Options", "选项")
_HELP = Text("Show this message.", "显示这份说明。")


def speaks(ctx: click.Context | None) -> Language:
    """The language of this run's help and errors."""
    chosen = ctx.find_root().obj if ctx is not None else None
    return chosen if chosen in LANGUAGES else default_language()


def language_in(args: Sequence[str]) -> Language | None:
    """What `--lang` says among arguments that are not parsed yet, so that `--help --lang zh` speaks Chinese."""
    chosen: Language | None = None
    for word, following in itertools.pairwise([*args, ""]):
        if word == "--":
            break
        value = following if word == "--lang" else word.removeprefix("--lang=")
        chosen = next((language for language in LANGUAGES if language == value), chosen)
    return chosen


def write_table(formatter: click.HelpFormatter, title: str, rows: Iterable[tuple[str, str]]) -> None:
    """A titled list of names with their meanings beside them; below, where a name is long."""
    rows = [*rows]
    column = max((width_of(name) for name, _ in rows if width_of(name) <= _WIDEST), default=0) + 4
    formatter.write(f"\n{title}:\n")
    for name, meaning in rows:
        lines = wrapped(meaning, formatter.width, first=" " * column)
        if width_of(name) <= _WIDEST:
            lines[0] = f"  {name}{lines[0][2 + width_of(name) :]}"
        else:
            lines.insert(0, f"  {name}")
        formatter.write("\n".join(lines) + "\n")


class Command(click.Command):
    """A command whose help is a text in both languages; empty lines part its paragraphs."""

    def __init__(self, name: str, *, help: Text, **settings: Any) -> None:  # noqa: A002 (click's own word)
        super().__init__(name, help=help.en, **settings)
        self.words = help

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_USAGE.to(speaks(ctx)))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The text, wrapped by columns: click counts signs, and a Chinese one takes two."""
        for paragraph in self.words.to(speaks(ctx)).split("\n\n"):
            indent = " " * (len(paragraph) - len(paragraph.lstrip()) + 2)
            lines = wrapped(paragraph.strip(), formatter.width, first=indent)
            formatter.write("\n" + "\n".join(lines) + "\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options; what the arguments are is said in the text."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        write_table(
            formatter, _OPTIONS.to(speaks(ctx)), filter(None, (p.get_help_record(ctx) for p in options))
        )

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP.to(speaks(ctx))
        return option


class Option(click.Option):
    """An option whose help is a text in both languages."""

    def __init__(self, names: Sequence[str], *, help: Text, **settings: Any) -> None:  # noqa: A002 (click's word)
        super().__init__(names, help=help.en, **settings)
        self.words = help

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = self.words.to(speaks(ctx))
        return super().get_help_record(ctx)


def chosen_language(given: Language | None) -> Language:
    """What the command's `--lang` says, or the group's; else the reader's language."""
    return given or click.get_current_context().find_root().meta.get("nonlin.language") or default_language()


def lang_option() -> Option:
    """`--lang`, on the group and on every command that prints."""
    words = Text(
        "Language (default: from NONLIN_LANG or the locale).", "语言（默认取自 NONLIN_LANG 或系统区域设置）。"
    )
    return Option(["--lang"], type=click.Choice(LANGUAGES), help=words)


def format_option(choices: Sequence[str] = ("text", "json")) -> Option:
    """`--format`, on every command whose answer a program may read."""
    words = Text("Form of the answer (default: text).", "输出的格式（默认 text）。")
    return Option(["--format", "form"], type=click.Choice(choices), default="text", help=words)


def says(error: click.ClickException, language: Language) -> str:
    """One line that says what is wrong with the command line; the common cases in both languages."""
    if language == "zh":
        match error:
            case click.NoSuchOption():
                near = "、".join(error.possibilities or ())
                return f"没有选项 {error.option_name}" + (f"；是不是 {near}？" if near else "")
            case click.MissingParameter():
                name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
                return f"缺少参数 {name}".strip()
            case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices), opts=names)):
                return f"{'/'.join(names)} 的值不对；可以是 {'、'.join(map(str, choices))}"
    return " ".join(error.format_message().split())
