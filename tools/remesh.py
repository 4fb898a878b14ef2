"""A fine triangle mesh to a small, even one: shortest edges (against a wanted length) collapse first, the new point
is put back on the solid, and what remains is relaxed. Keeps a closed surface closed.

After the edge collapse of Hoppe et al., "Mesh optimization" (SIGGRAPH 1993), with the remeshing steps (collapse,
flip, relax) of Botsch and Kobbelt, "A remeshing approach to multiresolution modeling" (SGP 2004).
"""

import heapq
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.hand import Array

Wanted = Callable[[Array], Array]
OntoSurface = Callable[[Array], Array]
Triangle = tuple[int, int, int]
Faces = set[Triangle]
Indices = NDArray[np.intp]


def coarsen(points: Array, faces: Indices, wanted_mm: Wanted, faces_left: int) -> tuple[Array, Indices]:
    """Collapse edges, shortest against `wanted_mm` first, until `faces_left` triangles remain."""
    at = list(points)
    size = [float(wanted) for wanted in wanted_mm(points)]
    around: list[Faces] = [set() for _ in points]
    for face in faces:
        triangle = (int(face[0]), int(face[1]), int(face[2]))
        for corner in triangle:
            around[corner].add(triangle)

    def cost(a: int, b: int) -> float:
        along = at[a] - at[b]
        return float(np.sqrt(along @ along)) / (size[a] + size[b])

    queue = [(cost(a, b), a, b) for triangle in faces for a, b in _edges(triangle) if a < b]
    heapq.heapify(queue)
    left, gone = len(faces), [False] * len(points)
    while queue and left > faces_left:
        known, a, b = heapq.heappop(queue)
        if gone[a] or gone[b] or abs(cost(a, b) - known) > 1e-9:
            continue
        shared = around[a] & around[b]
        if len(shared) != 2 or len(_ring(around, a) & _ring(around, b)) != 2:
            continue
        middle = (at[a] + at[b]) / 2
        if _turns_over(at, around[a] | around[b], shared, (a, b), middle):
            continue
        at[a], size[a] = middle, min(size[a], size[b])
        for triangle in around[b]:
            for corner in triangle:
                if corner != b:
                    around[corner].discard(triangle)
            if triangle not in shared:
                moved = (
                    a if triangle[0] == b else triangle[0],
                    a if triangle[1] == b else triangle[1],
                    a if triangle[2] == b else triangle[2],
                )
                for corner in moved:
                    around[corner].add(moved)
        gone[b], around[b] = True, set()
        left -= 2
        for other in _ring(around, a):
            heapq.heappush(queue, (cost(a, other), min(a, other), max(a, other)))

    kept = [n for n in range(len(at)) if not gone[n]]
    number = {old: new for new, old in enumerate(kept)}
    triangles = sorted({triangle for n in kept for triangle in around[n]})
    return np.array([at[n] for n in kept]), np.array([[number[corner] for corner in t] for t in triangles])


def flip(points: Array, faces: Indices, normals: Array, rounds: int = 3) -> Indices:
    """Turn edges where the other diagonal makes the two triangles rounder."""
    for _ in range(rounds):
        owner = {edge: n for n, triangle in enumerate(faces) for edge in _edges(triangle)}
        touched: set[int] = set()
        edges = set(owner)
        for (a, b), n in list(owner.items()):
            m = owner.get((b, a))
            if a > b or m is None or n in touched or m in touched:
                continue
            c, d = _third(faces[n], a, b), _third(faces[m], a, b)
            if (c, d) in edges or (d, c) in edges:
                continue
            if _roundness(points, (a, b, c), (b, a, d)) + 0.05 > _roundness(points, (a, d, c), (d, b, c)):
                continue
            up = normals[[a, b, c, d]].mean(axis=0)
            if min(_normal(points, (a, d, c)) @ up, _normal(points, (d, b, c)) @ up) <= 0:
                continue
            faces[n], faces[m] = (a, d, c), (d, b, c)
            edges |= {(c, d), (d, c)}
            touched |= {n, m}
        if not touched:
            break
    return faces


def relax(points: Array, faces: Indices, wanted_mm: Wanted, onto: OntoSurface, rounds: int = 6) -> Array:
    """Move every point towards the middle of its neighbours, weighed by the wanted length, along the surface."""
    a, b = faces[:, [0, 1, 2]].ravel(), faces[:, [1, 2, 0]].ravel()
    for _ in range(rounds):
        weight = 1 / wanted_mm(points) ** 2
        total, sums = np.zeros(len(points)), np.zeros_like(points)
        np.add.at(total, a, weight[b])
        np.add.at(sums, a, weight[b, None] * points[b])
        points = onto(points + 0.5 * (sums / total[:, None] - points))
    return points


def _edges(triangle: Indices | tuple[int, int, int]) -> list[tuple[int, int]]:
    a, b, c = (int(corner) for corner in triangle)
    return [(a, b), (b, c), (c, a)]


def _third(triangle: Indices, a: int, b: int) -> int:
    return int(next(corner for corner in triangle if corner not in (a, b)))


def _ring(around: list[Faces], n: int) -> set[int]:
    return {corner for triangle in around[n] for corner in triangle} - {n}


def _normal(points: Array | list[Array], triangle: tuple[int, int, int]) -> Array:
    a, b, c = (points[corner] for corner in triangle)
    u, v = b - a, c - a
    return np.array([u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]])


def _roundness(points: Array, *triangles: tuple[int, int, int]) -> float:
    """The worse of the triangles: 1 for an equilateral one, towards 0 for a sliver."""
    worst = 1.0
    for triangle in triangles:
        corners = points[list(triangle)]
        sides = float(((corners - corners[[1, 2, 0]]) ** 2).sum())
        worst = min(worst, float(np.linalg.norm(_normal(points, triangle))) * 2 * np.sqrt(3) / sides)
    return worst


def _turns_over(at: list[Array], triangles: Faces, shared: Faces, ends: tuple[int, int], middle: Array) -> bool:
    for triangle in triangles - shared:
        before = _normal(at, triangle)
        a, b, c = (middle if corner in ends else at[corner] for corner in triangle)
        u, v = b - a, c - a
        after = np.array([u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]])
        if before @ after < 0.35 * np.linalg.norm(before) * np.linalg.norm(after):
            return True
    return False
