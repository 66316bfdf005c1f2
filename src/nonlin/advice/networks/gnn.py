"""A graph network."""

from __future__ import annotations

from nonlin.advice.networks._code import fan_in, model, stack
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import GLOROT_2010, HE_2015, KIPF_2016, VELICKOVIC_2017, XU_2018
from nonlin.base.language import Text

_INPUTS = """x = torch.randn(128, 16)
features = x[:, :3]
edges = (torch.rand(128, 128) < 0.01).float()
edges = ((edges + edges.T) > 0).float().fill_diagonal_(1.0)
degrees = edges.sum(dim=1)
adjacency = edges / (degrees[:, None] * degrees[None, :]).sqrt()"""
_LAYER = """class GraphLayer(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)
        self.register_buffer("adjacency", adjacency)

    def forward(self, x):
        return self.adjacency @ self.linear(x)


"""


def _model(plan: Plan) -> str:
    layers = ["GraphLayer(16, 32)", plan.hidden, "GraphLayer(32, 32)", plan.hidden]
    return model(
        stack(layers),
        f"nn.Linear(32, {plan.units})",
        plan.output.format(z="self.head(self.body(x))"),
        before=_LAYER,
    )


NETWORK = Network(
    title=Text("a graph network (message passing)", "图网络（消息传递）"),
    aliases=("gcn", "gin", "gat", "graph"),
    hidden=Choice(
        "relu",
        Text("ReLU after each aggregation", "每次聚合之后用 ReLU"),
        claim(
            "as in GCN and GIN; the activation stands between two rounds of messages, else two rounds are one "
            "linear map of the graph",
            "与 GCN、GIN 一致；激活位于两轮消息之间，否则两轮合起来仍只是图上的一个线性映射",
            KIPF_2016,
            XU_2018,
        ),
    ),
    init=claim(
        "normal with std = {gain} / sqrt(fan_in); Glorot is what GCN was published with",
        "正态分布，标准差 = {gain} / sqrt(fan_in)；GCN 论文用的是 Glorot 初始化",
        HE_2015,
        GLOROT_2010,
    ),
    alternatives=(
        option(
            ("ELU, with LeakyReLU(0.2) on the attention scores", "ELU，注意力分数上用 LeakyReLU(0.2)"),
            "the published choice for graph attention",
            "图注意力网络论文的选择",
            VELICKOVIC_2017,
        ),
        option(
            ("a perceptron of two layers inside each round", "每一轮内部用两层感知机"),
            "tells more graphs apart; more weights, and batch normalisation helps",
            "能区分更多的图；权重更多，配合批归一化更好",
            XU_2018,
        ),
    ),
    avoid=(
        claim(
            "mean or maximum as the aggregation where counts of neighbours matter: the sum alone keeps them",
            "邻居数量有意义时，不要用均值或最大值聚合：只有求和能保留数量",
            XU_2018,
        ),
    ),
    task="multi-class",
    code=NetworkCode(inputs=lambda _: _INPUTS, model=_model, init=lambda plan: fan_in(plan.gain)),
)
