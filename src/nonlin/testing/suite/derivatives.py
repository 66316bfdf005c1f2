"""Derivatives: finite, those of finite differences, twice differentiable, and the same forward and backward."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor

from nonlin.catalogue import Gated, Simplex
from nonlin.testing.check import OK, Figure, check, lacks, unclaimed
from nonlin.testing.subject import SHAPE, SMALL, Subject

_DTYPES = (torch.float64, torch.float32, torch.bfloat16, torch.float16)


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
        for dtype in _DTYPES:
            for failure in _overflows(subject, params, _extremes(subject, dtype)):
                raise AssertionError(failure)
    return OK


@check(
    "values and slopes are finite as far as the largest number, unless the exact number is too large",
    "直至最大可表示数，函数值与斜率均有限，除非精确值本身溢出",
)
def far(subject: Subject) -> Figure:
    if isinstance(subject.record, Simplex):
        return unclaimed("sums over a vector of such numbers overflow", "对此类数的向量求和会溢出")
    for params in subject.settings:
        for dtype in _DTYPES:
            for failure in _overflows(subject, params, _far(subject, dtype)):
                record = subject.record
                if record.kernel or (isinstance(record, Gated) and record.gate.kernel):
                    return unclaimed("torch's kernel overflows on the way", "torch 的内核在计算中途溢出")
                raise AssertionError(failure)
    return OK


def _overflows(subject: Subject, params: dict[str, Any], x: Tensor) -> Iterator[str]:
    """What is NaN, or infinite where double precision says that the exact number is not too large."""
    wide = _with_slope(subject, params, x.double())
    for order, (got, true) in enumerate(zip(_with_slope(subject, params, x), wide, strict=True)):
        bad = got.isnan() | (got.isinf() & (true.abs() < torch.finfo(x.dtype).max / 2))
        at = x[bad].tolist() if x.shape == bad.shape else ["?"] * int(bad.sum())
        yield from (
            f"{subject.name} with {params} in {x.dtype} has {('value', 'slope')[order]} {number} at x = {place}"
            for number, place in zip(got[bad].tolist(), at, strict=True)
        )


def _with_slope(subject: Subject, params: dict[str, Any], x: Tensor) -> tuple[Tensor, Tensor]:
    x = x.detach().requires_grad_()
    y = subject.record(x, **params)
    return y.detach(), torch.autograd.grad(y.sum(), x)[0]


def _far(subject: Subject, dtype: torch.dtype) -> Tensor:
    """Numbers of both signs, beyond 1e4 as far as the largest; for a gated unit, all pairs of them."""
    top = torch.finfo(dtype).max
    powers = (10.0**k for k in range(5, 309, 12 if dtype == torch.float64 else 3))
    sizes = [*(power for power in powers if power < top / 8), top / 8, top / 4, top / 2, top * 0.9]
    numbers = torch.tensor(sizes + [-size for size in sizes], dtype=dtype)
    if isinstance(subject.record, Gated):
        numbers = torch.cartesian_prod(numbers, numbers)
    return numbers.reshape(-1, 2, 1, 1)


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
