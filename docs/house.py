"""The picture of docs/architecture.md, drawn from the imports: floors of rooms, and what each room imports."""

from __future__ import annotations

import ast
import sys
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.imports import BASE, FILES, known_modules, module_of, room_of

WIDTH, MARGIN, LINE = 1000, 16, 18
BOX, GAP, HEAD = 150, 14, 26
COLOURS = {"base": "#e8f0fb", "feature": "#eef6ea", "cli": "#fbf1e2"}


def rooms() -> dict[str, str]:
    """Return each room with the sentence with which it, or its only module, begins."""
    found: dict[str, str] = {"cli.commands": "Click: options in, one feature called, nothing else."}
    for path in FILES:
        room = room_of(module_of(path))
        if room != "package" and (path.name == "__init__.py" or path.stem == room):
            sentence = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]
            found.setdefault(room, sentence.replace("`", ""))
    return found


def imported_rooms() -> dict[str, set[str]]:
    """Return the rooms that each room imports."""
    found: dict[str, set[str]] = {}
    for path in FILES:
        own = room_of(module_of(path))
        others = {room_of(module) for module in known_modules(path)}
        found.setdefault(own, set()).update(others - {own, "package"})
    return found


def picture() -> str:
    """Return the picture as SVG: one row a floor, the command line on top; a room says what it imports."""
    every, uses = rooms(), imported_rooms()
    features = sorted(set(every) - {*BASE, "cli", "cli.frame", "cli.commands"})
    floors = [["cli", "cli.commands"], ["cli.frame"], features, *([name] for name in reversed(BASE) if name in every)]
    parts: list[str] = []
    top = MARGIN
    for floor in floors:
        top = _floor(parts, floor, every, uses, top)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" font-family="sans-serif" font-size="12">'
    )
    return "\n".join([head, "<title>Rooms of jmtools and what each imports</title>", *parts, "</svg>"]) + "\n"


def _floor(parts: list[str], floor: list[str], every: dict[str, str], uses: dict[str, set[str]], top: int) -> int:
    per_row = len(floor) if len(floor) < 4 else 5
    for start in range(0, len(floor), per_row):
        row = floor[start : start + per_row]
        width = (WIDTH - 2 * MARGIN - GAP * (per_row - 1)) // per_row
        texts = {room: _text(every[room], uses.get(room, set()), width) for room in row}
        height = HEAD + 6 + LINE * max(map(len, texts.values()))
        for column, room in enumerate(row):
            left = MARGIN + column * (width + GAP)
            kind = "cli" if room.startswith("cli") else "base" if room in BASE else "feature"
            parts.append(
                f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="4" '
                f'fill="{COLOURS[kind]}" stroke="#556"/>'
            )
            parts.append(
                f'<text x="{left + 8}" y="{top + 18}" font-weight="bold" fill="#111">{escape(_title(room))}</text>'
            )
            for number, line in enumerate(texts[room]):
                parts.append(
                    f'<text x="{left + 8}" y="{top + HEAD + 12 + LINE * number}" fill="#333">{escape(line)}</text>'
                )
        top += height + GAP
    return top


def _title(room: str) -> str:
    return {"cli": "cli (the group)", "cli.frame": "cli/frame", "cli.commands": "cli/ (one module a command)"}.get(
        room, f"{room}/" if room != "errors" else "errors"
    )


def _text(sentence: str, used: set[str], width: int) -> list[str]:
    """Return what stands in a box: what the room is for, and what it imports."""
    arrows = "imports " + ", ".join(sorted(used, key=_order)) if used else "imports nothing of ours"
    return [*_wrap(sentence, width), *_wrap(arrows, width)]


def _order(room: str) -> tuple[int, str]:
    return (BASE.index(room) if room in BASE else len(BASE), room)


def _wrap(text: str, width: int) -> list[str]:
    lines, most = [""], (width - 16) // 6
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) + 1 > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
