"""Inputs that are special: NaN, infinities, whole and complex numbers, and half precision under autocast."""

from __future__ import annotations

import math

import torch

from nonlin.base.errors import NonlinError
from nonlin.catalogue import Activation, Simplex
from nonlin.testing.agree import agree
from nonlin.testing.check import OK, Figure, check, unclaimed
from nonlin.testing.subject import Subject

_DTYPES = (torch.float64, torch.float32, torch.bfloat16, torch.float16)


@check("NaN goes in, NaN comes out", "输入 NaN，输出 NaN")
def nan(subject: Subject) -> Figure:
    for dtype in _DTYPES:
        x = subject.sample(dtype)
        x[0, 0, 0, 0] = math.nan
        x.requires_grad_()
        y = subject.record(x, **subject.plain)
        touched = y[0, :, 0, 0] if isinstance(subject.record, Simplex) else y[0, 0, 0, 0]
        if not torch.autograd.grad(y.sum(), x)[0].any() and not touched.isnan().any():
            return unclaimed("its outputs are choices, with slope zero", "其输出为离散选择，斜率为零")
        assert touched.isnan().any(), f"{subject.name} in {dtype}: {touched.tolist()}"
    return OK


@check("at infinity the limit comes out", "在无穷处得到极限值")
def infinity(subject: Subject) -> Figure:
    record = subject.record
    if not isinstance(record, Activation):
        return unclaimed("several inputs have no single limit", "多个输入没有唯一的极限")
    undefined = False
    for params in subject.settings:
        shape = record.shape_of(**params)
        for dtype in _DTYPES:
            x = torch.tensor([-math.inf, math.inf], dtype=dtype)
            limits = torch.tensor([shape.left, shape.right], dtype=dtype)
            y = record(x, **params)
            if limits.isnan().any():
                return unclaimed("it has no limit there", "它在该处没有极限")
            known = ~y.isnan()
            undefined |= not known.all()
            assert torch.allclose(y[known], limits[known], rtol=2 * torch.finfo(dtype).eps, atol=1e-37), (
                f"{subject.name} with {params} in {dtype}: {y.tolist()} at -inf and inf, not {limits.tolist()}"
            )
    return (
        unclaimed(
            "infinity times zero is NaN, as in torch's gelu and silu",
            "无穷乘零得 NaN，与 torch 的 gelu、silu 相同",
        )
        if undefined
        else OK
    )


@check(
    "complex and whole numbers are refused by a NonlinError, unless torch takes them",
    "复数与整数由 NonlinError 拒绝，除非 torch 接受",
)
def refused(subject: Subject) -> Figure:
    taken = [dtype for dtype in (torch.complex64, torch.int64, torch.bool) if not _refuses(subject, dtype)]
    if torch.complex64 in taken:
        return unclaimed("torch's functions in it take complex numbers", "其中的 torch 函数接受复数")
    return OK


def _refuses(subject: Subject, dtype: torch.dtype) -> bool:
    try:
        subject.record(subject.sample().to(dtype), **subject.plain)
    except NonlinError as error:
        if str(dtype).removeprefix("torch.") not in str(error):
            raise AssertionError(f"{subject.name}: {dtype} is refused by {error}") from error
        return True
    return False


@check(
    "under autocast outputs have the input's dtype, or that which autocast chooses for torch's kernel",
    "autocast 下输出类型同输入；torch 自身的内核由 autocast 决定",
)
def autocast(subject: Subject) -> Figure:
    for low in (torch.bfloat16, torch.float16):
        for dtype in (torch.float32, low):
            x = subject.sample(dtype).requires_grad_()
            with torch.autocast("cpu", low):
                y = subject.record(x, **subject.plain)
            (gradient,) = torch.autograd.grad(y.sum(), x)
            assert y.dtype in ((dtype, low, torch.float32) if subject.record.kernel else (dtype,)), (
                f"{subject.name}: {dtype} in, {y.dtype} out"
            )
            assert gradient.isfinite().all()
            agree(subject, y, subject.record(x.to(y.dtype), **subject.plain))
    return OK
