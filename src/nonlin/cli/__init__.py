"""Layer 7: the command line; one file a command, imported when it is called."""

from __future__ import annotations

import difflib
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from nonlin import __version__
from nonlin.base import folder
from nonlin.base.errors import NonlinError, unknown
from nonlin.base.language import Language, Text, default_language
from nonlin.cli._click import Command, Option, lang_option, language_in, says, speaks, write_table

_HELP = Text(
    "Activation functions for PyTorch: find the mistakes of a training script, and the facts of each function.",
    "PyTorch 激活函数工具：找出训练脚本里的激活函数错误，查阅每个函数的性质。",
)
_COMMANDS = Text("Commands", "命令")
_VERSION = Text("Show the version.", "显示版本号。")
_MORE = Text("`nonlin COMMAND --help` says more.", "用 `nonlin 命令 --help` 查看详细说明。")
_PREFIX = Text("error: ", "错误：")
_BUG = Text(
    "this is a mistake in nonlin; please report it with the lines above",
    "这是 nonlin 自身的错误，请附上以上内容报告给我们",
)
_INTERRUPTED = Text("interrupted", "已中断")


class Group(Command, click.Group):
    """Commands by the names of the modules beside this file."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The names, without importing the commands."""
        return folder.names_in(__name__)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; its file imports nothing heavy until the command runs."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = folder.load_one(__name__, cmd_name, what="command").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Refuse an unknown command, and name what is near."""
        if args and args[0] not in (names := self.list_commands(ctx)):
            error = unknown("command", args[0], names)
            if speaks(ctx) == "zh":
                near = difflib.get_close_matches(args[0], names, n=1)
                error = NonlinError(
                    f"没有命令 {args[0]}；" + (f"是不是 {near[0]}？" if near else f"有：{'、'.join(names)}")
                )
            raise error
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, before the options."""
        language = speaks(ctx)
        rows = [(name, self._summary(ctx, name, language)) for name in self.list_commands(ctx)]
        write_table(formatter, _COMMANDS.to(language), rows)
        super().format_options(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How to learn more."""
        formatter.write(f"\n{_MORE.to(speaks(ctx))}\n")

    def _summary(self, ctx: click.Context, name: str, language: Language) -> str:
        command = self.get_command(ctx, name)
        words = command.words.to(language) if isinstance(command, Command) else ""
        return words.split("\n\n", 1)[0]


def _show_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"nonlin {__version__}")
        ctx.exit()


def _keep_language(ctx: click.Context, _: click.Parameter, value: Language | None) -> None:
    ctx.meta["nonlin.language"] = value


@click.pass_context
def _without_command(ctx: click.Context) -> None:
    """Show the help: asking for it is not an error."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _group() -> Group:
    version = Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help=_VERSION
    )
    lang = lang_option()
    lang.callback, lang.expose_value = _keep_language, False
    return Group(
        "nonlin",
        help=_HELP,
        params=[lang, version],
        no_args_is_help=False,
        invoke_without_command=True,
        callback=_without_command,
    )


def run(args: Sequence[str]) -> int:
    """Run one command line in this process, print what it prints, and return its exit status."""
    language = language_in(args) or default_language()
    group = _group()
    try:
        status: Any = group.main([*args], prog_name="nonlin", standalone_mode=False, obj=language)
        sys.stdout.flush()
    except NonlinError as error:
        return _failed(str(error), language)
    except click.ClickException as error:
        return _failed(says(error, language), language)
    except (KeyboardInterrupt, click.Abort):
        _failed(_INTERRUPTED.to(language), language)
        return 130
    except BrokenPipeError:
        # The reader (`| head`) has left; what Python still wants to flush at exit has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception:  # noqa: BLE001 (whatever it is, it is ours)
        # Python would leave with status 1, which means findings.
        traceback.print_exc()
        return _failed(_BUG.to(language), language)
    return status if isinstance(status, int) else 0


def _failed(message: str, language: Language) -> int:
    from nonlin.cli._output import encodable

    line = f"nonlin: {_PREFIX.to(language)}{' '.join(message.split())}"
    print(encodable(line, sys.stderr.encoding or "utf-8"), file=sys.stderr)
    return 2


def main() -> NoReturn:
    """The console script."""
    status = run(sys.argv[1:])
    sys.stdout.flush()
    # The answer is out. What a checked script still prints while it is torn down must not follow it.
    os.dup2(2, 1)
    sys.exit(status)
