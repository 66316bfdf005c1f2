"""The fewest bytes that must be kept for exact gradients, if no matrix product and no random draw is repeated.

Every tensor that backward needs is kept, or made again from others that are kept: from a node's inputs follow its
outputs, unless the node is a matrix product. The cheapest set to keep is a minimum cut between the products and what
backward needs (as in the partitioner of torch.compile, which cuts a traced graph; here it is autograd's own). Parameters
and what was there before the step cost nothing, a dropout mask one bit for each element, other masks, indices and
statistics nothing: a true lower bound.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection

import networkx as nx
from torch import Tensor

from nonlin.leaning.estimate import nodes_of, saved_by

_PRODUCT = re.compile(r"(mm|mv|dot|Convolution|Attention\w*|linear|Rnn\w*)Backward\d*$", re.IGNORECASE)
_SOURCE, _SINK = "source", "sink"


def least_bytes(loss: Tensor, given: Collection[Tensor] = ()) -> int:
    """The lower bound for the graph of a loss, in bytes.

    Args:
        loss: the outcome of a forward pass, its graph not yet freed.
        given: tensors that were there before the pass, such as inputs and buffers.
    """
    there = {tensor.untyped_storage().data_ptr() for tensor in given}
    graph, masks = nx.DiGraph(), {}
    for node in nodes_of(loss):
        product = bool(_PRODUCT.search(node.name()))
        for k, out in enumerate(node._input_metadata):
            size = math.prod(out.shape) * out.dtype.itemsize
            graph.add_edge((node, k), (node, k, "kept"), capacity=size)
            if product:
                graph.add_edge(_SOURCE, (node, k))
            for source, j in node.next_functions if not product else ():
                if source is not None and not hasattr(source, "variable"):
                    graph.add_edge((source, j, "kept"), (node, k))
        for tensor in saved_by(node):
            if tensor.grad_fn is not None:
                graph.add_edge((tensor.grad_fn, tensor.output_nr, "kept"), _SINK)
            elif tensor.untyped_storage().data_ptr() not in there and _random(tensor):
                masks[tensor.untyped_storage().data_ptr()] = math.ceil(tensor.numel() / 8)
    cut = 0
    if _SOURCE in graph and _SINK in graph:
        cut = nx.minimum_cut_value(graph, _SOURCE, _SINK)
    return int(cut) + sum(masks.values())


def _random(tensor: Tensor) -> bool:
    """Whether a tensor that needs no gradient is a dropout mask: zeros and one number above 1."""
    if not tensor.is_floating_point() or tensor.numel() < 2:
        return False
    top = tensor.max()
    return bool(top > 1) and bool(((tensor == 0) | (tensor == top)).all())
