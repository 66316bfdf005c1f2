"""What compilers make of it: torch.compile with Inductor, torch.export, and ONNX run by onnxruntime.

Many activations make one program, as compiling takes seconds however little there is to compile.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from nonlin.testing.agree import agree
from nonlin.testing.check import OK, Figure, check_together
from nonlin.testing.subject import Subject

_DTYPE = torch.float32
# Inductor's and onnxruntime's exp, erf and tanh for many numbers are accurate to some eps of 1, times inputs up to 10.
_SLACK = 16.0


class Row(torch.nn.Module):
    """Several activations of one input, at their plain parameters; no output is the input itself."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        super().__init__()
        self.calls = [(s.record, s.plain) for s in subjects]

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        """Each activation of the input times one."""
        return tuple(record(x * 1.0, **params) for record, params in self.calls)


def _gradients(outputs: Sequence[Tensor], x: Tensor) -> list[Tensor]:
    return [torch.autograd.grad(y.sum(), x, retain_graph=True)[0] for y in outputs]


@check_together(
    12,
    "torch.compile with Inductor: one graph, forward and backward",
    "torch.compile（Inductor）：整图编译，含前向与反向",
)
def compiled(subjects: Sequence[Subject]) -> list[Figure]:
    row, x = Row(subjects), subjects[0].sample(_DTYPE).requires_grad_()
    torch.compiler.reset()

    got, wanted = torch.compile(row, fullgraph=True)(x), row(x)

    for subject, y, eager in zip(subjects, got, wanted, strict=True):
        agree(subject, y, eager, slack=_SLACK)
    for subject, slope, eager in zip(subjects, _gradients(got, x), _gradients(wanted, x), strict=True):
        agree(subject, slope, eager, slope=True, slack=_SLACK)
    return [OK] * len(subjects)


@check_together(24, "torch.export gives a program with the same values", "torch.export 得到的程序取值相同")
def exported(subjects: Sequence[Subject]) -> list[Figure]:
    row, x = Row(subjects).eval(), subjects[0].sample(_DTYPE)
    batch = torch.export.Dim("batch", min=2)

    program = torch.export.export(row, (x,), dynamic_shapes=({0: batch},))

    longer = torch.cat([x, -x])
    for subject, y, eager in zip(subjects, program.module()(longer), row(longer), strict=True):
        agree(subject, y, eager)
    return [OK] * len(subjects)


@check_together(
    24, "ONNX export, run by onnxruntime, gives the same values", "导出 ONNX 并由 onnxruntime 运行，取值相同"
)
def onnx(subjects: Sequence[Subject]) -> list[Figure]:
    import onnxruntime

    row, x = Row(subjects).eval(), subjects[0].sample(_DTYPE)
    program = torch.onnx.export(row, (x,), dynamo=True, verbose=False)
    assert program is not None
    model = program.model_proto.SerializeToString()

    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    got = session.run(None, {session.get_inputs()[0].name: x.numpy()})

    for subject, y, eager in zip(subjects, got, row(x), strict=True):
        agree(subject, torch.from_numpy(y), eager, slack=_SLACK)
    return [OK] * len(subjects)
