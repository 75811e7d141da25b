"""The types of JSON values: the one place where `Any` stands for what a record may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

JsonValue = Any  # null, true or false, a number, a string, a list, an object
Record = Mapping[str, JsonValue]  # a record that is read
Fields = dict[str, JsonValue]  # the fields of a new record, or new fields of a record
