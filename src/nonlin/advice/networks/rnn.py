"""A simple recurrent network."""

from __future__ import annotations

from nonlin.advice.networks._code import model, series
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import GLOROT_2010, JOZEFOWICZ_2015, LE_2015, SAXE_2013
from nonlin.base.language import Text


def _model(plan: Plan) -> str:
    tokens = plan.layout == "sequence"
    body = '        self.body = nn.RNN(8, 32, nonlinearity="tanh", batch_first=True)'
    if tokens:
        body = f"        self.embed = nn.Embedding(vocabulary, 8)\n{body}"
    states = "self.body(self.embed(x))[0]" if tokens else "self.body(x)[0][:, -1]"
    return model(body, f"nn.Linear(32, {plan.units})", plan.output.format(z=f"self.head({states})"))


def _init(plan: Plan) -> str:
    return f"""nn.init.normal_(model.body.weight_ih_l0, std={plan.gain} / 8**0.5)
nn.init.orthogonal_(model.body.weight_hh_l0)
nn.init.zeros_(model.body.bias_ih_l0)
nn.init.zeros_(model.body.bias_hh_l0)"""


NETWORK = Network(
    title=Text("a simple recurrent network", "简单循环网络"),
    aliases=("elman",),
    hidden=Choice(
        "tanh",
        Text("Tanh", "Tanh"),
        claim(
            "bounded and zero-centred: the same matrix acts at every step, and an unbounded state could explode",
            "有界且以零为中心：同一矩阵在每一步都作用，无界的状态可能爆炸",
            GLOROT_2010,
            LE_2015,
        ),
    ),
    init=claim(
        "recurrent matrix orthogonal (its eigenvalues have modulus 1), input matrix with std = {gain} / sqrt(inputs)",
        "循环矩阵用正交初始化（特征值模为 1），输入矩阵标准差 = {gain} / sqrt(输入维数)",
        SAXE_2013,
    ),
    alternatives=(
        option(
            ("LSTM or GRU (network lstm)", "LSTM 或 GRU（网络类型 lstm）"),
            "remember over many steps; three to four times the weights",
            "能记住更多步；权重是三到四倍",
            JOZEFOWICZ_2015,
        ),
        option(
            ("ReLU with the identity as recurrent matrix", "ReLU，循环矩阵初始化为单位矩阵"),
            "remembers for long; explodes easily, so clip the gradient",
            "记忆长；但容易爆炸，需要裁剪梯度",
            LE_2015,
        ),
    ),
    avoid=(
        claim(
            "ReLU with a random recurrent matrix: the state grows or dies with the length of the sequence",
            "不要把 ReLU 与随机循环矩阵搭配：状态会随序列变长而膨胀或消失",
            LE_2015,
        ),
    ),
    layouts=("rows", "sequence"),
    code=NetworkCode(inputs=series, model=_model, init=_init),
)
