"""On published architectures lean loses no bit, and holds no more than eager does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from scripts import guarded
from test_lean import lean, same
from zoo import TIMM, TRANSFORMERS, timm_model, transformers_model

# Sizes that every configuration of TRANSFORMERS reads some of: a step takes a fraction of a second.
SMALL = {
    **dict.fromkeys(("hidden_size", "n_embd", "d_model", "dim", "embedding_size"), 64),
    **dict.fromkeys(("intermediate_size", "d_ff", "hidden_dim", "encoder_ffn_dim", "decoder_ffn_dim"), 128),
    **dict.fromkeys(("num_attention_heads", "n_head", "num_heads", "n_heads"), 4),
    **dict.fromkeys(("encoder_attention_heads", "decoder_attention_heads", "num_key_value_heads"), 4),
    **dict.fromkeys(("bos_token_id", "eos_token_id", "pad_token_id"), 0),
    "d_kv": 16,
    "vocab_size": 200,
}
SIDE = 64
"""Pixels of a picture; levit_128 takes no other than its own."""
SETTINGS = {
    "mixer_s32_224": {"img_size": SIDE},
    "swin_tiny_patch4_window7_224": {"img_size": SIDE},
    "vgg11_bn": {"mlp_ratio": 0.05},
    "vit_small_patch16_224": {"img_size": SIDE},
    "xcit_tiny_12_p16_224": {"img_size": SIDE},
}
ZOO = [
    *((timm_model, name, SETTINGS.get(name, {})) for name in TIMM),
    *((transformers_model, name, SMALL) for name in TRANSFORMERS),
]


def forward(model: nn.Module, inputs: Any, context: Callable[..., Any]) -> Tensor:
    torch.manual_seed(1)
    with context():
        out = model(**inputs) if isinstance(inputs, dict) else model(inputs)
        return out.loss if hasattr(out, "loss") else out.square().mean()


def step(model: nn.Module, inputs: Any, context: Callable[..., Any]) -> tuple[int, list[Tensor]]:
    """The bytes that the forward pass left allocated; loss, gradients and buffers. The model stays as it was."""
    before = {name: buffer.clone() for name, buffer in model.named_buffers()}
    model.zero_grad()
    with torch.profiler.profile(profile_memory=True) as profiled:
        loss = forward(model, inputs, context)
    held = sum(event.self_cpu_memory_usage for event in profiled.events())
    loss.backward()
    found = [loss.detach(), *(p.grad for p in model.parameters() if p.grad is not None)]
    found += [buffer.clone() for buffer in model.buffers()]
    with torch.no_grad():
        for name, buffer in model.named_buffers():
            buffer.copy_(before[name])
    return held, found


@pytest.mark.zoo
@pytest.mark.parametrize(("build", "name", "settings"), ZOO, ids=[name for _, name, _ in ZOO])
def test_a_published_architecture_keeps_its_bits(build: Any, name: str, settings: dict[str, Any]) -> None:
    with guarded():
        torch.manual_seed(0)
        model, inputs = build(name, train=True, device="cpu", **settings)
        if build is timm_model and name != "levit_128":
            inputs = inputs[..., :SIDE, :SIDE].contiguous()
        held, ours = step(model, inputs, lean)
        eager, theirs = step(model, inputs, nullcontext)

    assert torch.isfinite(theirs[0])
    assert same(ours, theirs)
    assert held < eager
