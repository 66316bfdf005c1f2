"""A comment that silences nonlin has no effect, or lacks the reason that the project asks for.

## What it finds

A comment `# nonlin: ignore[NL201]` that names no rule; one on a line where the rules that it names
find nothing; and, where `require-reason = true` stands in `[tool.nonlin]`, one without words after
the bracket.

That nothing is found there is said only of lines that ran, in a script whose training steps were
all seen, and only of rules that were asked for.

## Why it is bad

A comment that outlives its cause says that something odd is meant here, and nothing is. Worse, it
stays silent when the mistake comes back, perhaps for another reason. A misspelt one silences
nothing, while its author believes that it does.

## How to fix

Remove the comment, or correct the rule's id or name. Say after the bracket why the line is right:
`# nonlin: ignore[NL201] the teacher's probabilities are the targets`.

## When to silence

Where a rule judges the data of one batch (NL7), a finding may come and go. A comment does not
silence this rule: leave it out with `--ignore NL801` or in `[tool.nonlin]`.

## Sources

- Ruff: rule RUF100, "unused-noqa"
- mypy: option `--warn-unused-ignores`
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Edit, Finding, Fix, Site
from nonlin.base.language import Text
from nonlin.checker.rule import rule, rules

if TYPE_CHECKING:
    from nonlin.checker.run import Run
    from nonlin.checker.silence import Mark

ZH = """让 nonlin 忽略问题的注释不起作用，或缺少项目要求的理由。

## 它发现什么

`# nonlin: ignore[NL201]` 这样的注释中写的不是任何规则；或者所写的规则在这一行并没有发现问题；或者在
`[tool.nonlin]` 中设置了 `require-reason = true`，而方括号后面没有写理由。

只有在脚本的训练步全部运行过、这一行确实执行过，并且这些规则都在检查之列时，才会说“没有发现问题”。

## 为什么不好

起因已经消失而注释还在，读者会以为这里有什么特殊用意，其实没有。更糟的是，以后同样的错误再次出现
时，它仍会保持沉默。拼错的注释什么也没有忽略，作者却以为忽略了。

## 怎样修正

删掉注释，或改正规则的编号或名称。在方括号后面写明这一行为什么没有问题：
`# nonlin: ignore[NL201] 目标就是教师网络的概率`。

## 何时忽略

有些规则（NL7）依据的是一个批次的数据，问题可能时有时无。这条规则不能用注释忽略：请用
`--ignore NL801`，或写进 `[tool.nonlin]`。

## 来源

- Ruff：规则 RUF100，"unused-noqa"
- mypy：选项 `--warn-unused-ignores`
"""


@rule("NL801", severity="advice", zh=ZH, since="0.1", last=True)
def faulty_ignore(run: Run) -> Iterator[Finding]:
    """A comment that silences nothing, or gives no reason where one is required."""
    marks = run.marks()
    ids = {name: r.id for r in rules() for name in (r.id.lower(), r.name)} if marks else {}
    for mark in marks:
        lines = {(mark.path, line) for line in mark.lines}
        unknown = [name for name in mark.rules or () if name.lower() not in ids]
        if run.require_reason and not mark.reason:
            yield _unexplained(mark)
        elif unknown or mark.rules == ():
            yield _unknown(mark, unknown, ids)
        elif run.graph.whole and lines & run.user_lines:
            named = {ids[name.lower()] for name in mark.rules} if mark.rules else {*ids.values()} - {"NL801"}
            if named <= run.said.keys() and not any(lines & run.said[code] for code in named):
                yield _unused(mark)


def _unexplained(mark: Mark) -> Finding:
    return Finding(
        Site(mark.path, mark.lines[-1]),
        Text(
            f"this comment silences {_all(mark).en} without a reason",
            f"这条注释忽略{_all(mark).zh}，却没有写理由",
        ),
        evidence={"silences": _all(mark).en},
        proof=Text(
            "[tool.nonlin] of the project sets require-reason", "项目在 [tool.nonlin] 中设置了 require-reason"
        ),
        fix=Fix(Text("say behind it why the line is right", "在它后面写明这一行为什么没有问题")),
        severity="warning",
    )


def _unknown(mark: Mark, unknown: list[str], known: Collection[str]) -> Finding:
    said = ", ".join(unknown) or "[]"
    near = difflib.get_close_matches(unknown[0].lower(), known, n=1, cutoff=0.5) if unknown else []
    right = near[0].upper() if near and near[0].startswith("nl") else "".join(near)
    return Finding(
        Site(mark.path, mark.lines[-1]),
        Text(f"this comment names no rule of nonlin: {said}", f"这条注释写的不是 nonlin 的规则：{said}"),
        evidence={"names": said},
        fix=Fix(
            Text(f"write {right}, or remove it", f"改为 {right}，或去掉它")
            if right
            else Text("write an id or a name that `nonlin rule` lists", "改为 `nonlin rule` 列出的编号或名称")
        ),
    )


def _unused(mark: Mark) -> Finding:
    return Finding(
        Site(mark.path, mark.lines[-1]),
        Text(
            f"this comment silences {_all(mark).en}, but there is nothing on this line to silence",
            f"这条注释忽略{_all(mark).zh}，但这一行没有可忽略的问题",
        ),
        evidence={"silences": _all(mark).en},
        fix=Fix(
            Text("remove the comment", "去掉这条注释"),
            safe=True,
            edits=(Edit(mark.path, mark.lines[-1], mark.text, ""),),
        ),
    )


def _all(mark: Mark) -> Text:
    """The rules that a comment silences."""
    return Text(", ".join(mark.rules), f" {'、'.join(mark.rules)}") if mark.rules else Text("all", "所有规则")
