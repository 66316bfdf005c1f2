"""How the user wrote an operation: as a function, a method, a call of a module, or an element of a container."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from nonlin.checker.graph import Frame, Op, Owner
from nonlin.checker.mend.changes import whole
from nonlin.checker.mend.names import full_name
from nonlin.checker.mend.objects import denoting, is_self
from nonlin.checker.mend.source import Source, Unclear, call_at, called, expression_at, plain

Form = Literal["function", "method", "module", "element"]
# Where torch's operator is called otherwise than its function and its class, in small letters without "_".
_SPELLED = {
    "binary_cross_entropy": {"bceloss"},
    "binary_cross_entropy_with_logits": {"bcewithlogitsloss"},
    "cross_entropy_loss": {"crossentropy"},
    "nll_loss_nd": {"nllloss"},
    "nll_loss2d": {"nllloss"},
    "kl_div": {"kldivloss"},
    "hardtanh": {"relu6"},
    "clamp": {"clampmin", "clip"},
    "clamp_min": {"clamp"},
    "feature_dropout": {"dropout1d", "dropout2d", "dropout3d"},
    "_safe_softmax": {"softmax"},
}


@dataclass(frozen=True, eq=False)
class Written:
    """An operation in the source. `node` is the expression that is its result; for an element, the container's call."""

    form: Form
    source: Source
    node: ast.Call
    argument: ast.expr
    """What it is applied to."""
    made: tuple[Source, ast.Call] | None = None
    """Where the module was created; None for a function that an attribute of `self` holds like a module."""

    def around(self, text: str) -> str:
        """The same operation on another expression of the same function, as the user calls it there."""
        source, call = self.source, self.node
        given = [a for a in (*call.args, *call.keywords) if getattr(a, "value", a) is not self.argument]
        options = [source.segment(a) for a in given if a is not self.argument]
        if self.form == "method":
            return f"{whole(text)}.{called(call)}({', '.join(options)})"
        return f"{source.segment(call.func)}({', '.join([text, *options])})"


def written(op: Op) -> Written:
    """How an operation stands in the source.

    Raises:
        Unclear: that is not certain, or the source is not the user's to edit.
    """
    owner = op.owners[-1] if op.owners else None
    if owner is None or not owner.library:
        return _called_plainly(op)
    made = creation(owner)
    if not _says(made[1], op):
        raise Unclear
    source, node = call_of(op.frames[0] if op.frames else None, {plain(owner.path.rpartition(".")[2])})
    if not contained(op) and not _runs(source, node, owner):
        raise Unclear
    return Written("element" if contained(op) else "module", source, node, _first(node), made)


def _runs(source: Source, call: ast.Call, owner: Owner) -> bool:
    """Whether a call runs this very module, and not one around it that is written in a library."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == owner.path.rpartition(".")[2]:
        return True
    home, made = creation(owner)
    return home is source and call.func in denoting(home, made)


def contained(op: Op) -> bool:
    """Whether a module of torch did an operation as an element of a container of torch."""
    return len(op.owners) >= 2 and op.owners[-1].library and op.owners[-2].library


def result(op: Op) -> tuple[Source, ast.expr]:
    """The expression whose value is what an operation makes.

    Raises:
        Unclear: that is not certain: further operations of the same expression may follow.
    """
    found = expression_at(op.frames[0]) if op.frames else None
    if found is None or contained(op) or any(u.frames[:1] == op.frames[:1] for u in op.output.users):
        raise Unclear
    return found


def _called_plainly(op: Op) -> Written:
    source, call = call_of(op.frames[0] if op.frames else None, _spellings(op))
    if not _says(call, op):
        if not _held(source, call, op):
            raise Unclear
        return Written("module", source, call, _first(call))
    if full_name(source, call.func):
        by_name = [k.value for k in call.keywords if k.arg in ("input", "self")]
        return Written("function", source, call, by_name[0] if by_name and not call.args else _first(call))
    if isinstance(call.func, ast.Attribute):
        return Written("method", source, call, call.func.value)
    raise Unclear


def _held(source: Source, call: ast.Call, op: Op) -> bool:
    """Whether what is called is an attribute of `self` that holds the function: `self.act = torch.tanh`."""
    func, home = call.func, source.home(call)
    values = [
        n.value
        for n in source.parents
        if isinstance(n, ast.Assign)
        and source.home(n) is home
        and ast.unparse(n.targets[0]) == ast.unparse(func)
    ]
    says = [plain(full_name(source, value).rpartition(".")[2]) in _spellings(op) for value in values]
    return isinstance(func, ast.Attribute) and is_self(func.value) and says == [True]


def call_of(frame: Frame | None, names: Collection[str] = ()) -> tuple[Source, ast.Call]:
    """The call that a frame was making; where Python does not tell, the only one on its line with such a name.

    Raises:
        Unclear: neither is certain.
    """
    found = call_at(frame, names) if frame is not None else None
    if found is None:
        raise Unclear
    return found


def _first(call: ast.Call) -> ast.expr:
    if not call.args or isinstance(call.args[0], ast.Starred):
        raise Unclear
    return call.args[0]


def _says(call: ast.Call, op: Op) -> bool:
    """Whether what is called has the operation's name."""
    return plain(called(call)) in _spellings(op)


def _spellings(op: Op) -> set[str]:
    return {plain(op.kind), *_SPELLED.get(op.kind, ())}


def creation(owner: Owner) -> tuple[Source, ast.Call]:
    """The call that created a module of torch, such as `nn.Softmax(dim=1)`.

    Raises:
        Unclear: it was created by a library, or several such calls stand on the line.
    """
    if owner.created is None:
        raise Unclear
    source, call = call_of(
        Frame(owner.created.path, owner.created.line, "", owner.written), {plain(owner.kind)}
    )
    if called(call) != owner.kind:
        raise Unclear
    return source, call
