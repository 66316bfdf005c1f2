"""A residual convolutional network."""

from __future__ import annotations

from nonlin.advice.networks._code import fan_in, images, model, stack
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import GOYAL_2017, HE_2015, HE_2016, HE_RESNET_2015, HENDRYCKS_2016
from nonlin.base.language import Text


def _block(plan: Plan) -> str:
    conv = "nn.Conv2d(16, 16, 3, padding=1" + (", bias=False)" if plan.batch_norm else ")")
    norm = ["nn.BatchNorm2d(16)"] if plan.batch_norm else []
    inner = "\n".join(f"            {line}," for line in [conv, *norm, plan.hidden, conv, *norm])
    return f"""class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.branch = nn.Sequential(
{inner}
        )
        self.act = {plan.hidden}

    def forward(self, x):
        return self.act(x + self.branch(x))


"""


def _model(plan: Plan) -> str:
    norm = ["nn.BatchNorm2d(16)"] if plan.batch_norm else []
    stem = "nn.Conv2d(3, 16, 3, padding=1" + (", bias=False)" if plan.batch_norm else ")")
    whole = plan.layout == "map"
    body = "self.body(x)" if whole else "self.body(x).mean(dim=(2, 3))"
    head = f"nn.Conv2d(16, {plan.units}, 1)" if whole else f"nn.Linear(16, {plan.units})"
    layers = stack([stem, *norm, plan.hidden, "Block()", "Block()"])
    return model(layers, head, plan.output.format(z=f"self.head({body})"), before=_block(plan))


def _init(plan: Plan) -> str:
    zero = """for block in model.body:
    if isinstance(block, Block):
        nn.init.zeros_(block.branch[-1].weight)"""
    return f"{fan_in(plan.gain, '(nn.Conv2d, nn.Linear)')}\n{zero}"


NETWORK = Network(
    title=Text("a residual convolutional network", "残差卷积网络"),
    aliases=("residual", "resnext"),
    hidden=Choice(
        "relu",
        Text("ReLU inside each branch and after each sum", "ReLU：放在每个分支内部和每次相加之后"),
        claim(
            "the published block; the last layer of a branch has no activation, so that it can add and subtract",
            "这就是论文中的残差块；分支最后一层不加激活，才能既加又减",
            HE_RESNET_2015,
        ),
    ),
    init=claim(
        "normal with std = {gain} / sqrt(fan_in); the last layer of each branch (its normalisation's weight, if there "
        "is one) zero, so that every block begins as the identity",
        "正态分布，标准差 = {gain} / sqrt(fan_in)；每个分支的最后一层（若有归一化，则为其权重）置零，"
        "使每个块一开始就是恒等映射",
        HE_2015,
        GOYAL_2017,
    ),
    alternatives=(
        option(
            ("pre-activation: norm, ReLU, convolution", "预激活：归一化、ReLU、卷积"),
            "nothing stands on the sum, so that very deep networks train; needs a last norm and ReLU before the head",
            "相加之后不再有任何运算，极深的网络也能训练；输出层之前需要补一次归一化和 ReLU",
            HE_2016,
        ),
        option(
            ("GELU, one for each block", "GELU，每块一个"),
            "what newer designs use; slower than ReLU",
            "较新的结构采用；比 ReLU 慢",
            HENDRYCKS_2016,
        ),
    ),
    avoid=(
        claim(
            "an activation at the end of the branch before the sum: with ReLU the signal could only grow",
            "不要在相加之前给分支末尾加激活：若为 ReLU，信号只会增大",
            HE_2016,
        ),
    ),
    layouts=("rows", "map"),
    task="multi-class",
    switches={"batch_norm": True},
    code=NetworkCode(inputs=images, model=_model, init=_init),
)
