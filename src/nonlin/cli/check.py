"""`nonlin check`: run a training script up to its first step, and report the mistakes in it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nonlin.base import folder
from nonlin.base.errors import NonlinError
from nonlin.base.finding import FORMATS, format_named
from nonlin.base.language import Language, Text, default_language
from nonlin.cli._click import Command, Option, lang_option, speaks, write_table

if TYPE_CHECKING:
    from nonlin.base.finding import Report
    from nonlin.checker.rule import Rule
    from nonlin.checker.settings import Settings
    from nonlin.cli._baseline import Baseline
    from nonlin.cli._output import Out

HELP = Text(
    "Run a training script up to its first step and report activation mistakes in it.\n\n"
    "TARGET is a script (train.py), a model (package.module:Model, or a function that makes one), or a folder of "
    "scripts. ARGS go to the script. Options of nonlin stand before TARGET or right after it; from the first word "
    "that nonlin does not know, or from `--`, everything is the script's:\n\n"
    "  nonlin check train.py --lang zh --epochs 3\n\n"
    "  nonlin check train.py -- --output runs/1\n\n"
    "A comment `# nonlin: ignore[NL201] and why` at the end of a line or statement silences the rule there.\n\n"
    "Exit status: 0 nothing new at or above --fail-on; 1 findings; 2 nonlin or the target could not run.\n\n"
    "The scripts of a folder, or after --scripts, run in processes of their own. One that fails or takes too long is "
    "named, and the others are reported all the same; the exit status is 2, because the report is not whole. A script "
    "that never trains is only noted.",
    "运行训练脚本到第一个训练步，报告其中的激活函数错误。\n\n"
    "TARGET 可以是脚本（train.py）、模型（package.module:Model，或返回模型的函数），或一个放脚本的文件夹。"
    "ARGS 会交给脚本。nonlin 自己的选项写在 TARGET 之前，或紧跟其后；"
    "从第一个 nonlin 不认识的词或 `--` 开始，后面全部属于脚本：\n\n"
    "  nonlin check train.py --lang zh --epochs 3\n\n"
    "  nonlin check train.py -- --output runs/1\n\n"
    "在一行或一条语句的末尾写注释 `# nonlin: ignore[NL201] 理由`，该规则就不再报告此处。\n\n"
    "退出码：0 没有达到 --fail-on 的新问题；1 有问题；2 nonlin 或目标无法运行。\n\n"
    "文件夹中的脚本（或 --scripts 之后的脚本）各自在单独的进程里运行。失败或超时的脚本会被指出，其余脚本照常报告；"
    "因为报告不完整，退出码为 2。没有训练步的脚本只作说明。",
)
_SETTINGS = Text(
    "Settings in [tool.nonlin] of pyproject.toml; options go before them",
    "pyproject.toml 中 [tool.nonlin] 的设置（命令行选项优先）",
)


class _Form(click.Choice):  # type: ignore[type-arg]  # generic since click 8.2 only
    """A format of nonlin's, or one that another distribution offers: those are sought when one is asked for."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value not in self.choices and any(value == offer.name for offer in folder.offered(FORMATS)):
            return value
        return super().convert(value, param, ctx)


class _Check(Command):
    """Tells nonlin's options from the script's."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, self._parted(args))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and what a project can set for all its checks."""
        from nonlin.checker.settings import KEYS

        super().format_options(ctx, formatter)
        language = speaks(ctx)
        write_table(
            formatter,
            _SETTINGS.to(language),
            ((key.example, key.meaning.to(language)) for key in KEYS.values()),
        )

    def _parted(self, args: list[str]) -> list[str]:
        """The same words with a `--` where click must stop looking for options."""
        own = [p for p in self.params if isinstance(p, click.Option)]
        takes = {"--help": False} | {name: not p.is_flag for p in own for name in p.opts}
        mine: list[str] = []
        target: list[str] = []
        rest = [*args]
        while rest:
            name, equals, _ = rest[0].partition("=")
            if name in takes:
                count = 2 if takes[name] and not equals else 1
                mine, rest = mine + rest[:count], rest[count:]
            elif rest[0] == "--":
                rest.pop(0)
                break
            elif target:
                break
            elif rest[0].startswith("-"):
                mine.append(rest.pop(0))  # unknown: click says so, and what is near
            else:
                target.append(rest.pop(0))
        if not target:
            target, rest = rest[:1], rest[1:]
        return [*mine, "--", *target, *rest]


def _check(target: str, args: tuple[str, ...], **given: Any) -> int:
    from nonlin.checker.settings import TIME_LIMIT, read
    from nonlin.cli._output import complain_if_unwritable, saved_output, write_whole

    start, path = Path.cwd(), Path(target)
    alone = path.is_file() and not given["scripts"]
    settings = read(path.parent if alone else path if path.is_dir() else start).over(
        select=_rules_in(given["select"]),
        ignore=_rules_in(given["ignore"]),
        language=given["lang"] or click.get_current_context().find_root().meta.get("nonlin.language"),
        fail_on=given["fail_on"],
    )
    select, ignore, language = settings.select, settings.ignore, settings.language or default_language()
    scripts = _scripts(path, [target, *args], given["scripts"])
    if given["inputs"] and (scripts or target.endswith(".py")):
        raise NonlinError(
            "--input is for a model (package.module:Model); to give it to the script, write -- before it"
        )
    if given["output"] is not None:
        complain_if_unwritable(given["output"])
    if scripts and (given["fix"] or given["unsafe_fixes"] or given["diff"]):
        raise NonlinError("edits are made for one script at a time: name it alone")
    if select or ignore:
        _chosen(select, ignore)  # a typing mistake in a rule's name should not wait for the script
    limit = given["time_limit"] or settings.time_limit or TIME_LIMIT
    output = given["output"].resolve() if given["output"] is not None else None
    baseline = _baseline(given, settings)
    broken: list[Text] = []
    with saved_output() as out:
        try:
            if scripts:
                from nonlin.cli._folder import check_scripts

                report, broken = check_scripts(
                    scripts,
                    () if given["scripts"] else args,
                    target=" ".join(map(str, scripts)) if given["scripts"] else target,
                    select=select,
                    ignore=ignore,
                    language=language,
                    jobs=given["jobs"],
                    time_limit=limit,
                )
            else:
                from nonlin.checker.target import check_target

                report = check_target(
                    target,
                    args,
                    inputs=given["inputs"],
                    select=select,
                    ignore=ignore,
                    require_reason=settings.require_reason,
                )
        finally:
            os.chdir(start)  # where paths are seen from, wherever the script went
        text = ""
        if given["diff"]:
            from nonlin.cli._mend import difference

            text = difference(report, start, unsafe=given["unsafe_fixes"])
        elif given["fix"] or given["unsafe_fixes"]:
            from nonlin.cli._apart import check_apart
            from nonlin.cli._mend import mend

            options = {"inputs": given["inputs"], "select": select, "ignore": ignore, "language": language}
            again = partial(check_apart, target, args, **options, time_limit=limit)
            report = mend(report, again, unsafe=given["unsafe_fixes"])
        report = _with_notes(report, settings)
        if baseline is not None:
            rules = {rule.id for rule in _chosen(select, ignore)}
            report = baseline.without_known(report, [target, *args], start, rules=rules, whole=not broken)
        if not given["diff"]:
            text = _rendered(report, given["form"], language, start, out if output is None else None)
        if output is None:
            out.write(text)
        else:
            write_whole(output, text)
    if broken:
        first, more = broken[0], len(broken) - 1
        raise NonlinError(
            Text(
                f"not checked: {first.en}" + (f" (and {more} more)" if more else ""),
                f"没有检查：{first.zh}" + (f"（另有 {more} 个）" if more else ""),
            ).to(language)
        )
    return int(bool(settings.failing(report)))


def _rules_in(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.strip() for word in words for part in word.split(",") if part.strip())


def _scripts(path: Path, words: Sequence[str], are_scripts: bool) -> list[Path]:
    """The scripts that are checked apart and reported together; none, where the target is checked here."""
    if are_scripts:
        return [*map(Path, words)]
    if not path.is_dir():
        return []
    from nonlin.cli._folder import scripts_in

    return scripts_in(path)


def _baseline(given: Mapping[str, Any], settings: Settings) -> Baseline | None:
    """What is known, as the command line or else the project says."""
    names = ("baseline", "write_baseline", "no_baseline")
    if sum(bool(given[name]) for name in names) > 1:
        raise NonlinError("choose one of --baseline, --write-baseline and --no-baseline")
    file = given["write_baseline"] or given["baseline"] or settings.baseline
    if file is None or given["no_baseline"]:
        return None
    from nonlin.cli._baseline import Baseline

    return Baseline.of(file.resolve(), renew=bool(given["write_baseline"]))


def _chosen(select: Sequence[str], ignore: Sequence[str]) -> Sequence[Rule]:
    from nonlin.checker import rule

    return rule.select(rule.rules(), select, ignore)


def _with_notes(report: Report, settings: Settings) -> Report:
    from dataclasses import replace

    return replace(report, notes=(*report.notes, *settings.notes)) if settings.notes else report


def _rendered(report: Report, form: str, language: Language, base: Path, out: Out | None) -> str:
    """The report in a format, with those options that the format names."""
    render = format_named(form).render
    options: dict[str, Any] = {"base": base}
    if out is not None:
        options |= {"color": out.color, "width": out.width}
    known = render.__kwdefaults__ or {}
    return str(render(report, language, **{name: value for name, value in options.items() if name in known}))


def _option(name: str, english: str, chinese: str, **settings: Any) -> Option:
    return Option([name, *settings.pop("names", ())], help=Text(english, chinese), **settings)


command = _Check(
    "check",
    help=HELP,
    callback=_check,
    params=[
        _option(
            "--format",
            "Form of the report (default: text).",
            "报告的格式（默认 text）。",
            names=["form"],
            type=_Form(folder.names_in("nonlin.report")),
            default="text",
        ),
        lang_option(),
        _option(
            "--select",
            "Only these rules: ids, names, or beginnings of ids (NL2).",
            "只用这些规则：编号、名称，或编号的开头（NL2）。",
            multiple=True,
            metavar="RULES",
        ),
        _option(
            "--ignore",
            "Leave these rules out, also where --select names them.",
            "不用这些规则，即使 --select 选了它们。",
            multiple=True,
            metavar="RULES",
        ),
        _option(
            "--output",
            "Write the report to a file; it appears only when it is complete.",
            "把报告写入文件；文件只在写完整之后才出现。",
            type=click.Path(path_type=Path),
            metavar="FILE",
        ),
        _option(
            "--fail-on",
            "The mildest severity that gives exit status 1 (default: warning).",
            "达到哪一级就以退出码 1 结束（默认 warning）。",
            type=click.Choice(("error", "warning", "advice", "never")),
        ),
        _option(
            "--fix",
            "Edit the source where that changes no number; each edit is checked, and taken back if it proves wrong.",
            "自动修改源代码，仅限不改变任何数值的修正；每处都会重新检查，不对就撤回。",
            is_flag=True,
        ),
        _option(
            "--unsafe-fixes",
            "Edit the source also where that changes the training, as most mistakes need.",
            "也做会改变训练的修正（多数错误需要这样）。",
            is_flag=True,
        ),
        _option(
            "--diff",
            "Edit nothing: print what --fix (or --unsafe-fixes) would change, as a patch.",
            "不改文件：以补丁的形式打印 --fix（或 --unsafe-fixes）会做的改动。",
            is_flag=True,
        ),
        _option(
            "--input",
            "For a model: the shape of an input, such as 32x3x224x224 or 8x128:int64; repeat it for several.",
            "检查模型时：输入的形状，例如 32x3x224x224 或 8x128:int64；多个输入就多写几次。",
            names=["inputs"],
            multiple=True,
            metavar="SHAPE[:DTYPE]",
        ),
        _option(
            "--baseline",
            "Findings in this file are known: they are only counted, and give no exit status 1.",
            "该文件中的问题是已知的：只计数，不会使退出码为 1。",
            type=click.Path(path_type=Path),
            metavar="FILE",
        ),
        _option(
            "--write-baseline",
            "Write what is found to such a file, so that only what is new counts from now on.",
            "把发现的问题写入这样的文件，今后只有新的问题才算数。",
            type=click.Path(path_type=Path),
            metavar="FILE",
        ),
        _option(
            "--no-baseline",
            "Count known findings too, also where the project sets a baseline.",
            "即使项目设置了基线，已知问题也照常报告。",
            is_flag=True,
        ),
        _option(
            "--scripts",
            "All words from TARGET on are scripts, each checked on its own, as pre-commit names them.",
            "TARGET 及其后的每个词都是脚本，各自检查；pre-commit 就是这样传文件名的。",
            is_flag=True,
        ),
        _option(
            "--jobs",
            "For several scripts: how many run at once (default: one a processor, with 2 GiB of memory for each).",
            "检查多个脚本时：同时运行的个数（默认每个处理器一个，且保证每个有 2 GiB 内存）。",
            type=click.IntRange(min=1),
            metavar="N",
        ),
        _option(
            "--time-limit",
            "For several scripts: seconds that one may take (default: 600).",
            "检查多个脚本时：每个脚本最多运行的秒数（默认 600）。",
            type=click.FloatRange(min=0, min_open=True),
            metavar="SECONDS",
        ),
        click.Argument(["target"]),
        click.Argument(["args"], nargs=-1, type=click.UNPROCESSED),
    ],
)
