"""The callbacks in real trainers: they check the step that runs, change none of its numbers, and leave torch as it was."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

import nonlin
from nonlin.base.errors import NonlinError
from nonlin.checker.step import StepRecorder
from zoo import declare_operators

# Both trainers warn of how few workers, checkpoints and loggers a small run has.
pytestmark = [pytest.mark.zoo, pytest.mark.filterwarnings("ignore")]


class Classifier(nn.Module):
    """A model in the words of both trainers, with a mistake: "softmax" (NL201), "detach" (NL602), or it raises."""

    def __init__(self, mistake: str) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.body = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout())
        self.head = nn.Linear(8, 3)
        self.mistake = mistake

    def forward(self, x: torch.Tensor, labels: torch.Tensor) -> dict[str, torch.Tensor]:
        hidden = self.body(x)
        if self.mistake == "raises":
            raise ValueError("as asked")
        if self.mistake == "detach":
            hidden = hidden.detach()
        scores = self.head(hidden)
        if self.mistake == "softmax":
            scores = scores.softmax(1)
        return {"loss": nn.functional.cross_entropy(scores, labels), "logits": scores}


Train = Callable[..., int]


def rows() -> list[dict[str, torch.Tensor]]:
    generator = torch.Generator().manual_seed(0)
    return [{"x": torch.randn(4, generator=generator), "labels": torch.tensor(n % 3)} for n in range(12)]


def fit(module: Any, folder: Path, callbacks: Sequence[Any]) -> int:
    import lightning.pytorch as lightning

    trainer = lightning.Trainer(
        max_epochs=1,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        default_root_dir=folder,
        callbacks=[*callbacks],
    )
    trainer.fit(module, torch.utils.data.DataLoader(rows(), batch_size=4))
    return trainer.global_step


def by_lightning(model: Classifier, folder: Path, *callbacks: Any) -> int:
    import lightning.pytorch as lightning

    class Module(lightning.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def training_step(self, batch: dict[str, torch.Tensor], _: int) -> torch.Tensor:
            loss = self.model(**batch)["loss"]
            self.log("loss", loss)
            return loss

        def configure_optimizers(self) -> torch.optim.Optimizer:
            return torch.optim.SGD(self.parameters(), lr=0.1)

    return fit(Module(), folder, callbacks)


def by_transformers(model: Classifier, folder: Path, *callbacks: Any, own_step: bool = False) -> int:
    import transformers

    class Own(transformers.Trainer):
        def training_step(self, model: nn.Module, inputs: dict[str, torch.Tensor], *_: Any) -> torch.Tensor:
            loss = model(**inputs)["loss"]
            loss.backward()
            return loss.detach()

    arguments = transformers.TrainingArguments(
        output_dir=str(folder),
        num_train_epochs=1,
        per_device_train_batch_size=4,
        use_cpu=True,
        report_to=[],
        save_strategy="no",
        disable_tqdm=True,
    )
    kind = Own if own_step else transformers.Trainer
    trainer = kind(model, arguments, train_dataset=rows(), callbacks=[*callbacks])
    trainer.train()
    return trainer.state.global_step


@pytest.fixture(params=["lightning", "transformers"])
def trainer(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Any, Train]:
    """(NonlinCallback, how many steps a training with these callbacks takes)."""
    declare_operators()  # of torchvision, which both import where it is installed
    pytest.importorskip("lightning" if request.param == "lightning" else "accelerate")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NONLIN_LANG", "en")
    if request.param == "lightning":
        from nonlin.integrations.lightning import NonlinCallback
    else:
        from nonlin.integrations.transformers import NonlinCallback
    train = by_lightning if request.param == "lightning" else by_transformers

    def steps(model: Classifier, *callbacks: Any) -> int:
        torch.manual_seed(0)
        return train(model, tmp_path, *callbacks)

    return NonlinCallback, steps


def test_the_first_step_is_reported_once_and_stays_the_same(
    trainer: tuple[Any, Train], capsys: pytest.CaptureFixture[str]
) -> None:
    callback_class, steps = trainer
    callback, watched, plain = callback_class(), Classifier("softmax"), Classifier("softmax")

    assert steps(watched, callback) == steps(plain) == 3

    (finding,) = callback.report
    source = Path(__file__).read_text("utf-8").splitlines()
    assert (finding.rule, finding.site.path) == ("NL201", __file__)
    assert source[finding.site.line - 1].strip() == "scores = scores.softmax(1)"
    assert capsys.readouterr().out.count("error NL201") == 1
    assert all(torch.equal(a, b) for a, b in zip(watched.parameters(), plain.parameters(), strict=True))


def test_the_optimiser_of_the_trainer_is_seen(trainer: tuple[Any, Train]) -> None:
    callback_class, steps = trainer
    callback = callback_class()

    steps(Classifier("detach"), callback)

    (finding,) = callback.report
    assert (finding.rule, finding.evidence["parameters_without_gradient"]) == ("NL602", 2)


def test_findings_end_the_training_where_that_is_asked(
    trainer: tuple[Any, Train], capsys: pytest.CaptureFixture[str]
) -> None:
    callback_class, steps = trainer

    assert steps(Classifier("softmax"), callback_class(on_finding="stop")) == 1
    assert steps(Classifier("softmax"), callback_class(on_finding="stop", ignore=["NL2"])) == 3
    assert steps(Classifier("softmax"), callback_class(on_finding="raise", fail_on="never")) == 3
    with pytest.raises(NonlinError, match="the first training step has findings: NL201;"):
        steps(Classifier("softmax"), callback_class(on_finding="raise"))
    assert capsys.readouterr().out.count("error NL201") == 3


def test_a_training_under_nonlin_check_is_recorded_by_that_alone(trainer: tuple[Any, Train]) -> None:
    callback_class, steps = trainer
    callback, outer = callback_class(on_finding="raise"), StepRecorder()

    with outer.attached():
        steps(Classifier("softmax"), callback)

    assert callback.report is None
    assert [op.kind for op in outer.graph.of("softmax")] == ["softmax"]


def test_a_step_that_fails_leaves_torch_as_it_was(trainer: tuple[Any, Train]) -> None:
    callback_class, steps = trainer
    callback = callback_class()
    entries = nn.Module.__call__, torch.autograd.backward

    with pytest.raises(ValueError, match="as asked"):
        steps(Classifier("raises"), callback)

    assert callback.report is None
    assert (nn.Module.__call__, torch.autograd.backward) == entries
    assert nonlin.check(nn.Linear(2, 2), torch.randn(3, 2)).ok
    assert steps(Classifier("softmax"), callback) == 3  # the next try is checked
    assert callback.report is not None


def test_a_training_that_fails_before_its_first_step_says_why(
    trainer: tuple[Any, Train], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(torch.utils.data.Dataset):
        def __len__(self) -> int:
            return 12

        def __getitem__(self, _: int) -> dict[str, torch.Tensor]:
            raise ValueError("no data today")

    callback_class, steps = trainer
    monkeypatch.setitem(globals(), "rows", Broken)

    with pytest.raises(ValueError, match="no data today"):
        steps(Classifier("softmax"), callback_class())


@pytest.mark.parametrize("name", ["lightning", "transformers"])
def test_a_trainer_that_is_missing_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("lightning", "lightning.pytorch", "pytorch_lightning", "transformers"):
        monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, f"nonlin.integrations.{name}", raising=False)

    with pytest.raises(NonlinError, match=f"needs {name}; install it with: pip install {name}$"):
        importlib.import_module(f"nonlin.integrations.{name}")


@pytest.mark.parametrize("given", [{"on_finding": "shout"}, {"fail_on": "mistake"}, {"select": ["NL999"]}])
def test_a_mistyped_argument_is_refused_before_the_training(
    trainer: tuple[Any, Train], given: dict[str, Any]
) -> None:
    with pytest.raises(NonlinError, match=r"unknown .*(shout|mistake|NL999)"):
        trainer[0](**given)


def test_a_trainer_with_a_step_of_its_own_is_said_not_to_be_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    declare_operators()
    pytest.importorskip("accelerate")
    import transformers

    from nonlin.integrations.transformers import NonlinCallback

    monkeypatch.setenv("NONLIN_LANG", "en")
    callback, step = NonlinCallback(), transformers.Trainer.training_step

    assert by_transformers(Classifier("softmax"), tmp_path, callback, own_step=True) == 3

    assert capsys.readouterr().out.count("not checked: this trainer has a training_step of its own") == 1
    assert callback.report is None
    assert transformers.Trainer.training_step is step


def test_each_backward_pass_of_a_step_is_an_objective(tmp_path: Path) -> None:
    declare_operators()
    lightning = pytest.importorskip("lightning.pytorch")
    from nonlin.integrations.lightning import NonlinCallback

    class Adversaries(lightning.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.automatic_optimization = False
            self.generator, self.critic = nn.Linear(2, 4), nn.Linear(4, 1)

        def training_step(self, batch: dict[str, torch.Tensor], number: int) -> None:
            if number == 0:
                return  # nothing is trained on the first batch
            generator, critic = self.optimizers()
            made = self.generator(torch.randn(len(batch["x"]), 2))
            critic.zero_grad()
            self.manual_backward(nn.functional.softplus(self.critic(made.detach())).mean())
            critic.step()
            generator.zero_grad()
            self.manual_backward(nn.functional.softplus(-self.critic(made)).mean())
            generator.step()

        def configure_optimizers(self) -> list[torch.optim.Optimizer]:
            return [torch.optim.SGD(part.parameters(), lr=0.1) for part in (self.generator, self.critic)]

    callback = NonlinCallback()

    fit(Adversaries(), tmp_path, [callback])

    assert (callback.report.ok, callback.report.summary["objectives"]) == (True, 2)
