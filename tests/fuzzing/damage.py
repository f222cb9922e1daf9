"""Damage that any file may take: to its bytes, to its text, to a sequence of its pieces."""

import random
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

_T = TypeVar("_T")
Harm = Callable[[bytes, random.Random], bytes]

_MOST = 300_000  # bytes of what a repetition makes
_CONTROL = "".join(map(chr, (*range(32), 127, 0x85, 0x9B, 0x2028, 0x2029, 0xA0, 0x3000, 0x1680)))
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_COMBINING = "\u0300\u0301\u0327\u0338\u034f\u0489\u20e3\u3099\u1ab0\u0e33\u0f77\u1112"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\u2064\ufeff\ufff9\ufffb\U000e0041\u180e\u115f\u3164"
_ODD = "\ufffe\uffff\ue000\U0001f468\u200d\U0001f469\ufb03\u2160\u01c5\u0130\u1e9e\U0001d7d8\ufdd0"
_DIGITS = "²³①⑩٢७Ⅳ½𝟗〇"
_CLASSES = (_CONTROL, _BIDI, _COMBINING, _UNSEEN, _ODD, _DIGITS)
_ENCODINGS = (
    "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp1252", "latin-1",
    "cp437", "cp1251", "cp1253", "shift_jis", "gb18030", "big5", "euc_kr", "koi8_r", "mac_roman",
    "iso8859_15", "utf-7", "cp037", "hz", "iso2022_jp",
)  # fmt: skip
_NUMBERS = (
    "0", "10", "1", "²", "٢٠١٩", "99999999999999999999", "-1", "2019/20/21", "00", "1e400", "9.9.9",
    "#0", "#12", "0th of 0", "1,000,000th", "½", "2100", "0000", "1899–2099", "2019-", "１０", "IV",
)  # fmt: skip
_LINES = (
    "10", "9", "²", "#12", "---", "Citations:", "Estonia", "France*", "EUOECD", "Back to Top", "“",
    "ranked 0th of 0 in the Digital Economy and Society Index 2019", "• item", "((((", "| | |",
    "How well do ministries share their data?", "MINISTRY OF FINANCE AGENCY", "1.", "\x0c", "=1+1",
    "Ministry of", "\u200b", "Act (2019", "The The Ministry of of (MoF) (MoF)", "http://[", "?",
    "Accessed 31 February 2019. https://example.org/\u202e", "2019 (2018 (2017", "the 1990s-2000s",
)  # fmt: skip


def pieces(data: bytes, rng: random.Random) -> list[bytes]:
    """The bytes in some pieces of uneven length."""
    cuts = sorted(rng.randrange(len(data) + 1) for _ in range(rng.randint(1, 12)))
    return [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]


def disorder(items: Sequence[_T], rng: random.Random) -> list[_T]:
    """The items with some removed, repeated, moved, or all of them shuffled."""
    found = list(items)
    if not found:
        return found
    at = rng.randrange(len(found))
    match rng.randrange(5):
        case 0:
            del found[at : at + rng.randint(1, 5)]
        case 1:
            found[at:at] = found[at : at + rng.randint(1, 4)] * rng.choice((1, 2, 30))
        case 2:
            found.insert(rng.randrange(len(found)), found.pop(at))
        case 3:
            rng.shuffle(found)
        case 4:
            found.reverse()
    return found


def truncated(data: bytes, rng: random.Random) -> bytes:
    """A beginning, an end or a middle."""
    a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return rng.choice((data[:a], data[a:], data[a:b], data[:-1], data[: len(data) - b % 40]))


def flipped(data: bytes, rng: random.Random) -> bytes:
    """Some bits the other way round."""
    found = bytearray(data)
    for _ in range(rng.choice((1, 3, 30, 300)) if data else 0):
        found[rng.randrange(len(found))] ^= 1 << rng.randrange(8)
    return bytes(found)


def overwritten(data: bytes, rng: random.Random) -> bytes:
    """A stretch of chance, of zeros or of one byte."""
    at, length = rng.randrange(len(data) + 1), rng.choice((1, 16, 200))
    new = rng.choice((rng.randbytes(length), bytes(length), rng.randbytes(1) * length))
    keep = rng.choice((0, length))
    return data[:at] + new + data[at + keep :]


def shuffled(data: bytes, rng: random.Random) -> bytes:
    """Pieces removed, repeated or moved."""
    return b"".join(disorder(pieces(data, rng), rng))


def repeated(data: bytes, rng: random.Random) -> bytes:
    """A piece very often."""
    at, length = rng.randrange(len(data) + 1), rng.choice((1, 2, 7, 60, 1000))
    piece = data[at : at + length]
    times = min(rng.choice((50, 1000, 40_000)), _MOST // max(len(piece), 1))
    return data[:at] + piece * times + data[at:]


def recoded(data: bytes, rng: random.Random) -> bytes:
    """The text in another encoding, or told to be in one that it is not in."""
    wrong = rng.random() < 0.3
    text = data.decode(rng.choice(_ENCODINGS) if wrong else "utf-8", "ignore")
    return text.encode(
        rng.choice(_ENCODINGS), rng.choice(("replace", "ignore", "backslashreplace"))
    )


def on_text(harm: Callable[[str, random.Random], str]) -> Harm:
    """Damage to a text as damage to its bytes."""

    def harmed(data: bytes, rng: random.Random) -> bytes:
        text = harm(data.decode("utf-8", "surrogateescape"), rng)
        return text.encode("utf-8", "surrogateescape" if rng.random() < 0.9 else "surrogatepass")

    harmed.__name__ = harm.__name__
    return harmed


def sprinkled(text: str, rng: random.Random) -> str:
    """Characters of one strange kind in some places."""
    alphabet = rng.choice(_CLASSES)
    letters = list(text)
    for _ in range(rng.choice((1, 5, 40))):
        at, length = rng.randrange(len(letters) + 1), rng.choice((1, 1, 2, 50))
        letters[at:at] = rng.choices(alphabet, k=length)
    return "".join(letters)


def saturated(text: str, rng: random.Random) -> str:
    """A strange character behind every letter, or all letters taken apart."""
    if rng.random() < 0.3:
        return unicodedata.normalize(rng.choice(("NFD", "NFKD")), text)
    sign, every = rng.choice(rng.choice(_CLASSES)), rng.choice((1, 3, 10))
    return "".join(c + sign if i % every == 0 else c for i, c in enumerate(text[:20_000]))


def odd_lines(text: str, rng: random.Random) -> str:
    """Lines of the kinds that layouts look for, where no one expects them."""
    lines = text.split("\n")
    for _ in range(rng.choice((1, 4, 20))):
        lines.insert(rng.randrange(len(lines) + 1), rng.choice(_LINES))
    return "\n".join(lines)


def other_numbers(text: str, rng: random.Random) -> str:
    """Some numbers replaced by impossible ones."""
    words = text.split(" ")
    for i, each in enumerate(words):
        if any(map(str.isdigit, each)) and rng.random() < 0.5:
            words[i] = rng.choice(_NUMBERS)
    return " ".join(words)


def reordered(text: str, rng: random.Random) -> str:
    """Lines or words removed, repeated or moved."""
    joint = rng.choice(("\n", " ", "\n\n", ". "))
    return joint.join(disorder(text.split(joint), rng))


def rejoined(text: str, rng: random.Random) -> str:
    """Other line ends: none at all, or some that only few programs know."""
    ends = ("", " ", "\r\n", "\r", "\n\n\n", "\u2028", "\x85", "\x0b", "\x0c", "\x1e", " \t\n ")
    return text.replace(rng.choice(("\n", "\n", " ")), rng.choice(ends))


def recased(text: str, rng: random.Random) -> str:
    """All letters large, small or the other way round; 'ß' and 'İ' change their length."""
    return rng.choice((text.upper(), text.lower(), text.swapcase(), text.title()))


BYTES: tuple[Harm, ...] = (truncated, flipped, overwritten, shuffled, repeated)
TEXTS: tuple[Harm, ...] = (
    *map(on_text, (sprinkled, saturated, odd_lines, other_numbers, reordered, rejoined, recased)),
    recoded,
)
