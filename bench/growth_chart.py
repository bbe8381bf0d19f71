"""How the time for all needs grows with the catalogue: both axes by powers of ten, as SVG."""

import math
from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 720, 420, 70, 50, 20, 190
STROKES = ("#0b5c62", "#b45309", "#6b7280", "#7c3aed", "#2563eb", "#be123c")


def draw(points: Sequence[tuple[str, int, float]]) -> str:
    """(system, services, seconds) as one line for each system."""
    sizes = [services for _, services, _ in points]
    times = [max(seconds, 0.001) for _, _, seconds in points]
    x_from, x_to = math.log10(min(sizes)), math.log10(max(sizes))
    y_from, y_to = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))

    def at(services: int, seconds: float) -> tuple[float, float]:
        along = (math.log10(services) - x_from) / ((x_to - x_from) or 1)
        up = (math.log10(max(seconds, 0.001)) - y_from) / ((y_to - y_from) or 1)
        return LEFT + along * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - BOTTOM - TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="13">',
        "<title>Seconds for 6,000 needs by the size of the catalogue</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(y_from, y_to + 1):
        _, y = at(sizes[0], 10.0**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#e5e7eb"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>')
    for services in sorted(set(sizes)):
        x, _ = at(services, 1)
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 22}" text-anchor="middle">{services:,}</text>')
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 8}">services in the catalogue</text>')
    systems = list(dict.fromkeys(system for system, _, _ in points))
    for number, system in enumerate(systems):
        stroke = STROKES[number % len(STROKES)]
        line = [at(services, seconds) for name, services, seconds in points if name == system]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{stroke}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{stroke}"/>' for x, y in line]
        x, y = line[-1]
        parts.append(f'<text x="{x + 10:.1f}" y="{y + 4:.1f}" fill="{stroke}">{escape(system)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
