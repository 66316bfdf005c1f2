"""`nonlin advise`: output, loss, hidden activation and initialisation for a task."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nonlin.base.errors import NonlinError
from nonlin.base.language import Language, Text
from nonlin.cli._click import Command, Option, chosen_language, format_option, lang_option

if TYPE_CHECKING:
    from nonlin.cli._output import Out

HELP = Text(
    "Say which output, loss, hidden activation and initialisation a task asks for.\n\n"
    "Name the task, or give a file of targets (CSV, NPY, NPZ, Parquet) from which it is inferred. Without either, "
    "the tasks and the kinds of network are listed.\n\n"
    "  nonlin advise --task multi-class --network transformer\n\n"
    "  nonlin advise --targets train.csv --column price\n\n"
    "  nonlin advise --task ordinal --snippet > model.py",
    "给出一个任务该用的输出、损失、隐藏层激活和初始化。\n\n"
    "可以写明任务，也可以给出目标数据文件（CSV、NPY、NPZ、Parquet），由它推断任务。"
    "两者都不给时，列出全部任务和网络类型。\n\n"
    "  nonlin advise --task multi-class --network transformer\n\n"
    "  nonlin advise --targets train.csv --column price\n\n"
    "  nonlin advise --task ordinal --snippet > model.py",
)
_TASKS, _NETWORKS = (
    Text("Tasks (--task)", "任务（--task）"),
    Text("Networks (--network)", "网络（--network）"),
)
_MORE = Text("`nonlin advise --task NAME` gives the advice.", "用 `nonlin advise --task 名称` 查看建议。")


def _advise(**given: Any) -> None:
    language = chosen_language(given["lang"])
    names = {name: given[name] for name in ("task", "network", "batch_norm", "residual")}
    if given["column"] is not None and given["targets"] is None:
        raise NonlinError("--column chooses a column of the file of targets; give --targets too")
    if given["targets"] is None and all(value is None for value in names.values()) and not given["snippet"]:
        _write(_listed(language) if given["form"] == "text" else _as_json(language))
        return
    from nonlin.advice import advise
    from nonlin.advice.files import read

    targets = None if given["targets"] is None else read(given["targets"], given["column"])
    advice = advise(targets=targets, **names)
    if given["form"] == "json":
        _write(advice.to_json(language))
    elif given["snippet"]:
        _write(advice.snippet(language))
    else:
        _write(lambda out: advice.render(language, color=out.color, width=out.width))


def _write(text: Any) -> None:
    from nonlin.cli._output import saved_output

    with saved_output() as out:
        out.write(text if isinstance(text, str) else text(out))


def _listed(language: Language) -> Any:
    """All tasks and networks, a line each."""
    from nonlin.advice.shelf import networks, tasks
    from nonlin.report._wrap import wrapped

    column = max(len(name) for name in (*tasks(), *networks())) + 4

    def page(out: Out) -> str:
        lines: list[str] = []
        for title, shelf in ((_TASKS, tasks()), (_NETWORKS, networks())):
            lines.append(title.to(language))
            for name, entry in shelf.items():
                first = f"  {name}".ljust(column)
                lines += wrapped(entry.title.to(language), out.width, first=first, rest=" " * column)
            lines.append("")
        return "\n".join([*lines, _MORE.to(language)])

    return page


def _as_json(language: Language) -> str:
    from nonlin.advice.shelf import networks, served_by, tasks

    whole = {
        "tasks": [
            {"name": name, "aliases": list(task.aliases), "title": task.title.to(language)}
            for name, task in tasks().items()
        ],
        "networks": [
            {
                "name": name,
                "aliases": list(network.aliases),
                "title": network.title.to(language),
                "tasks": served_by(name),
                "settings": list(network.switches),
            }
            for name, network in networks().items()
        ],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False)


command = Command(
    "advise",
    help=HELP,
    callback=_advise,
    params=[
        Option(["--task"], metavar="NAME", help=Text("What the network is to predict.", "网络要预测什么。")),
        Option(
            ["--targets"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=Text("Infer the task from these targets.", "由这些目标推断任务。"),
        ),
        Option(
            ["--column"],
            metavar="NAME",
            help=Text(
                "The column (in NPZ, the array) that holds the targets.", "目标所在的列（NPZ 中为数组名）。"
            ),
        ),
        Option(["--network"], metavar="NAME", help=Text("The kind of network.", "网络类型。")),
        Option(
            ["--batch-norm/--no-batch-norm"],
            default=None,
            help=Text("With or without batch normalisation.", "是否使用批归一化。"),
        ),
        Option(
            ["--residual/--no-residual"],
            default=None,
            help=Text("With or without residual branches.", "是否使用残差分支。"),
        ),
        Option(
            ["--snippet"],
            is_flag=True,
            help=Text("Print the program alone.", "只打印程序。"),
        ),
        format_option(),
        lang_option(),
    ],
)
