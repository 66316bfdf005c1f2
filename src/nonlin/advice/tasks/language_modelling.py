"""The next token."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import DOCS_CROSS_ENTROPY, GEMMA_2024, KARPATHY_2019, PRESS_2016, RADFORD_2019
from nonlin.base.language import Text

TASK = Task(
    title=Text("the next token of a text", "文本的下一个词元"),
    aliases=("language-modeling", "lm", "next-token", "causal-lm", "tokens"),
    output=Choice(
        None,
        Text("none: one logit for each token of the vocabulary", "不加激活：词表中每个词元一个 logit"),
        claim("the loss holds log-softmax", "损失内部含 log-softmax", DOCS_CROSS_ENTROPY),
    ),
    loss=Choice(
        "CrossEntropyLoss",
        Text(
            "F.cross_entropy(logits.flatten(0, 1), tokens.flatten())",
            "F.cross_entropy(logits.flatten(0, 1), tokens.flatten())",
        ),
        claim(
            "the likelihood of the text; its exponential is the perplexity",
            "文本的似然；取指数即为困惑度",
            RADFORD_2019,
            DOCS_CROSS_ENTROPY,
        ),
    ),
    scaling=claim(
        "the tokens moved by one: inputs text[:, :-1], targets text[:, 1:]; padding as ignore_index=-100",
        "错开一位：输入 text[:, :-1]，目标 text[:, 1:]；填充处用 ignore_index=-100",
        DOCS_CROSS_ENTROPY,
        RADFORD_2019,
    ),
    bias=claim(
        "log of each token's share, or no bias at all where the head shares the embedding's weights; "
        "the first loss is then at most log(vocabulary)",
        "各词元占比的对数；若输出层与嵌入共享权重则不用偏置；这样初始损失至多为 log(词表大小)",
        KARPATHY_2019,
        PRESS_2016,
    ),
    alternatives=(
        option(
            ("head.weight = embedding.weight", "head.weight = embedding.weight"),
            "saves a large matrix, often better in small models",
            "省去一个大矩阵，小模型中往往更好",
            PRESS_2016,
        ),
        option(
            ("softcap: 30 * tanh(logits / 30)", "softcap：30 * tanh(logits / 30)"),
            "bounds the logits in large models; a little slower",
            "大模型中限制 logits 的大小；略慢",
            GEMMA_2024,
        ),
    ),
    avoid=(
        claim(
            "softmax before the loss, or over the time axis",
            "损失之前不要做 softmax，更不要沿时间维做",
            DOCS_CROSS_ENTROPY,
            rule="NL201",
        ),
        claim(
            "logits (batch, time, vocabulary) as they are: CrossEntropyLoss takes axis 1 for the classes",
            "不要直接传入 (batch, time, vocabulary)：CrossEntropyLoss 把第 1 维当作类别",
            DOCS_CROSS_ENTROPY,
        ),
    ),
    layout="sequence",
    code=TaskCode(
        data="y = text[:, 1:]",
        units="vocabulary",
        bias="""counts = torch.bincount(y.flatten(), minlength=vocabulary) + 1
model.head.bias.copy_((counts / counts.sum()).log())""",
        criterion="""def criterion(output, y):
    return F.cross_entropy(output.flatten(0, 1), y.flatten())

""",
        predict="prediction = output[:, -1].argmax(dim=1)",
    ),
)
