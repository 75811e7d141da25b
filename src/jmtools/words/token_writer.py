"""The words of a text as JSON, straight from the segmenter core: no string is made of any of them."""

from __future__ import annotations

from jmtools.words.core import Core, surrogate_error
from jmtools.words.protected import MARK, shadowed

LONGEST_TEXT = 262_144  # characters; longer texts are segmented piece by piece


class TokenWriter:
    """Writes what `Segmenter.cut` of the fast segmenter returns, byte for byte as a JSON writer would."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def write(self, text: str) -> bytes | None:
        """Return the words of a text as a JSON array; None for a text that is too long for one call.

        Raises:
            RecordError: If it has lone surrogates.
        """
        if len(text) > LONGEST_TEXT:
            return None
        shadow, longer = shadowed(text)
        try:
            return self._core.cutter.write(text, shadow, MARK, longer)
        except UnicodeEncodeError as error:
            raise surrogate_error(text) from error
