"""The task is inferred from targets with evidence, from arrays and from files, and what says nothing is refused."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
import torch

from nonlin import cli
from nonlin.advice import advise, shelf
from nonlin.advice.files import read
from nonlin.advice.targets import infer
from nonlin.base.errors import NonlinError
from nonlin.base.language import LANGUAGES

RANDOM = np.random.default_rng(0)
NORMAL = RANDOM.normal(size=(400, 3))
CLASSES = RANDOM.integers(0, 10, 400)
SHARES = np.exp(NORMAL) / np.exp(NORMAL).sum(axis=1, keepdims=True)
ANGLES = RANDOM.uniform(-math.pi, math.pi, 2000)
IMAGES = RANDOM.uniform(size=(20, 3, 8, 8))

CASES = {
    "real numbers": (NORMAL[:, 0], "regression"),
    "one column of a table": (NORMAL[:, :1], "regression"),
    "several real columns": (NORMAL, "regression"),
    "narrow and far from zero": (170 + 5 * NORMAL[:, 0], "regression"),
    "negative whole numbers": (RANDOM.integers(-9, 9, 400), "regression"),
    "log-normal": (np.exp(2 * NORMAL[:, 0]), "positive"),
    "prices in whole units": (RANDOM.integers(90_000, 900_000, 400), "positive"),
    "amounts with zeros": (np.maximum(NORMAL[:, 0], 0), "nonnegative"),
    "shares": (RANDOM.beta(2, 5, 400), "bounded"),
    "correlations": (np.tanh(2 * NORMAL[:, 0]), "bounded"),
    "several shares": (RANDOM.beta(2, 5, (400, 2)), "bounded"),
    "Poisson": (RANDOM.poisson(4, 2000), "counts"),
    "Poisson as floats": (RANDOM.poisson(4, 2000).astype(np.float32), "counts"),
    "gamma-Poisson": (RANDOM.negative_binomial(1, 0.1, 2000), "negative-binomial"),
    "several counts": (RANDOM.poisson(40, (400, 3)), "counts"),
    "0 and 1": (CLASSES % 2, "binary"),
    "booleans": (CLASSES > 5, "binary"),
    "-1 and 1": (CLASSES % 2 * 2 - 1, "binary"),
    "1 and 2": (CLASSES % 2 + 1, "binary"),
    "two words": (np.where(CLASSES > 5, "good", "bad"), "binary"),
    "classes": (CLASSES, "multi-class"),
    "classes as floats": (CLASSES.astype(float), "multi-class"),
    "classes from 1": (CLASSES + 1, "multi-class"),
    "words": ([["cat", "dog", "owl"][c % 3] for c in CLASSES], "multi-class"),
    "one-hot": (np.eye(10)[CLASSES], "multi-class"),
    "labels": (NORMAL > 0.5, "multi-label"),
    "steps": ((CLASSES[:, None] > np.arange(9)).astype(int), "ordinal"),
    "probabilities": (SHARES, "soft-labels"),
    "angles": (ANGLES, "angle"),
    "angles from 0": (ANGLES + math.pi, "angle"),
    "cos and sin": (np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1), "angle"),
    "times and events": (np.stack([np.exp(NORMAL[:, 0]), CLASSES > 3], axis=1), "survival"),
    "8-bit images": ((255 * IMAGES).astype(np.uint8), "image-unit"),
    "images in [0, 255]": (255 * IMAGES, "image-unit"),
    "images in [0, 1]": (IMAGES, "image-unit"),
    "images in [-1, 1]": (2 * IMAGES - 1, "image-signed"),
    "maps of classes": (RANDOM.integers(0, 5, (20, 8, 8)), "segmentation"),
    "maps of real numbers": (RANDOM.normal(size=(20, 8, 8)), "regression"),
}


def doubts(given):
    return " ".join(text.en for text in infer(given).doubts)


def evidence(given):
    return " ".join(text.en for text in infer(given).evidence)


@pytest.mark.parametrize(("given", "task"), CASES.values(), ids=CASES)
class TestInference:
    def test_finds_the_task(self, given, task):
        assert infer(given).task == task

    def test_takes_tensors_and_lists(self, given, task):
        if np.asarray(given).dtype.kind not in "US":
            assert infer(torch.as_tensor(np.asarray(given))).task == task
        assert infer(np.asarray(given).tolist()).task == task or "uint8" in str(getattr(given, "dtype", ""))

    def test_gives_advice_in_both_languages_with_a_finite_bias(self, given, task):
        advice = advise(targets=given)

        assert all(map(math.isfinite, advice.bias_values))
        assert bool(advice.bias_values) == (shelf.tasks()[task].bias_of is not None)
        for language in LANGUAGES:
            said = json.loads(advice.to_json(language))["inferred"]
            assert all(said["evidence"])
            assert advice.targets.evidence[-1].to(language)[:12] in advice.render(language)

    def test_does_not_change_the_targets(self, given, task):
        before = np.array(given)

        assert infer(given).task == task
        assert (np.asarray(given) == before).all()


class TestDoubts:
    def test_whole_numbers_may_be_classes_counts_or_levels(self):
        assert "counts" in doubts(CLASSES)
        assert "ordinal" in doubts(CLASSES)
        assert "multi-class" in doubts(RANDOM.poisson(4, 2000))

    def test_numbers_that_occur_once_may_be_identifiers(self):
        assert "identifiers" in doubts(np.arange(100))

    def test_degrees_may_be_angles(self):
        assert "choose angle" in doubts(RANDOM.uniform(0, 360, 1000))
        assert "choose angle" in doubts(RANDOM.integers(-180, 181, 3000))
        assert "choose angle" not in doubts(RANDOM.uniform(0, 350, 1000))

    def test_outliers_are_named_with_their_figure(self):
        assert "excess kurtosis" in doubts(RANDOM.standard_cauchy(400))
        assert "excess kurtosis" not in doubts(NORMAL[:, 0])

    def test_few_rows_and_several_columns_are_named(self):
        assert "few rows" in doubts([1.5, 2.5, 9.5])
        assert "few rows" not in doubts(NORMAL[:, 0])
        assert "--column" in doubts(NORMAL)

    def test_rare_ones_are_named(self):
        assert "rare" in doubts(np.repeat([0, 1], [99, 1]))

    def test_classes_from_1_must_be_shifted(self):
        assert "subtract 1" in evidence(CLASSES + 1)
        assert infer(CLASSES + 1).values.min() == 0

    def test_codes_of_two_values_are_told(self):
        assert "code them as 0 (-1) and 1 (1)" in evidence(CLASSES % 2 * 2 - 1)

    @pytest.mark.parametrize("scale", [1e-300, 1e-30, 1e30, 1e300])
    def test_any_scale_is_taken(self, scale):
        assert infer(NORMAL[:, 0] * scale).task == "regression"
        assert infer(np.exp(2 * NORMAL[:, 0]) * scale).task in ("positive", "bounded")


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ([], "empty"),
        (np.empty((0, 3)), "empty"),
        (3.0, "empty"),
        ([3, 3, 3], "nothing to learn"),
        (["a", "a"], "nothing to learn"),
        ([1.0, math.nan, 2.0], "1 of the targets are NaN .* row 1"),
        ([[1.0, 2.0], [math.inf, 2.0]], "row 1"),
        ([[1, 2], [3]], "not one array"),
        ([1j, 2j], "complex"),
        (np.array(["2020-01-01", "2020-01-02"], dtype="datetime64[D]"), "datetime"),
        ([None, 1], "neither a number nor a label"),
        ([["a", "b"], ["b", "a"]], "one column"),
        ([f"name {i}" for i in range(50)], "names, not classes"),
    ],
    ids=str,
)
def test_targets_that_say_nothing_are_refused(given, hint):
    with pytest.raises(NonlinError, match=hint):
        infer(given)


class TestFiles:
    @pytest.mark.parametrize(
        ("text", "column", "expected"),
        [
            ("1\n2\n3\n", None, [[1], [2], [3]]),
            ("y\n1\n2\n", None, [[1], [2]]),
            ("\ufeffy\n1\n2\n", "y", [[1], [2]]),
            ("a,y\n1,2\n3,4\n", "y", [[2], [4]]),
            ("a;y\n1;2\n3;4\n", "1", [[2], [4]]),
            ("a\ty\n1\t2\n\n3\t4\n", None, [[1, 2], [3, 4]]),
            ("1 2\n3 4\n", None, [[1, 2], [3, 4]]),
            (",y\n0,5\n1,6\n", None, [[5], [6]]),
            ("id,y\nx,5\nz,6\n", "y", [[5], [6]]),
            ("kind\ncat\ndog\ncat\n", None, ["cat", "dog", "cat"]),
            ("cat\ndog\ncat\n", None, ["cat", "dog", "cat"]),
            ('name,kind\n"a, b",cat\nc,dog\n', "kind", ["cat", "dog"]),
        ],
    )
    def test_csv(self, text, column, expected, tmp_path):
        path = tmp_path / "targets.csv"
        path.write_text(text, encoding="utf-8")

        assert read(path, column).tolist() == expected

    @pytest.mark.parametrize(
        ("text", "column", "hint"),
        [
            ("", None, "empty"),
            ("\n \n", None, "empty"),
            ("y\n", None, "nothing to learn|no rows|names"),
            ("a,b\n", None, "no rows"),
            ("a,b\n1,2\n3\n", None, "line 3: 1 cells"),
            ("a,b\n1,2\n3,\n", None, "line 3, column b: there is no value"),
            ("a,b\n1,2\nx,4\n", None, "line 3, column a: 'x' is no number; .*--column: a, b"),
            ("price,size\n1,2\n", "prize", "did you mean price"),
            ("price,size\n1,2\n", "7", "unknown column"),
            ("y\n1\nnan\n", None, "NaN"),
        ],
    )
    def test_csv_that_cannot_be_used(self, text, column, hint, tmp_path):
        path = tmp_path / "targets.csv"
        path.write_text(text, encoding="utf-8")

        with pytest.raises(NonlinError, match=hint):
            infer(read(path, column))

    def test_npy_and_npz(self, tmp_path):
        np.save(tmp_path / "y.npy", NORMAL)
        np.savez(tmp_path / "y.npz", x=NORMAL, y=CLASSES)
        np.savez(tmp_path / "ab.npz", a=NORMAL, b=CLASSES)

        assert read(tmp_path / "y.npy").shape == (400, 3)
        assert (read(tmp_path / "y.npy", "2") == NORMAL[:, 2]).all()
        assert (read(tmp_path / "y.npz") == CLASSES).all()
        assert (read(tmp_path / "ab.npz", "b") == CLASSES).all()
        for file, column, hint in [
            ("ab.npz", None, "--column: a, b"),
            ("ab.npz", "c", "unknown array"),
            ("y.npy", "9", "unknown column"),
        ]:
            with pytest.raises(NonlinError, match=hint):
                read(tmp_path / file, column)

    def test_an_array_under_the_name_of_an_archive_is_told(self, tmp_path):
        with (tmp_path / "y.npz").open("wb") as file:
            np.save(file, CLASSES)

        with pytest.raises(NonlinError, match=r"called \.npy"):
            read(tmp_path / "y.npz")

    def test_objects_are_never_unpickled(self, tmp_path):
        np.save(tmp_path / "y.npy", np.array([print, None], dtype=object), allow_pickle=True)

        with pytest.raises(NonlinError, match="allow_pickle"):
            read(tmp_path / "y.npy")

    @pytest.mark.parametrize("suffix", ["npy", "npz", "csv"])
    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\xff\xfe\x00garbage"], ids=str)
    def test_broken_files_are_an_error(self, suffix, content, tmp_path):
        (tmp_path / f"y.{suffix}").write_bytes(content)

        with pytest.raises(NonlinError, match=r"y\."):
            infer(read(tmp_path / f"y.{suffix}"))

    def test_parquet(self, tmp_path):
        pyarrow = pytest.importorskip("pyarrow", reason="needs nonlin[parquet]")
        from pyarrow import parquet

        table = pyarrow.table({"name": ["a", "b", "a"], "y": [1.5, 2.5, 3.5]})
        parquet.write_table(table, tmp_path / "y.parquet")

        assert read(tmp_path / "y.parquet", "y").tolist() == [1.5, 2.5, 3.5]
        assert read(tmp_path / "y.parquet", "name").tolist() == ["a", "b", "a"]
        with pytest.raises(NonlinError, match="column name holds no numbers"):
            read(tmp_path / "y.parquet")

    def test_parquet_without_pyarrow_says_what_to_install(self, tmp_path, monkeypatch):
        monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
        (tmp_path / "y.parquet").write_bytes(b"PAR1")

        with pytest.raises(NonlinError, match=r"pip install 'nonlin\[parquet\]'"):
            read(tmp_path / "y.parquet")


class TestCommand:
    @pytest.fixture
    def file(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        rows = "\n".join(f"{i},{c},{'yes' if c > 5 else 'no'}" for i, c in enumerate(CLASSES))
        (tmp_path / "train.csv").write_text(f"id,digit,high\n{rows}\n", encoding="utf-8")
        return "train.csv"

    @pytest.mark.parametrize(("column", "task"), [("digit", "multi-class"), ("high", "binary")])
    def test_infers_from_a_column(self, file, column, task, capsys):
        assert cli.run(["advise", "--targets", file, "--column", column, "--format", "json"]) == 0

        assert json.loads(capsys.readouterr().out)["task"]["name"] == task

    def test_the_program_alone_can_be_run(self, file, capsys):
        assert cli.run(["advise", "--targets", file, "--column", "digit", "--snippet", "--lang", "zh"]) == 0

        said = capsys.readouterr().out
        assert said.startswith("import torch\n")
        compile(said, "model.py", "exec")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_without_arguments_it_lists_what_there_is(self, language, capsys):
        assert cli.run(["advise", "--lang", language]) == 0

        said = capsys.readouterr().out
        assert all(f"\n  {name} " in said for name in (*shelf.tasks(), *shelf.networks()))

    def test_lists_as_json(self, capsys):
        cli.run(["advise", "--format", "json"])

        said = json.loads(capsys.readouterr().out)
        assert [task["name"] for task in said["tasks"]] == [*shelf.tasks()]
        assert [network["name"] for network in said["networks"]] == [*shelf.networks()]

    @pytest.mark.parametrize(
        ("args", "hint"),
        [
            (["--task", "multiclas"], "did you mean"),
            (["--network", "nope", "--task", "binary"], "unknown network"),
            (["--targets", "no.csv"], "there is no file no.csv"),
            (["--targets", "train.csv", "--column", "digits"], "did you mean digit"),
            (["--targets", "train.csv"], "column high: 'no' is no number"),
            (["--column", "y"], "--targets"),
            (["--targets", "train.doc"], "there is no file"),
            (["--snippet"], "give a task"),
        ],
        ids=str,
    )
    @pytest.mark.usefixtures("file")
    def test_errors_are_one_line_and_status_2(self, args, hint, capsys):
        assert cli.run(["advise", *args]) == 2

        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert hint in err
