"""An implicit representation: a network from coordinates to values."""

from __future__ import annotations

from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import HENDRYCKS_2016, SITZMANN_2020, TANCIK_2020
from nonlin.base.language import Text

_INPUTS = """line = torch.linspace(-1, 1, 24)
x = torch.cartesian_prod(line, line)
features = torch.sin(8 * torch.stack([x[:, 0], x[:, 1], x.sum(dim=1)], dim=1))"""
_INIT = """with torch.no_grad():
    for position, layer in enumerate(model.layers):
        fan_in = layer.weight.shape[1]
        bound = 1 / fan_in if position == 0 else (6 / fan_in) ** 0.5 / 30
        layer.weight.uniform_(-bound, bound)"""


def _model(plan: Plan) -> str:
    return f"""class Model(nn.Module):
    def __init__(self):
        super().__init__()
        widths = [2, 64, 64, 64]
        layers = [nn.Linear(a, b) for a, b in zip(widths, widths[1:])]
        self.layers = nn.ModuleList(layers)
        self.head = nn.Linear(64, {plan.units})

    def forward(self, x):
        for layer in self.layers:
            x = torch.sin(30 * layer(x))
        return {plan.output.format(z="self.head(x)")}


model = Model()"""


NETWORK = Network(
    title=Text("an implicit representation (coordinates to values)", "隐式表示（从坐标到数值）"),
    aliases=("siren", "inr", "coordinate", "nerf"),
    hidden=Choice(
        "sin",
        Text("sine: sin(30 x)", "正弦：sin(30 x)"),
        claim(
            "holds high frequencies and all derivatives of the signal, which ReLU smooths away",
            "能表示高频细节和信号的各阶导数，而 ReLU 会把它们抹平",
            SITZMANN_2020,
        ),
        params={"omega": 30.0},
    ),
    init=claim(
        "first layer uniform within 1 / fan_in, the others within sqrt(6 / fan_in) / 30 of zero; coordinates in [-1, 1]",
        "第一层在 ±1 / fan_in 内均匀，其余在 ±sqrt(6 / fan_in) / 30 内均匀；坐标缩放到 [-1, 1]",
        SITZMANN_2020,
    ),
    alternatives=(
        option(
            ("random Fourier features, then ReLU", "先做随机傅里叶特征，再用 ReLU"),
            "as sharp, with ordinary layers; the width of the frequencies must be chosen",
            "同样清晰，且用普通层；但频率范围要自己选",
            TANCIK_2020,
        ),
        option(
            ("GELU or SiLU", "GELU 或 SiLU"),
            "smooth signals alone; no special initialisation",
            "只适合平滑信号；不需要特殊初始化",
            HENDRYCKS_2016,
        ),
    ),
    avoid=(
        claim(
            "sine with an ordinary initialisation: the network does not train",
            "正弦不要配普通初始化：网络训练不起来",
            SITZMANN_2020,
        ),
        claim(
            "ReLU on bare coordinates where derivatives matter: its second derivative is zero everywhere",
            "需要导数时不要直接对坐标用 ReLU：它的二阶导数处处为零",
            SITZMANN_2020,
        ),
    ),
    tasks=("binary", "image-signed", "image-unit", "regression"),
    code=NetworkCode(inputs=lambda _: _INPUTS, model=_model, init=lambda _: _INIT),
)
