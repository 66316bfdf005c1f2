"""Put one function or class of torch in the place of another."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from torch import Tensor

from nonlin.checker.graph import Graph, Op
from nonlin.checker.mend.changes import Change, replaced, whole
from nonlin.checker.mend.names import function, module
from nonlin.checker.mend.reach import companions, readers
from nonlin.checker.mend.recipe import recipe
from nonlin.checker.mend.source import Unclear
from nonlin.checker.mend.written import Written, written


@recipe
def swap(
    graph: Graph,
    op: Op,
    name: str,
    class_name: str,
    *,
    options: bool = True,
    loss: Op | None = None,
    back: str = "",
    among: Collection[Op] = (),
) -> Iterator[Change]:
    """Call another function, or create another module.

    Args:
        graph: the tape.
        op: the activation or the loss that is to be another one.
        name: the function's name in torch.nn.functional or torch, which tensors have as a method too.
        class_name: the class of torch.nn.
        options: whether the arguments beside the input stay.
        loss: the operation for which the value is wrong as it is; without one, all readers get the new value.
        back: the method that makes of the new value the old one, for the other readers.
        among: further operations that are wrong in the same way, and may come from the same expression.
    """
    found = written(op)
    if any(o not in among for o in companions(graph, op, created=True)):
        raise Unclear
    if loss is not None:
        for node in readers(op, found, loss).others:
            yield replaced(found.source, node, f"{whole(found.source.segment(node))}.{back}()")
    yield _named(found, name, class_name, options=options)


def _named(found: Written, name: str, class_name: str, *, options: bool) -> Change:
    source, call = found.made or (found.source, found.node)
    given = ""
    if found.made is not None:
        new = module(source, class_name)
    elif found.form == "method" and hasattr(Tensor, name):
        new = f"{source.segment(found.argument)}.{name}"
    elif found.form == "method" and options:
        raise Unclear
    else:
        new, given = function(source, name), source.segment(found.argument)
    return replaced(source, call.func, new) if options else replaced(source, call, f"{new}({given})")
