"""Vectors whose distance means likeness."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import CHEN_2020, DOCS_TRIPLET, KHOSLA_2020, OORD_2018, SCHROFF_2015
from nonlin.base.language import Text

TASK = Task(
    title=Text(
        "vectors whose distance means likeness: faces, retrieval", "以距离表示相似度的向量：人脸、检索"
    ),
    aliases=("embeddings", "metric-learning", "contrastive", "retrieval", "similarity"),
    output=Choice(
        None,
        Text("none: the vector divided by its length", "不加激活：向量除以自身长度"),
        claim(
            "on the sphere a dot product is a cosine; every direction must be reachable",
            "在球面上内积就是余弦；每个方向都应能取到",
            SCHROFF_2015,
            CHEN_2020,
        ),
    ),
    loss=Choice(
        None,
        Text(
            "cross entropy over cosine similarities / 0.1 (contrastive)",
            "对 余弦相似度 / 0.1 取交叉熵（对比损失）",
        ),
        claim(
            "a softmax over the batch tells each item's partners from all others",
            "在整个批次上做 softmax，把每个样本的同伴与其余样本区分开",
            OORD_2018,
            KHOSLA_2020,
        ),
    ),
    scaling=claim(
        "labels, or pairs of views of one item; the temperature sets how close counts as close",
        "标签，或同一对象的成对视图；温度决定多近才算近",
        CHEN_2020,
    ),
    bias=claim("zero", "零", CHEN_2020),
    alternatives=(
        option(
            ("nn.TripletMarginLoss", "nn.TripletMarginLoss"),
            "works with few samples at once; hard triplets must be sought",
            "一次只需少量样本；但要挑选困难三元组",
            SCHROFF_2015,
            DOCS_TRIPLET,
        ),
        option(
            (
                "a small projection with ReLU that is dropped after training",
                "训练后丢弃的小投影头（含 ReLU）",
            ),
            "the layer before it makes better features",
            "它之前那一层的特征更好",
            CHEN_2020,
        ),
    ),
    avoid=(
        claim(
            "ReLU on the last layer: all vectors lie in one corner, and no cosine is below zero",
            "最后一层不要用 ReLU：所有向量挤在一个卦限里，余弦不会小于零",
            SCHROFF_2015,
        ),
        claim(
            "cosines without a temperature: between -1 and 1 the softmax stays nearly even",
            "余弦不要不除以温度：在 -1 与 1 之间 softmax 几乎是均匀的",
            CHEN_2020,
        ),
    ),
    code=TaskCode(
        data="y = features.argmax(dim=1)",
        units="8",
        criterion="""def criterion(output, y):
    vectors = F.normalize(output, dim=1)
    itself = torch.eye(len(y), dtype=torch.bool)
    similarity = (vectors @ vectors.T / 0.1).masked_fill(itself, -10000.0)
    partners = (y[:, None] == y[None, :]) & ~itself
    return -similarity.log_softmax(dim=1)[partners].mean()

""",
        predict="prediction = F.normalize(output, dim=1)",
    ),
)
