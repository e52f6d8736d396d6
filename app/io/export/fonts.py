"""What the reports' font can show and how wide it is, read from the font file itself."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FAMILY = "Noto Sans"
FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf")

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_BREAK = "\N{ZERO WIDTH SPACE}"
_LONGEST_RUN = 18
"""Characters without a space after which a line may break."""


@dataclass(frozen=True)
class Font:
    """Glyph of each character, and advance of each glyph in units of the em square."""

    glyphs: Mapping[int, int]
    advances: tuple[int, ...]
    units_per_em: int

    def width(self, text: str) -> float:
        """Return the width of ``text`` at size 1."""
        last = len(self.advances) - 1
        total = sum(self.advances[min(self.glyphs.get(ord(char), 0), last)] for char in text)
        return total / self.units_per_em

    def shows(self, char: str) -> bool:
        """Return whether the font has a glyph for ``char``."""
        return ord(char) in self.glyphs


def font_bytes(name: str) -> bytes:
    """Return a vendored font file."""
    return files("resources").joinpath("vendor", "noto-sans", name).read_bytes()


@cache
def load_font(name: str = FONT_FILES[0]) -> Font:
    """Read character map and advances (OpenType 1.9: tables cmap, head, hhea, hmtx)."""
    data = font_bytes(name)
    tables = _tables(data)
    units_per_em = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    count = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    metrics = struct.unpack_from(f">{2 * count}H", data, tables["hmtx"])
    return Font(_characters(data, tables["cmap"]), tuple(metrics[::2]), units_per_em)


def printable(text: object) -> str:
    """Return ``text`` as the font can print it, on lines that can always break.

    Control characters become spaces, characters that the font lacks the replacement
    character, so that an archival PDF never meets a missing glyph. Long runs without a space
    get invisible places to break.
    """
    font = load_font()
    shown = "".join(_shown(char, font) for char in str(text))
    return " ".join(_breakable(word) for word in shown.split())


def abbreviated(text: object, longest: int) -> str:
    """Return ``text`` as `printable`, cut with an ellipsis after ``longest`` characters."""
    whole = str(text)
    return printable(whole if len(whole) <= longest else whole[: longest - 1].rstrip() + "…")


def _shown(char: str, font: Font) -> str:
    if char.isspace() or not char.isprintable():
        return " "
    return char if font.shows(char) else _REPLACEMENT


def _breakable(word: str) -> str:
    if len(word) <= _LONGEST_RUN:
        return word
    step = _LONGEST_RUN // 2
    return _BREAK.join(word[start : start + step] for start in range(0, len(word), step))


def _tables(data: bytes) -> dict[str, int]:
    count = struct.unpack_from(">H", data, 4)[0]
    found = {}
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        found[tag.decode("ascii")] = offset
    return found


def _characters(data: bytes, cmap: int) -> dict[int, int]:
    """Read the sub-table of format 12 (all of Unicode), else the one of format 4."""
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    formats = {}
    for number in range(count):
        offset = cmap + struct.unpack_from(">HHI", data, cmap + 4 + 8 * number)[2]
        formats[struct.unpack_from(">H", data, offset)[0]] = offset
    if 12 in formats:
        return _segmented_32(data, formats[12])
    return _segmented_16(data, formats[4])


def _segmented_32(data: bytes, offset: int) -> dict[int, int]:
    groups = struct.unpack_from(">I", data, offset + 12)[0]
    found = {}
    for number in range(groups):
        first, last, glyph = struct.unpack_from(">III", data, offset + 16 + 12 * number)
        found.update({code: glyph + code - first for code in range(first, last + 1)})
    return found


def _segmented_16(data: bytes, offset: int) -> dict[int, int]:
    count = struct.unpack_from(">H", data, offset + 6)[0] // 2
    at = offset + 14
    ends = struct.unpack_from(f">{count}H", data, at)
    starts = struct.unpack_from(f">{count}H", data, at + 2 * count + 2)
    deltas = struct.unpack_from(f">{count}h", data, at + 4 * count + 2)
    ranges_at = at + 6 * count + 2
    ranges = struct.unpack_from(f">{count}H", data, ranges_at)
    found = {}
    for number, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if ranges[number]:
                place = ranges_at + 2 * number + ranges[number] + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, place)[0]
                if not glyph:
                    continue
            found[code] = (glyph + deltas[number]) % 0x10000
    return found
