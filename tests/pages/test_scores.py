import json
from pathlib import Path

import pytest

from jmtools.errors import ModelError
from jmtools.io.installed import data_path
from jmtools.pages.passes import load_model


@pytest.mark.parametrize(
    "row", [{"Q": 1.0}, {"P": float("inf")}, {"P": 1e300}, {"P": "1"}, {"P": None}, [1.0], "P", 1.0]
)
@pytest.mark.parametrize("part", ["features", "transitions"])
def test_weights_of_ones_own_that_are_no_weights_are_refused(part: str, row: object, tmp_path: Path) -> None:
    model = json.loads(data_path("split_model.json").read_text("utf-8"))
    model["passes"][0][part]["H"] = row
    file = tmp_path / "own.json"
    file.write_text(json.dumps(model), "utf-8")
    with pytest.raises(ModelError, match=r"own\.json: not a usable split model"):
        load_model(file)
