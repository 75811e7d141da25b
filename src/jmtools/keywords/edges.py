"""Where a term may begin and end among the words beside it, and which words are none by themselves."""

from __future__ import annotations

import numpy as np

from jmtools.keywords.credits import ASPECT, FOREIGN
from jmtools.keywords.tags import ALONE, DIGIT, DOT, END, JOINER, LATIN, LISTED, PERSON, UNIT, UNLISTED, VERB
from jmtools.keywords.vocabulary import Bools, Ints, WordIds


def are_parts(ids: Ints, vocabulary: WordIds, role: Ints) -> Bools:
    """Tell which words are part of an amount, of Latin words in a row or of a name with dots, so no term alone."""
    left, right = inside_names(ids, vocabulary, role)
    parts: Bools = are_inside_amounts(role) | _beside_latin(role) | left | right
    return parts


def inside_names(ids: Ints, vocabulary: WordIds, role: Ints) -> tuple[Bools, Bools]:
    """Tell which words go on with the foreign name before them, and which have its rest behind them.

    No term begins with the ones or ends with the others: 塞巴斯蒂|亚诺夫, 朱迪|·|福斯特, 凯恩|-|布罗克. Words
    that the user listed are neither.
    """
    piece, single = (role & FOREIGN) == FOREIGN, vocabulary.chars[ids] == 1
    goes_on = piece & np.roll(piece, 1) & ~(single & np.roll(single, 1))
    name = (((role & UNLISTED) > 0) | (vocabulary.tag == PERSON)[ids]) & ((role & JOINER) == 0)
    dot = (role & DOT) == DOT
    hyphen = ((role & (DOT | LATIN)) == JOINER) & np.roll(name, 1) & np.roll(name, -1)
    joint = dot | hyphen
    free = (role & LISTED) == 0
    return free & (goes_on | (name & np.roll(joint, 1))), free & (np.roll(goes_on, -1) | (name & np.roll(joint, -1)))


def are_inside_amounts(role: Ints) -> Bools:
    """Tell which words are a unit or figure right after a figure: no term begins with the 元 of 10元."""
    inside: Bools = ((role & UNIT) > 0) & ((np.roll(role, 1) & (UNIT | DIGIT)) > 0)
    return inside


def may_end(ids: Ints, vocabulary: WordIds, role: Ints) -> Bools:
    """Tell with which words a run may end, for what stands right of them.

    A figure is none before a unit (宝马3 of 宝马3系), nor a verb before what belongs to it: 产量达到 of 产量达到300吨,
    棋队解散 of 棋队解散了.
    """
    right = np.roll(role, -1)
    verb, digit = (vocabulary.tag == VERB)[ids], (role & DIGIT) > 0
    counted = (digit | verb) & ((right & (UNIT | DIGIT)) > 0)
    ends: Bools = ((role & END) > 0) & ~counted & ~(verb & ((right & ASPECT) > 0))
    return ends


def _beside_latin(role: Ints) -> Bools:
    """Tell which Latin words have another one beside them, across a space: no term is World of World Cup alone."""
    latin = (role & (LATIN | ALONE)) == LATIN | ALONE
    space = (role & (LATIN | JOINER)) == LATIN | JOINER
    left = np.roll(space, 1) & np.roll(latin, 2)
    right = np.roll(space, -1) & np.roll(latin, -2)
    beside: Bools = latin & (left | right)
    return beside
