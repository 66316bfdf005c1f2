"""A gated recurrent network."""

from __future__ import annotations

from nonlin.advice.networks._code import model, series
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import DOCS_LSTM, GERS_2000, JOZEFOWICZ_2015, SAXE_2013
from nonlin.base.language import Text


def _model(plan: Plan) -> str:
    tokens = plan.layout == "sequence"
    body = "        self.body = nn.LSTM(8, 32, batch_first=True)"
    if tokens:
        body = f"        self.embed = nn.Embedding(vocabulary, 8)\n{body}"
    states = "self.body(self.embed(x))[0]" if tokens else "self.body(x)[0][:, -1]"
    return model(body, f"nn.Linear(32, {plan.units})", plan.output.format(z=f"self.head({states})"))


_INIT = """nn.init.xavier_uniform_(model.body.weight_ih_l0)
nn.init.orthogonal_(model.body.weight_hh_l0)
nn.init.zeros_(model.body.bias_ih_l0)
nn.init.zeros_(model.body.bias_hh_l0)
with torch.no_grad():
    model.body.bias_ih_l0[32:64] = 1.0"""


NETWORK = Network(
    title=Text("an LSTM or GRU", "LSTM 或 GRU"),
    aliases=("gru", "gated-rnn"),
    hidden=Choice(
        "tanh",
        Text(
            "Tanh for the states and sigmoid for the gates, as built in",
            "状态用 Tanh、门用 sigmoid，即内置形式",
        ),
        claim(
            "a gate is a share in [0, 1]; nn.LSTM and nn.GRU fix both, and only so does cuDNN run them in one kernel",
            "门是 [0, 1] 内的比例；nn.LSTM 和 nn.GRU 把二者固定，cuDNN 也只有这样才能用一个算子完成",
            DOCS_LSTM,
            GERS_2000,
        ),
    ),
    init=claim(
        "forget bias 1 (the second quarter of the LSTM's bias; set it in one of PyTorch's two biases only), "
        "recurrent matrix orthogonal, input matrix Glorot",
        "遗忘门偏置为 1（LSTM 偏置的第二个四分之一；PyTorch 有两个偏置，只设其中一个），"
        "循环矩阵正交，输入矩阵 Glorot",
        JOZEFOWICZ_2015,
        SAXE_2013,
    ),
    alternatives=(
        option(
            ("GRU", "GRU"),
            "a quarter fewer weights and about as good; no separate memory cell",
            "权重少四分之一，效果相近；没有独立的记忆单元",
            JOZEFOWICZ_2015,
        ),
    ),
    avoid=(
        claim(
            "an activation on the hidden state that comes out: it is a product of a gate and a tanh already",
            "不要再给输出的隐藏状态加激活：它已经是门与 tanh 的乘积",
            DOCS_LSTM,
            rule="NL401",
        ),
        claim(
            "ReLU or none in a gate: the cell is scaled by it at every step and explodes",
            "门不要用 ReLU 或不加激活：记忆单元每一步都乘以门，会爆炸",
            GERS_2000,
        ),
    ),
    layouts=("rows", "sequence"),
    code=NetworkCode(inputs=series, model=_model, init=lambda _: _INIT),
)
