"""More measures of dispersion, and frequencies adjusted by them; the arguments are those of `stats.dispersion`.

A term is given by its counts in the parts where it occurs and the sizes of those parts; `parts` describes all of them.
Measures that were defined for parts of equal size are computed from relative frequencies, which comes to the same for
equal parts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from jmtools.stats.dispersion import Parts, check_freqs, dp, juilland_d

Freqs = Sequence[int]


def carroll_d2(freqs: Freqs, sizes: Freqs, parts: Parts) -> float:
    """Return Carroll's D₂, the entropy of the relative frequencies over its largest value: 1 even, 0 in one part.

    Source:
        Carroll (1970), An alternative to Juilland's usage coefficient for lexical frequencies.

    >>> round(carroll_d2([2, 1, 1, 1], [10] * 4, Parts(count=5, tokens=50, smallest=10)), 4)
    0.8277
    """
    shares = _shares(freqs, sizes)
    if parts.count < 2:
        return 1.0
    whole = math.fsum(shares)
    entropy = -math.fsum(share / whole * math.log2(share / whole) for share in shares)
    return max(0.0, entropy / math.log2(parts.count))


def rosengren_s(freqs: Freqs, sizes: Freqs, parts: Parts) -> float:
    """Return Rosengren's S: 1 for a term spread like the corpus itself, near 0 for one in a small part only.

    Source:
        Rosengren (1971), The quantitative concept of language and its relation to the structure of frequency
        dictionaries.

    >>> round(rosengren_s([1, 2, 3, 4, 5], [10] * 5, Parts(count=5, tokens=50, smallest=10)), 3)
    0.937
    """
    freq = check_freqs(freqs, sizes)
    roots = math.fsum(math.sqrt(count * size / parts.tokens) for count, size in zip(freqs, sizes, strict=True))
    return min(1.0, roots * roots / freq)


def lyne_d3(freqs: Freqs, sizes: Freqs, parts: Parts) -> float:
    """Return Lyne's D₃, 1 − χ² / 4F, with χ² of the counts against those of an even spread; it can fall below 0.

    Source:
        Lyne (1985), Dispersion, in The vocabulary of French business correspondence.

    >>> round(lyne_d3([1, 2, 3, 4, 5], [10] * 5, Parts(count=5, tokens=50, smallest=10)), 3)
    0.944
    """
    freq = check_freqs(freqs, sizes)
    chi2 = (
        math.fsum(count * count * parts.tokens / size for count, size in zip(freqs, sizes, strict=True)) / freq - freq
    )
    return 1 - max(0.0, chi2) / (4 * freq)


def zhang_dc(freqs: Freqs, sizes: Freqs, parts: Parts) -> float:
    """Return Zhang's distributional consistency: 1 even, 1 / parts for a term in one part.

    Source:
        Zhang, Huang & Yu (2004), Distributional consistency: as a general method for defining a core lexicon.

    >>> round(zhang_dc([1, 2, 3, 4, 5], [10] * 5, Parts(count=5, tokens=50, smallest=10)), 3)
    0.937
    """
    shares = _shares(freqs, sizes)
    roots = math.fsum(math.sqrt(share) for share in shares)
    return min(1.0, roots * roots / (parts.count * math.fsum(shares)))


def burch_da(freqs: Freqs, sizes: Freqs, parts: Parts) -> float:
    """Return Burch's D_A: 1 minus the mean difference of the relative frequencies of two parts over twice their mean.

    Source:
        Burch, Egbert & Biber (2017), Measuring and interpreting lexical dispersion in corpus linguistics.

    >>> burch_da([5], [10], Parts(count=2, tokens=20, smallest=10)), burch_da([5, 5], [10, 10], Parts(2, 20, 10))
    (0.0, 1.0)
    """
    shares = sorted(_shares(freqs, sizes))
    n = parts.count
    if n < 2:
        return 1.0
    first = n - len(shares)  # parts without the term come first in the order
    gaps = math.fsum((2 * (first + rank) - n + 1) * share for rank, share in enumerate(shares))
    return max(0.0, 1 - gaps / ((n - 1) * math.fsum(shares)))


def kl_divergence(freqs: Freqs, sizes: Freqs, parts: Parts) -> float:
    """Return the Kullback–Leibler divergence in bits of the term's spread from that of the corpus: 0 even.

    Source:
        Gries (2021), A new approach to (key) keywords analysis: using frequency, and now also dispersion.

    >>> kl_divergence([5], [10], Parts(count=4, tokens=40, smallest=10))
    2.0
    """
    freq = check_freqs(freqs, sizes)
    return max(
        0.0,
        math.fsum(
            count / freq * math.log2(count / freq * (parts.tokens / size))
            for count, size in zip(freqs, sizes, strict=True)
            if count
        ),
    )


def dkl(freqs: Freqs, sizes: Freqs, parts: Parts) -> float:
    """Return the Kullback–Leibler divergence scaled to the range from 0 to 1, where 1 is even: 1 / (1 + divergence).

    Source:
        Gries (2021), with the odds-to-probability form of the package tlda.

    >>> dkl([5, 5, 5, 5], [10] * 4, Parts(count=4, tokens=40, smallest=10))
    1.0
    """
    return 1 / (1 + kl_divergence(freqs, sizes, parts))


def dp_egbert(freqs: Freqs, sizes: Freqs, parts: Parts) -> float:
    """Return 1 − DP, so that 1 is even, as for the other measures.

    Source:
        Egbert, Burch & Biber (2020), Lexical dispersion and corpus design.

    >>> dp_egbert([5, 5], [10, 10], Parts(count=4, tokens=40, smallest=10))
    0.5
    """
    return 1 - dp(freqs, sizes, parts)


def juilland_u(freqs: Freqs, sizes: Freqs, parts: Parts) -> float:
    """Return Juilland's usage coefficient: the frequency times D.

    Source:
        Juilland & Chang-Rodríguez (1964), Frequency dictionary of Spanish words.

    >>> round(juilland_u([4, 3, 2, 1], [10] * 4, Parts(count=5, tokens=50, smallest=10)), 2)
    6.46
    """
    return juilland_d(freqs, sizes, parts) * check_freqs(freqs, sizes)


def carroll_um(freqs: Freqs, sizes: Freqs, parts: Parts) -> float:
    """Return Carroll's U_m: the frequency times D₂, and the rest of it divided by the number of parts.

    Source:
        Carroll (1970), An alternative to Juilland's usage coefficient for lexical frequencies.

    >>> round(carroll_um([2, 1, 1, 1], [10] * 4, Parts(count=5, tokens=50, smallest=10)), 2)
    4.31
    """
    freq, even = check_freqs(freqs, sizes), carroll_d2(freqs, sizes, parts)
    return freq * even + (1 - even) * freq / parts.count


def rosengren_kf(freqs: Freqs, sizes: Freqs, parts: Parts) -> float:
    """Return Rosengren's corrected frequency: the frequency times S.

    Source:
        Rosengren (1971), The quantitative concept of language and its relation to the structure of frequency
        dictionaries.

    >>> round(rosengren_kf([2, 2, 2, 2, 1], [10] * 5, Parts(count=5, tokens=50, smallest=10)), 2)
    8.86
    """
    return rosengren_s(freqs, sizes, parts) * check_freqs(freqs, sizes)


def engwall_fm(freqs: Freqs, sizes: Freqs, parts: Parts) -> float:
    """Return Engwall's FM: the frequency times the share of the parts that have the term.

    Source:
        Engwall (1974), Fréquence et distribution du vocabulaire dans un choix de romans français.

    >>> engwall_fm([4, 2, 1, 1], [10] * 4, Parts(count=5, tokens=50, smallest=10))
    6.4
    """
    return check_freqs(freqs, sizes) * sum(count > 0 for count in freqs) / parts.count


def kromer_ur(freqs: Freqs, sizes: Freqs, parts: Parts) -> float:  # noqa: ARG001 - as the others are called
    """Return Kromer's U_R: the sum over the parts of 1 + 1/2 + … + 1/count, so that repetition counts ever less.

    Source:
        Kromer (2003), A usage measure based on psychophysical relations.

    >>> kromer_ur([2, 1, 1, 1], [10] * 4, Parts(count=5, tokens=50, smallest=10))
    4.5
    """
    check_freqs(freqs, sizes)
    return math.fsum(_harmonic(count) for count in freqs)


def _shares(freqs: Freqs, sizes: Freqs) -> list[float]:
    check_freqs(freqs, sizes)
    return [count / size for count, size in zip(freqs, sizes, strict=True) if count]


def _harmonic(n: int) -> float:
    if n < 1000:
        return math.fsum(1 / k for k in range(1, n + 1))
    # Euler–Maclaurin; what is left out is under 1e-14 from a thousand on.
    return math.log(n) + 0.5772156649015329 + 1 / (2 * n) - 1 / (12 * n * n)
