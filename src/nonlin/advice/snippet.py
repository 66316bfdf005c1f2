"""A program that runs: data, model, initialisation, loss, training and prediction, from a task and a network."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping

from torch import nn

from nonlin.advice.record import Choice, Network, Plan, Switch, Task
from nonlin.base.language import Language, Text
from nonlin.catalogue import get
from nonlin.facts.moments import gain

_DATA = Text(
    "Put your data here. In this example the targets follow from the inputs.",
    "换成你自己的数据；本例的目标由输入生成。",
)
_WEIGHTS = Text("Initialise: hidden layers{gain}, then output.", "初始化：先隐藏层{gain}，后输出层。")
_GAIN = Text(" (gain {gain} of {module})", "（{module} 的增益为 {gain}）")
_LOSS = Text("What is trained.", "损失与训练。")
_PREDICT = Text("Predict.", "预测。")
_BEFORE_DEFINITION = re.compile(r"\n\n+((?:# .*\n)?(?:class|def) )")
_LOOP = """optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
for step in range(61):
    loss = {loss}
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 20 == 0:
        print(f"step {{step}}: loss {{loss.item():.4f}}")"""


def plan(task: Task, network: Network, switches: Mapping[Switch, bool]) -> Plan:
    """What the network's code must know; a layout that the network lacks becomes rows."""
    return Plan(
        units=task.code.units,
        output=task.code.output,
        layout=task.layout if task.layout in network.layouts else "rows",
        hidden=module_of(network.hidden),
        gain="" if (value := gain_of(network.hidden)) is None else f"{value:.6g}",
        batch_norm=switches.get("batch_norm", False),
        residual=switches.get("residual", False),
    )


def module_of(hidden: Choice) -> str:
    """The activation as a module: `nn.LeakyReLU(0.2)`, or one of `nonlin.nn` where torch has none."""
    if hidden.name is None:
        return ""
    name = get(hidden.name).class_name
    home = "nn" if hasattr(nn, name) else "nonlin.nn"
    return f"{home}.{name}({', '.join(f'{value:g}' for value in hidden.params.values())})"


def gain_of(hidden: Choice) -> float | None:
    """The gain of the hidden activation; None where the catalogue does not hold it."""
    return None if hidden.name is None else gain(hidden.name, **hidden.params)


def snippet(task: Task, network: Network, switches: Mapping[Switch, bool], language: Language) -> str:
    """The program, with its comments in one language."""
    made = plan(task, network, switches)
    code = network.code

    def comment(words: Text) -> str:
        return f"# {words.to(language)}"

    init = code.init(made)
    used = made.gain and made.gain in init
    said = _GAIN.to(language).format(gain=made.gain, module=made.hidden) if used else ""
    bias = "with torch.no_grad():\n" + textwrap.indent(task.code.bias, "    ") if task.code.bias else ""
    blocks = [
        ["import torch", "from torch import nn", "from torch.nn import functional as F"],
        ["torch.manual_seed(0)"],
        [comment(_DATA), code.inputs(made), task.code.data, code.late_inputs],
        [code.model(made)],
        [comment(_WEIGHTS).format(gain=said), init, "nn.init.normal_(model.head.weight, std=0.01)"],
        [bias or "nn.init.zeros_(model.head.bias)"],
        [comment(_LOSS), code.steps or f"{task.code.criterion}\n{_LOOP.format(loss=code.loss)}"],
        [
            comment(_PREDICT),
            "model.eval()",
            "with torch.no_grad():",
            "    output = model(x)",
            task.code.predict,
        ],
        ['print("predicted:", prediction.flatten()[:4])'],
    ]
    text = "\n\n".join("\n".join(part.strip("\n") for part in block if part) for block in blocks) + "\n"
    text = _BEFORE_DEFINITION.sub(r"\n\n\n\1", text)
    # Only some of the programs need the functions.
    return text if "F." in text else text.replace("from torch.nn import functional as F\n", "")
