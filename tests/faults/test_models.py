"""Models and tables are data: one bit changed, a member cut or swapped, a lie about sizes: refused, before harm."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jmtools.counts.idf_tables import load_table
from jmtools.errors import JmtoolsError, ModelError
from jmtools.pages.profile import load_profile, parse_profile
from jmtools.topics.model import HEAD, TERMS, VERSION, WEIGHTS, load_model, signed
from tests.conftest import ROOT

MODEL = ROOT / "tests" / "data" / "topics"
FLIPS = int(os.environ.get("JMTOOLS_FLIPS", "400"))  # 10,000 were tried, see docs/benchmarks/reliability.md


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL, tmp_path / "model"))


def test_a_model_of_which_one_bit_changed_is_refused(folder: Path) -> None:
    load_model(str(folder))
    rng = random.Random(1)
    members = {name: (MODEL / name).read_bytes() for name in (HEAD, TERMS, WEIGHTS)}
    for _ in range(FLIPS):
        name = rng.choice(list(members))
        bent = bytearray(members[name])
        bit = rng.randrange(len(bent) * 8)
        bent[bit // 8] ^= 1 << bit % 8
        (folder / name).write_bytes(bent)
        with pytest.raises(ModelError):
            load_model(str(folder))
        (folder / name).write_bytes(members[name])
    load_model(str(folder))


@pytest.mark.parametrize("name", [HEAD, TERMS, WEIGHTS])
def test_a_model_that_was_cut_or_lacks_a_file_is_refused(name: str, folder: Path) -> None:
    whole = (folder / name).read_bytes()
    for size in (0, 10, len(whole) // 2, len(whole) - 1):
        (folder / name).write_bytes(whole[:size])
        with pytest.raises(ModelError, match=name):
            load_model(str(folder))
    (folder / name).unlink()
    with pytest.raises(JmtoolsError, match=name):
        load_model(str(folder))


def test_a_member_of_another_model_is_refused(folder: Path) -> None:
    lines = (folder / TERMS).read_bytes().splitlines(keepends=True)
    (folder / TERMS).write_bytes(b"".join([lines[1], lines[0], *lines[2:]]))
    with pytest.raises(ModelError, match="sha256"):
        load_model(str(folder))


def resign(folder: Path, **changes: Any) -> None:
    """Sign whatever the members are now, as somebody would who means harm."""
    head = {**json.loads((folder / HEAD).read_bytes()), **changes}
    (folder / HEAD).write_bytes(signed(head, {n: (folder / n).read_bytes() for n in (TERMS, WEIGHTS)}))


def npz(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("weights.npy", content)
    return packed.getvalue()


def npy(shape: str, kind: str = "<f8") -> bytes:
    head = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little") + head.encode()


@pytest.mark.parametrize(
    "weights",
    [
        npz(bytes(200 << 20)),  # a bomb
        npz(npy("(1000000000000,)")),  # memory for a terabyte
        npz(npy("(3, 3)", "|O") + b"\x80\x04cos\nsystem\n"),  # code
        npz(b""),
        b"PK\x05\x06" + bytes(18),
        pytest.param(None, id="not a number"),
    ],
    ids=["bomb", "terabyte", "pickle", "nothing", "no member", None],
)
def test_a_signed_model_that_lies_is_refused_before_it_takes_memory(weights: bytes | None, folder: Path) -> None:
    if weights is None:
        packed = io.BytesIO()
        np.savez_compressed(packed, weights=load_model(str(folder)).weights * np.nan)
        weights = packed.getvalue()
    (folder / WEIGHTS).write_bytes(weights)
    resign(folder)
    with pytest.raises(ModelError, match=WEIGHTS):
        load_model(str(folder))


@pytest.mark.parametrize(
    "change",
    [
        {"topics": [{"label": 1}]},
        {"topics": {}},
        {"topics": [{"label": "a"}] * 10_001},
        {"docs": -1},
        {"docs": (1 << 64) - 1},
        {"threshold": None},
        {"version": VERSION + 1},
        {"format": "pickle"},
        {"segmentation": 1},
    ],
)
def test_a_signed_head_with_wrong_values_is_refused(change: dict[str, Any], folder: Path) -> None:
    resign(folder, **change)
    with pytest.raises(ModelError, match=HEAD):
        load_model(str(folder))


@pytest.mark.parametrize("row", [b'{"term":"a","df":18446744073709551615}', b'{"term":1,"df":1}', b"[" * 2000])
def test_a_signed_list_of_terms_with_wrong_rows_is_refused(row: bytes, folder: Path) -> None:
    (folder / TERMS).write_bytes((folder / TERMS).read_bytes() + row + b"\n")
    resign(folder)
    with pytest.raises(ModelError, match=TERMS):
        load_model(str(folder))


def test_profiles_that_are_no_profiles_are_refused(tmp_path: Path) -> None:
    for text in ("newspaper = " + "[" * 5000, "a = 1", "folio = 1", "newspaper = 1", "newspaper", "\x00"):
        with pytest.raises(ModelError):
            parse_profile(text)
    large = tmp_path / "profile.toml"
    large.write_bytes(b"#" * (17 << 20))
    for path in (large, tmp_path, Path("/dev/zero")):
        with pytest.raises(JmtoolsError):
            load_profile(path)


def test_tables_that_are_no_tables_are_refused(tmp_path: Path) -> None:
    head = b'{"format":"jmtools-idf","version":1,"docs":%s,"segmentation":null}\n'
    path = tmp_path / "idf.jsonl"
    for docs, row in (
        (b"9", b'{"term":"a","df":10}'),
        (b"9", b'{"term":"a","df":1}\n{"term":"a","df":1}'),
        (b"9", b'{"term":"a","df":true}'),
        (b"9", b"{" * 5000),
        (b"18446744073709551616", b""),
        (b"-1", b""),
        (b"true", b""),
    ):
        path.write_bytes(head % docs + row)
        with pytest.raises(ModelError):
            load_table(path)
