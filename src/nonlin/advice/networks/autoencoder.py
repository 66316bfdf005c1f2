"""An autoencoder."""

from __future__ import annotations

from nonlin.advice.networks._code import fan_in, model
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import HE_2015, HINTON_2006, KINGMA_2013
from nonlin.base.language import Text


def _model(plan: Plan) -> str:
    body = f"""        self.encoder = nn.Sequential(
            nn.Linear(x.shape[1], 64),
            {plan.hidden},
            nn.Linear(64, 4),
        )
        self.decoder = nn.Sequential(
            nn.Linear(4, 64),
            {plan.hidden},
        )"""
    return model(
        body, f"nn.Linear(64, {plan.units})", plan.output.format(z="self.head(self.decoder(self.encoder(x)))")
    )


NETWORK = Network(
    title=Text("an autoencoder (code and reconstruction)", "自编码器（编码与重建）"),
    aliases=("ae",),
    hidden=Choice(
        "relu",
        Text(
            "ReLU; none on the code; on the output what the data ask for",
            "ReLU；编码层不加；输出层由数据决定",
        ),
        claim(
            "a code without activation can use the whole line; the decoder's next layer bends it again",
            "编码层不加激活才能用到整条数轴；解码器的下一层会再作非线性变换",
            HINTON_2006,
        ),
    ),
    init=claim(
        "normal with std = {gain} / sqrt(fan_in)",
        "正态分布，标准差 = {gain} / sqrt(fan_in)",
        HE_2015,
    ),
    alternatives=(
        option(
            ("a variational code (network vae)", "变分编码（网络类型 vae）"),
            "a code that can be sampled; blurrier reconstructions",
            "编码可以采样；重建更模糊",
            KINGMA_2013,
        ),
    ),
    avoid=(
        claim(
            "ReLU on the code: units die, and half of every axis is lost",
            "不要在编码层用 ReLU：单元会失活，每个坐标轴也会丢掉一半",
            HINTON_2006,
        ),
        claim(
            "an output activation whose range does not hold the data: sigmoid on standardised inputs",
            "输出激活的值域不能容不下数据：例如标准化后的输入配 sigmoid",
            HINTON_2006,
            rule="NL210",
        ),
    ),
    task="image-unit",
    tasks=("image-signed", "image-unit", "multi-label", "regression"),
    code=NetworkCode(
        inputs=lambda _: "features = torch.randn(256, 4) @ torch.randn(4, 16) / 2",
        late_inputs="x = y",
        model=_model,
        init=lambda plan: fan_in(plan.gain),
    ),
)
