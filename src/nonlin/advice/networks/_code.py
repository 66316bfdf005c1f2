"""Pieces of the programs that several kinds of network share."""

from __future__ import annotations

from nonlin.advice.record import Plan

TOKENS = """vocabulary = 20
start = torch.randint(vocabulary, (64, 1))
text = (start + 3 * torch.arange(13)) % vocabulary
x = text[:, :-1]"""


def images(plan: Plan) -> str:
    """Small images, and what of them the targets follow from: their channels' means, or each pixel."""
    features = "x" if plan.layout == "map" else "16 * x.mean(dim=(2, 3))"
    return f"x = torch.randn(64, 3, 16, 16)\nfeatures = {features}"


def rows(width: int) -> str:
    """A table of numbers; the targets follow from its first columns."""
    return f"x = torch.randn(256, {width})\nfeatures = x[:, :3]"


def series(plan: Plan) -> str:
    """Short time series, or tokens."""
    return TOKENS if plan.layout == "sequence" else "x = torch.randn(128, 12, 8)\nfeatures = x[:, -1, :3]"


def stack(lines: list[str]) -> str:
    """`self.body` as a sequence of layers, inside a constructor."""
    inner = "\n".join(f"            {line}," for line in lines)
    return f"        self.body = nn.Sequential(\n{inner}\n        )"


def model(body: str, head: str, output: str, *, before: str = "", first: str = "") -> str:
    """A class with a body and a head, and one of it.

    Args:
        body: what the constructor does before it makes the head.
        head: the last linear layer.
        output: the value that `forward` returns.
        before: definitions that the class needs.
        first: a line that `forward` begins with.
    """
    begin = f"        {first}\n" if first else ""
    return f"""{before}class Model(nn.Module):
    def __init__(self):
        super().__init__()
{body}
        self.head = {head}

    def forward(self, x):
{begin}        return {output}


model = Model()"""


def fan_in(gain: str, layers: str = "nn.Linear") -> str:
    """Weights with standard deviation gain / sqrt(fan_in), and no bias."""
    return f"""def initialise(module):
    if isinstance(module, {layers}):
        fan_in = module.weight[0].numel()
        nn.init.normal_(module.weight, std={gain} / fan_in**0.5)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


model.apply(initialise)"""
