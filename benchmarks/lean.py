"""What `nonlin.lean` saves on unmodified models: bytes held for the backward pass and the time of a step, beside eager.

python benchmarks/lean.py [NAMES...] [--rounds 5] [--threads 1]

The bytes held are what torch's allocator counts between the start and the end of the forward pass. Both ways run in
turn in each round; a time is the lowest CPU time of the rounds. "same" says that the loss and all gradients of one
seeded step agree to the last bit. Models need `pip install timm transformers`.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

import nonlin

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from zoo import declare_operators

Made = tuple[nn.Module, dict[str, Any]]
Context = Callable[[], AbstractContextManager[Any]]


def language(kind: str, **sizes: Any) -> Callable[[], Made]:
    """A transformers model with its loss, on 4 sequences of 256 tokens."""

    def make() -> Made:
        import transformers

        config = transformers.AutoConfig.for_model(kind, vocab_size=1000, **sizes)
        maker = transformers.AutoModelForMaskedLM if kind == "bert" else transformers.AutoModelForCausalLM
        tokens = torch.randint(0, 1000, (4, 256))
        return maker.from_config(config), {"input_ids": tokens, "labels": tokens}

    return make


def vision(name: str) -> Callable[[], Made]:
    """A timm model on 4 pictures."""

    def make() -> Made:
        import timm

        model = timm.create_model(name)
        size = 224 if "vit" in name else 160
        return model, {"x": torch.randn(4, 3, size, size)}

    return make


MODELS = {
    "gpt2": language("gpt2", n_embd=256, n_layer=4, n_head=4, bos_token_id=0, eos_token_id=0),
    "llama": language(
        "llama", hidden_size=256, intermediate_size=688, num_hidden_layers=4, num_attention_heads=4
    ),
    "bert": language(
        "bert", hidden_size=256, intermediate_size=1024, num_hidden_layers=4, num_attention_heads=4
    ),
    "vit": vision("vit_tiny_patch16_224"),
    "convnext": vision("convnext_tiny"),
    "resnet50": vision("resnet50"),
    "mobilenetv3": vision("mobilenetv3_large_100"),
}


def loss_of(model: nn.Module, inputs: dict[str, Any], context: Context) -> Tensor:
    """The loss, with the context around the forward pass."""
    torch.manual_seed(1)
    with context():
        out = model(**inputs)
        loss: Tensor = out.loss if hasattr(out, "loss") else out.square().mean()
    return loss


def held(model: nn.Module, inputs: dict[str, Any], context: Context) -> int:
    """Bytes that the forward pass leaves allocated."""
    with torch.profiler.profile(profile_memory=True) as profiled:
        loss = loss_of(model, inputs, context)
    del loss
    return sum(event.self_cpu_memory_usage for event in profiled.events())


def gradients(model: nn.Module, inputs: dict[str, Any], context: Context) -> list[Tensor]:
    """Loss and gradients of one step; batch norm's statistics are put back."""
    before = {name: b.clone() for name, b in model.named_buffers()}
    model.zero_grad()
    loss = loss_of(model, inputs, context)
    loss.backward()
    found = [loss.detach(), *(p.grad.clone() for p in model.parameters() if p.grad is not None)]
    for name, buffer in model.named_buffers():
        buffer.copy_(before[name])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", choices=[[], *MODELS], help="models; all without")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    declare_operators()
    ways: dict[str, Context] = {
        "eager": nullcontext,
        "lean": lambda: nonlin.lean(min_bytes=1 << 18),
    }
    print(f"torch {torch.__version__}, float32, {options.threads} thread(s), load {os.getloadavg()[0]:.1f}")
    print(f"{'model':14}{'eager MiB':>10}{'lean MiB':>10}{'ratio':>7}{'step':>7}  same")
    for name in options.names or MODELS:
        torch.manual_seed(0)
        model, inputs = MODELS[name]()
        model.train()
        steps = {way: gradients(model, inputs, context) for way, context in ways.items()}
        same = all(map(torch.equal, *steps.values()))
        size = {way: held(model, inputs, context) for way, context in ways.items()}
        took: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(options.rounds):
            for way, context in ways.items():
                start = time.process_time()
                loss_of(model, inputs, context).backward()
                took[way].append(time.process_time() - start)
        print(
            f"{name:14}{size['eager'] / 2**20:10.1f}{size['lean'] / 2**20:10.1f}"
            f"{size['lean'] / size['eager']:7.3f}{min(took['lean']) / min(took['eager']):7.2f}  {same}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
