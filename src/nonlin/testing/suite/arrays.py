"""Tensors of every kind: empty, without dimensions, not contiguous, batched, without data."""

from __future__ import annotations

import torch
from torch import Tensor
from torch._subclasses.fake_tensor import FakeTensorMode

from nonlin.base.errors import NonlinError
from nonlin.testing.agree import agree
from nonlin.testing.check import OK, Figure, check, lacks, unclaimed
from nonlin.testing.subject import SHAPE, Subject


@check("an empty batch gives an empty output, and its backward runs", "空批次得到空输出，反向传播可运行")
def empty(subject: Subject) -> Figure:
    x = torch.zeros(0, *SHAPE[1:], requires_grad=True)
    y = subject.record(x, **subject.plain)
    y.sum().backward()
    assert y.shape == (0, *subject.record(subject.sample(), **subject.plain).shape[1:])
    assert x.grad is not None
    return OK


@check(
    "a tensor without dimensions is taken, with the value that it has in a vector",
    "接受零维张量，取值与在向量中相同",
)
def zero_dim(subject: Subject) -> Figure:
    params = {**subject.plain, "dim": -1} if "dim" in subject.plain else subject.plain
    x = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    try:
        y = subject.record(x, **params)
    except NonlinError:
        return unclaimed("it needs a dimension, and an error says so", "它需要一个维度，否则报错说明")
    y.backward()
    assert y.shape == ()
    agree(subject, y, subject.record(x.reshape(1), **params).reshape(()))
    return OK


@check(
    "transposed, strided, expanded and channels-last inputs give what contiguous ones give",
    "转置、跨步、扩展及 channels_last 的输入与连续输入结果一致",
)
def strided(subject: Subject) -> Figure:
    x = subject.sample()
    views = (
        x.transpose(2, 3),
        x.repeat_interleave(2, 3)[..., ::2],
        x[:1].expand(3, -1, -1, -1),
        x.to(memory_format=torch.channels_last),
    )
    for view in views:
        one, other = view.detach().requires_grad_(), view.detach().contiguous().requires_grad_()
        y, wanted = subject.record(one, **subject.plain), subject.record(other, **subject.plain)
        agree(subject, y, wanted)
        agree(
            subject, *(torch.autograd.grad(f.sum(), x)[0] for f, x in ((y, one), (wanted, other))), slope=True
        )
    return OK


@check("vmap over a batch gives what a loop gives, backward too", "对批次 vmap 与逐个计算一致，反向亦然")
def vmap(subject: Subject) -> Figure:
    x = torch.stack([subject.sample(), -subject.sample()]).requires_grad_()

    def f(one: Tensor) -> Tensor:
        return subject.record(one, **subject.plain)

    try:
        y = torch.func.vmap(f)(x)
    except RuntimeError as error:
        return lacks(subject, error)
    wanted = torch.stack([f(one) for one in x])
    agree(subject, y, wanted)
    agree(subject, *(torch.autograd.grad(f.sum(), x)[0] for f in (y, wanted)), slope=True)
    return OK


@check(
    "meta and fake tensors have the shape, dtype and strides of real ones",
    "meta 与 fake 张量的形状、类型、步长与真实张量一致",
)
def fake(subject: Subject) -> Figure:
    for dtype in (torch.float32, torch.bfloat16):
        x = subject.sample(dtype)
        real = subject.record(x, **subject.plain)
        mode = FakeTensorMode()
        with mode:
            faked = subject.record(mode.from_tensor(x), **subject.plain)
        for other in (faked, subject.record(x.to("meta"), **subject.plain)):
            assert (other.shape, other.dtype) == (real.shape, real.dtype)
            assert other.stride() == real.stride()
    return OK
