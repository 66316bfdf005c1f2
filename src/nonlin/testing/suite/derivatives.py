"""Derivatives: finite, those of finite differences, twice differentiable, and the same forward and backward."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from nonlin.testing.check import OK, Figure, check, lacks
from nonlin.testing.subject import SHAPE, SMALL, Subject


def _varied(subject: Subject, params: dict[str, Any]) -> tuple[Callable[..., Tensor], list[Tensor]]:
    """The function of its input and of the parameters that may be learned, and a point to vary them from."""
    names = subject.learned()
    bound = subject.record.bind(params)
    values = [torch.tensor(float(bound[n]), dtype=torch.float64, requires_grad=True) for n in names]
    others = {n: v for n, v in params.items() if n not in names}

    def f(x: Tensor, *given: Tensor) -> Tensor:
        return subject.record(x, **dict(zip(names, given, strict=True)), **others)

    return f, [subject.sample(shape=SMALL).requires_grad_(), *values]


@check(
    "gradients are those of finite differences, also of learned parameters",
    "梯度与有限差分一致，可学习参数亦然",
)
def gradcheck(subject: Subject) -> Figure:
    for params in subject.settings:
        f, point = _varied(subject, params)
        assert torch.autograd.gradcheck(f, point, eps=1e-6, atol=1e-6)
    return OK


@check("second derivatives are those of finite differences", "二阶导数与有限差分一致")
def gradgradcheck(subject: Subject) -> Figure:
    for params in subject.settings:
        f, point = _varied(subject, params)
        try:
            assert torch.autograd.gradgradcheck(f, point, eps=1e-6, atol=1e-5)
        except RuntimeError as error:
            return lacks(subject, error)
    return OK


@check(
    "torch.func: jvp (forward mode), and vmap of grad, agree with backward",
    "torch.func 的 jvp（前向模式）及对 grad 的 vmap 与反向传播一致",
)
def func(subject: Subject) -> Figure:
    params, x = subject.plain, subject.sample(shape=SMALL).requires_grad_()

    def f(x: Tensor) -> Tensor:
        return subject.record(x, **params)

    (wanted,) = torch.autograd.grad(f(x).sum(), x)
    try:
        many = torch.func.vmap(torch.func.grad(lambda one: f(one).sum()))(torch.stack([x.detach()] * 2))
    except RuntimeError as error:
        return lacks(subject, error)
    for one in many:
        torch.testing.assert_close(one, wanted)
    tangent = torch.func.jvp(f, (x.detach(),), (torch.ones_like(x),))[1]
    torch.testing.assert_close(tangent.sum(), wanted.sum())
    return OK


@check(
    "values and slopes are finite from -1e4 to 1e4, at tiny inputs and at kinks, unless the exact number is too large",
    "在 -1e4 到 1e4、极小输入及折点处，函数值与斜率均有限，除非精确值本身溢出",
)
def finite(subject: Subject) -> Figure:
    for params in subject.settings:
        for dtype in (torch.float64, torch.float32, torch.bfloat16, torch.float16):
            x = _extremes(subject, dtype)
            y, slope = _with_slope(subject, params, x)
            wide_y, wide_slope = _with_slope(subject, params, x.double())
            for what, got, true in (("value", y, wide_y), ("slope", slope, wide_slope)):
                bad = got.isnan() | (got.isinf() & (true.abs() < torch.finfo(dtype).max / 2))
                assert not bad.any(), (
                    f"{subject.name} with {params} in {dtype} has {what} {got[bad][0].item()} "
                    f"at x = {x[bad][0].item() if x.shape == bad.shape else '?'}"
                )
    return OK


def _with_slope(subject: Subject, params: dict[str, Any], x: Tensor) -> tuple[Tensor, Tensor]:
    x = x.detach().requires_grad_()
    y = subject.record(x, **params)
    return y.detach(), torch.autograd.grad(y.sum(), x)[0]


def _extremes(subject: Subject, dtype: torch.dtype) -> Tensor:
    """Zero, the smallest numbers, landmarks and their neighbours, and many more up to 1e4."""
    info = torch.finfo(dtype)
    edges = torch.tensor([0.0, *sorted(subject.landmarks())], dtype=dtype)
    beside = [torch.nextafter(edges, torch.full_like(edges, end)) for end in (-info.max, info.max)]
    powers = torch.logspace(-38, 4, 127, dtype=torch.float64).to(dtype)
    ends = torch.tensor([info.tiny, info.tiny * info.eps], dtype=dtype)
    line = torch.linspace(-120, 120, 481, dtype=dtype)
    one = torch.cat([edges, *beside, powers, -powers, ends, -ends, line])
    row = math.prod(SHAPE[1:])
    return torch.cat([one, one.new_zeros(-len(one) % row)]).reshape(-1, *SHAPE[1:])
