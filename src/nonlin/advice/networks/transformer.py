"""A transformer."""

from __future__ import annotations

from nonlin.advice.networks._code import TOKENS, model
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import (
    DEVLIN_2018,
    HENDRYCKS_2016,
    RADFORD_2019,
    SHAZEER_2020,
    TOUVRON_2023,
    VASWANI_2017,
    XIONG_2020,
)
from nonlin.base.language import Text


def _inputs(plan: Plan) -> str:
    if plan.layout == "sequence":
        return TOKENS
    return "x = torch.randn(128, 12, 8)\nfeatures = 12**0.5 * x.mean(dim=1)[:, :3]"


def _model(plan: Plan) -> str:
    tokens = plan.layout == "sequence"
    embed = "nn.Embedding(vocabulary, 32)" if tokens else "nn.Linear(8, 32)"
    body = f"""        self.embed = {embed}
        self.positions = nn.Parameter(0.02 * torch.randn(12, 32))
        block = nn.TransformerEncoderLayer(
            32,
            nhead=4,
            dim_feedforward=64,
            dropout=0.0,
            activation="gelu",
            batch_first=True,
            norm_first=True,
        )
        self.body = nn.TransformerEncoder(
            block, 2, norm=nn.LayerNorm(32), enable_nested_tensor=False
        )"""
    if tokens:
        body += "\n        mask = nn.Transformer.generate_square_subsequent_mask(12)"
        body += '\n        self.register_buffer("mask", mask)'
    states = "self.body(x, mask=self.mask)" if tokens else "self.body(x).mean(dim=1)"
    first = "x = self.embed(x) + self.positions"
    output = plan.output.format(z=f"self.head({states})")
    return model(body, f"nn.Linear(32, {plan.units})", output, first=first)


_INIT = """for name, weight in model.named_parameters():
    if weight.dim() > 1:
        ends_branch = name.endswith(("out_proj.weight", "linear2.weight"))
        nn.init.normal_(weight, std=0.02 / 4**0.5 if ends_branch else 0.02)"""


NETWORK = Network(
    title=Text("a transformer (attention)", "Transformer（注意力网络）"),
    aliases=("attention", "bert", "gpt", "vit"),
    hidden=Choice(
        "gelu",
        Text("GELU in the feed-forward layers", "前馈层用 GELU"),
        claim(
            "what BERT, GPT-2 and ViT use; smooth, with a small negative part that keeps units alive",
            "BERT、GPT-2 和 ViT 都用它；平滑，带一小段负值，单元不易失活",
            HENDRYCKS_2016,
            DEVLIN_2018,
        ),
    ),
    init=claim(
        "normal with std 0.02; the layer that ends each residual branch divided by sqrt(2 x blocks); "
        "normalise before each branch (pre-norm)",
        "正态分布，标准差 0.02；每个残差分支的最后一层再除以 sqrt(2 x 块数)；在每个分支之前归一化（pre-norm）",
        RADFORD_2019,
        XIONG_2020,
    ),
    alternatives=(
        option(
            ("SwiGLU or GEGLU", "SwiGLU 或 GEGLU"),
            "lower loss at equal size; a third matrix, so take 2/3 of the inner width",
            "同等规模下损失更低；多一个矩阵，因此内层宽度取 2/3",
            SHAZEER_2020,
            TOUVRON_2023,
        ),
        option(
            ("GELU in its tanh form", "GELU 的 tanh 近似"),
            "only to load weights that were trained with it (GPT-2): the two forms differ by up to 0.0005",
            "只在加载用它训练的权重（如 GPT-2）时使用：两种形式最多相差 0.0005",
            HENDRYCKS_2016,
            RADFORD_2019,
        ),
    ),
    avoid=(
        claim(
            "an activation on queries, keys or values, or on the sum of a residual branch",
            "不要给查询、键、值或残差之和加激活",
            VASWANI_2017,
        ),
    ),
    layouts=("rows", "sequence"),
    task="language-modelling",
    code=NetworkCode(inputs=_inputs, model=_model, init=lambda _: _INIT),
)
