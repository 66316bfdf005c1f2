"""Who reads the value of an expression, as far as the file shows: the loss, and what would notice another value.

A reader that cannot be followed counts as one that would notice: it is given the value that it had.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from nonlin.checker.flow.kind import SOFTMAX
from nonlin.checker.graph import Op
from nonlin.checker.mend.bindings import sees_others, uses, uses_of_argument
from nonlin.checker.mend.objects import callee, calls_by_name, instances, parameter_for, runs
from nonlin.checker.mend.source import Function, Scope, Source, Unclear, call_at, called

# What leaves every number alone, so that the result is read in the place of the value.
_COPIES = {"detach", "cpu", "cuda", "to", "float", "double", "half", "clone", "contiguous", "data", "numpy"}
_RESHAPES = {
    *("squeeze", "unsqueeze", "flatten", "view", "reshape", "permute", "transpose", "view_as", "T", "mT"),
}
_SHAPE = {"shape", "size", "dim", "ndim", "dtype", "device", "numel", "backward", "requires_grad", "grad_fn"}
_SQUASHES = {"softmax", "log_softmax", "sigmoid", "logsigmoid", "log_sigmoid"}
_ORDER = {"argmax", "argmin", "argsort"}
_ORDER_IN_PART = {"max", "min", "topk", "sort"}  # (values, indices): only the second keeps with the order


@dataclass(eq=False)
class Reads:
    """The expressions that read a value: `by_loss`, and `others`, which would notice another value there."""

    by_loss: list[ast.expr] = field(default_factory=list)
    others: list[ast.expr] = field(default_factory=list)


@dataclass(eq=False)
class Reader:
    """Follows the values of one activation through its file, from one expression to the next."""

    source: Source
    activation: Op
    losses: frozenset[str]
    """The texts of what is called for the loss, such as `criterion` and `F.cross_entropy`."""
    _met: dict[ast.expr, Reads] = field(default_factory=dict)

    def of(self, node: ast.expr) -> Reads:
        """The readers of an expression's value. Where the loss is none of them, that is the expression itself, at most.

        Raises:
            Unclear: the loss and others read one value, and which is which cannot be told.
        """
        if node not in self._met:
            self._met[node] = Reads()  # what is met again on the way adds nothing
            found = self._readers(node)
            self._met[node] = found if found.by_loss or not found.others else Reads(others=[node])
        return self._met[node]

    def _readers(self, node: ast.expr) -> Reads:
        last, whole = self._moved(node)
        parent = self.source.parents[last]
        if isinstance(parent, ast.Attribute) and self._indifferent(parent, whole=whole):
            return Reads()
        found = self._onward(last, parent, whole=whole)
        if found is None:
            return Reads(others=[node])
        found = Reads(*([node if n is last else n for n in part] for part in (found.by_loss, found.others)))
        if found.by_loss and found.others and not whole and self.activation.kind in SOFTMAX:
            raise Unclear  # the axis is another one there
        return found if last is node or found.by_loss else Reads(others=[node] * bool(found.others))

    def _onward(self, node: ast.expr, parent: ast.AST, *, whole: bool) -> Reads | None:
        """The readers of what gets a value from this expression; None where it cannot be followed."""
        if isinstance(parent, ast.Expr):
            return Reads()
        if isinstance(parent, ast.Assign):
            return self._stored(parent, parent.targets)
        if isinstance(parent, ast.AnnAssign):
            return self._stored(parent, [parent.target])
        if isinstance(parent, ast.Return):
            callers = self._callers(self.source.scope(parent))
            return self._all(callers) if callers else None
        if isinstance(parent, ast.keyword) and isinstance(call := self.source.parents[parent], ast.Call):
            return self._passed(call, node, parent.arg, whole=whole)
        if isinstance(parent, ast.Call) and node is not parent.func:
            return self._passed(parent, node, None, whole=whole)
        return None

    def _all(self, nodes: Iterable[ast.expr]) -> Reads:
        parts = [self.of(node) for node in nodes]
        return Reads([n for p in parts for n in p.by_loss], [n for p in parts for n in p.others])

    def _moved(self, node: ast.expr) -> tuple[ast.expr, bool]:
        """(the expression with the same numbers that is read in the end, whether they still have the same shape)."""
        whole = True
        while True:
            outer = self.source.parents[node]
            if isinstance(outer, ast.Subscript) and outer.value is node:
                node, whole = outer, False
            elif isinstance(outer, ast.Attribute) and outer.attr in _COPIES | _RESHAPES:
                whole = whole and outer.attr in _COPIES
                call = self.source.parents[outer]
                node = call if isinstance(call, ast.Call) and call.func is outer else outer
            else:
                return node, whole

    def _stored(self, statement: ast.stmt, targets: list[ast.expr]) -> Reads | None:
        if len(targets) != 1 or not isinstance(targets[0], ast.Name):
            return None
        found = self._all(uses(self.source, statement, targets[0].id))
        if found.by_loss and any(self._shared(read, statement) for read in found.others):
            raise Unclear
        return found

    def _shared(self, read: ast.expr, statement: ast.stmt) -> bool:
        return isinstance(read, ast.Name) and sees_others(self.source, read, statement)

    def _callers(self, function: Scope) -> list[ast.expr]:
        """The calls that get what a function returns, as far as the file shows."""
        if not isinstance(function, Function):
            return []
        home = self.source.parents[function]
        if not isinstance(home, ast.ClassDef):
            return [*calls_by_name(self.source, function)]
        name = "forward" if function.name == "__call__" else function.name
        calls = [runs(self.source, denoted, name) for denoted in instances(self.source, home)]
        return [call for call in dict.fromkeys(calls) if call is not None]

    def _passed(
        self, call: ast.Call, argument: ast.expr, keyword: str | None, *, whole: bool
    ) -> Reads | None:
        """The value is an argument: of the loss, of a function that only looks at it or of one of this file."""
        if self.source.segment(call.func) in self.losses:
            first = keyword == "input" if keyword else argument is call.args[0]
            return Reads(by_loss=[argument]) if first else None
        if called(call) == "len" or (argument in call.args[:1] and self._indifferent(call.func, whole=whole)):
            return Reads()
        parameter = parameter_for(callee(self.source, call), call, argument, keyword)
        if parameter is None:
            return None
        found = self._all(uses_of_argument(*parameter))
        if found.by_loss and found.others:
            raise Unclear  # the function may also be given values of another origin
        return Reads([argument] * bool(found.by_loss), [argument] * bool(found.others))

    def _indifferent(self, function: ast.expr, *, whole: bool) -> bool:
        """Whether a function or a method asks only for the shape or the order, or squashes the value once more."""
        name = function.attr if isinstance(function, ast.Attribute) else ""
        if name in _SHAPE | _SQUASHES:
            return True
        call = self.source.parents[function]
        if not isinstance(call, ast.Call) or call.func is not function:
            return False
        keeps = name in _ORDER or (name in _ORDER_IN_PART and self._only_indices(call))
        return keeps and (self.activation.kind not in SOFTMAX or (whole and self._along(call)))

    def _along(self, call: ast.Call) -> bool:
        """Whether a call picks along the axis that the softmax normalised: elsewhere it changes the order."""
        dims = [k.value for k in call.keywords if k.arg == "dim"] or [
            a for a in call.args if isinstance(a, (ast.Constant, ast.UnaryOp))
        ]
        try:
            given = ast.literal_eval(dims[-1])
        except (IndexError, ValueError):
            return False
        value = self.activation.output
        return isinstance(given, int) and value.axis(given) == value.axis(self.activation.get("dim", -1))

    def _only_indices(self, call: ast.Call) -> bool:
        """Whether of (values, indices) only the indices are used."""
        outer = self.source.parents[call]
        if isinstance(outer, ast.Attribute):
            return outer.attr == "indices"
        if isinstance(outer, ast.Subscript):
            return isinstance(outer.slice, ast.Constant) and outer.slice.value == 1
        if isinstance(outer, ast.Assign) and isinstance(outer.targets[0], ast.Tuple):
            first = outer.targets[0].elts[0]
            return isinstance(first, ast.Name) and not uses(self.source, outer, first.id)
        return False


def called_for(loss: Op) -> tuple[Source, str]:
    """(file, text) of what the user calls for a loss: `criterion`, `F.cross_entropy`.

    Raises:
        Unclear: that is not certain.
    """
    found = call_at(loss.frames[0], {loss.kind.replace("_", "")}) if loss.frames else None
    if found is None:
        raise Unclear
    return found[0], found[0].segment(found[1].func)
