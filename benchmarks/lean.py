"""What `nonlin.lean` saves on unmodified models, beside the other ways to hold less for the backward pass.

python benchmarks/lean.py [NAMES...] [--rounds 5] [--threads 1] [--compile]

The ways: lean as it is by default; torch.utils.checkpoint around each block; the same, but keeping what matrix
products, convolutions and attention give; with --compile torch.compile, without and with a budget of half the memory.
"held" is what torch's allocator counts between the start and the end of the forward pass, "peak" the most that it
counts in a step, both as a part of eager's. The bound is what no exact way can go below without repeating a matrix
product (`bound.py`). All ways run in turn in each round; a time is the lowest CPU time of the rounds. "same" says that
the loss and all gradients of one seeded step agree with eager's to the last bit.
Models need `pip install timm transformers`.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

os.environ.setdefault("KINETO_LOG_LEVEL", "5")  # the profiler tells when it starts

import torch
from bound import least_bytes
from torch import Tensor, nn
from torch._functorch import config as functorch
from torch._inductor.compile_fx import compile_fx
from torch.utils.checkpoint import checkpoint, create_selective_checkpoint_contexts

import nonlin

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from zoo import declare_operators

aten = torch.ops.aten
PRODUCTS = [
    aten.mm.default, aten.bmm.default, aten.addmm.default, aten.convolution.default,
    aten._scaled_dot_product_flash_attention_for_cpu.default, aten._scaled_dot_product_flash_attention.default,
    aten._scaled_dot_product_efficient_attention.default, aten._scaled_dot_product_cudnn_attention.default,
]  # fmt: skip
Made = tuple[nn.Module, dict[str, Any]]
Context = Callable[[], AbstractContextManager[Any]]


def language(kind: str, **sizes: Any) -> Callable[[], Made]:
    """A transformers model with its loss, on 4 sequences of 256 tokens."""

    def make() -> Made:
        import transformers

        config = transformers.AutoConfig.for_model(kind, vocab_size=1000, use_cache=False, **sizes)
        tokens = torch.randint(0, 1000, (4, 256))
        model = transformers.AutoModelForCausalLM.from_config(config)
        return model, {"input_ids": tokens, "labels": tokens}

    return make


def vision(name: str, pictures: int = 4) -> Callable[[], Made]:
    """A timm model on pictures of 224 x 224."""

    def make() -> Made:
        import timm

        model = timm.create_model(name)
        return model, {"x": torch.randn(pictures, 3, 224, 224)}

    return make


# Name -> how to make it, and the class of its blocks.
MODELS: dict[str, tuple[Callable[[], Made], str]] = {
    "gpt2": (language("gpt2", n_embd=512, n_layer=4, n_head=8, bos_token_id=0, eos_token_id=0), "GPT2Block"),
    "llama": (
        language(
            "llama", hidden_size=512, intermediate_size=1376, num_hidden_layers=4, num_attention_heads=8
        ),
        "LlamaDecoderLayer",
    ),
    "vit": (vision("vit_small_patch16_224"), "Block"),
    "convnext": (vision("convnext_tiny"), "ConvNeXtBlock"),
    "resnet50": (vision("resnet50", 8), "Bottleneck"),
    "mobilenetv3": (vision("mobilenetv3_large_100", 16), "InvertedResidual"),
}


@contextmanager
def checkpointed(model: nn.Module, kind: str, **options: Any) -> Iterator[None]:
    """Each block runs under torch.utils.checkpoint."""
    blocks = [module for module in model.modules() if type(module).__name__ == kind]
    for block in blocks:
        block.forward = partial(checkpoint, block.forward, use_reentrant=False, **options)
    try:
        yield
    finally:
        for block in blocks:
            del block.forward


def compiled(model: nn.Module, budget: float) -> Context:
    """The model runs compiled; it is compiled once."""

    # A backend for each budget: torch.compile would take the code that it made for another.
    def backend(graph: Any, inputs: Any) -> Any:
        with functorch.patch(activation_memory_budget=budget):
            return compile_fx(graph, inputs)

    call = torch.compile(model._call_impl, backend=backend)

    @contextmanager
    def context() -> Iterator[None]:
        model._compiled_call_impl = call
        try:
            yield
        finally:
            model._compiled_call_impl = None

    return context


def ways_of(model: nn.Module, kind: str, *, compiling: bool) -> dict[str, Context]:
    """Name -> the context in which the forward pass runs."""
    ways: dict[str, Context] = {
        "eager": nullcontext,
        "lean": nonlin.lean,
        "checkpoint": partial(checkpointed, model, kind),
        "selective": partial(
            checkpointed, model, kind, context_fn=partial(create_selective_checkpoint_contexts, PRODUCTS)
        ),
    }
    if compiling:
        ways |= {"compile": compiled(model, 1.0), "budget 0.5": compiled(model, 0.5)}
    return ways


def loss_of(model: nn.Module, inputs: dict[str, Any], context: Context) -> Tensor:
    """The loss, with the context around the forward pass."""
    torch.manual_seed(1)
    with context():
        out = model(**inputs)
        loss: Tensor = out.loss if hasattr(out, "loss") else out.square().mean()
    return loss


def memory(model: nn.Module, inputs: dict[str, Any], context: Context) -> tuple[int, int]:
    """Bytes that the forward pass leaves allocated, and the most that are allocated at once in a step.

    Those of the gradients are there before, and not counted.
    """

    def changes(*, backward: bool) -> list[int]:
        with torch.profiler.profile(profile_memory=True) as profiled:
            loss = loss_of(model, inputs, context)
            if backward:
                loss.backward()
        del loss
        events = [e for e in profiled.profiler.kineto_results.events() if e.name() == "[memory]"]
        return [event.nbytes() for event in sorted(events, key=lambda event: event.start_ns())]

    return sum(changes(backward=False)), max(accumulate(changes(backward=True)))


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


def measure(name: str, rounds: int, *, compiling: bool) -> None:
    """Print the rows of one model."""
    make, kind = MODELS[name]
    torch.manual_seed(0)
    model, inputs = make()
    model.train()
    ways = ways_of(model, kind, compiling=compiling)
    steps, fails = {}, {}
    for way, context in ways.items():
        try:
            steps[way] = gradients(model, inputs, context)
        except RuntimeError as error:  # noqa: PERF203 - selective checkpointing refuses what is changed in place
            fails[way] = str(error).partition("\n")[0]
    sizes = {way: memory(model, inputs, ways[way]) for way in steps}
    bound = least_bytes(loss_of(model, inputs, nullcontext), [*model.buffers(), *inputs.values()])
    took: dict[str, list[float]] = {way: [] for way in steps}
    for _ in range(rounds):
        for way in steps:
            start = time.process_time()
            loss_of(model, inputs, ways[way]).backward()
            took[way].append(time.process_time() - start)
    held, peak = sizes["eager"]
    print(
        f"{name}: eager holds {held / 2**20:.1f} MiB, peak {peak / 2**20:.1f} MiB, {min(took['eager']):.2f} s"
    )
    print(f"  {'bound':12}{bound / held:7.3f}")
    for way, found in steps.items():
        same = all(map(torch.equal, found, steps["eager"]))
        print(
            f"  {way:12}{sizes[way][0] / held:7.3f}{sizes[way][0] / bound:8.3f}{sizes[way][1] / peak:8.3f}"
            f"{min(took[way]) / min(took['eager']):8.2f}  {same}"
        )
    for way, why in fails.items():
        print(f"  {way:12}fails: {why}")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", choices=[[], *MODELS], help="models; all without")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--compile", action="store_true", help="also torch.compile, which takes minutes")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    declare_operators()
    print(f"torch {torch.__version__}, float32, {options.threads} thread(s), load {os.getloadavg()[0]:.1f}")
    print(f"  {'':12}{'held':>7}{'/bound':>8}{'peak':>8}{'step':>8}  same")
    for name in options.names or MODELS:
        measure(name, options.rounds, compiling=options.compile)
    return 0


if __name__ == "__main__":
    sys.exit(main())
