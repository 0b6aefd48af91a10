"""Which entry of its lists a column belongs to: "Goal 2" of a sheet may be the second goal, or that of the second problem."""

from collections.abc import Sequence

from generator.exchange.column_heads import LEVELS, Head


class Numbering:
    """Which entry of its lists each column belongs to."""

    def __init__(self, heads: Sequence[Head], paths: Sequence[str]) -> None:
        self._heads, self._paths = heads, paths
        self._counted: dict[str, set[int]] = {level: set() for level in LEVELS}
        for head, path in zip(heads, paths, strict=True):
            level = _level_of(path)
            if level and not head.path and len(head.levels) < 2 and len(head.number) < 2:
                self._counted[level].add(_own_number(head, level))

    def place(self, column: int) -> tuple[str, bool]:
        """The column's place with its indexes, and whether there is no doubt about them."""
        head, path = self._heads[column], self._paths[column]
        if head.path:
            return head.path, True
        if "[]" not in path:
            return path, len(head.number) == 0 or head.number[-1] == 1 or not path
        level = _level_of(path)
        if not level:
            # Of nested lists only the outer one is counted by a bare number.
            index = max(0, (head.number[0] if head.number else 1) - 1)
            return _with_indexes(path, [index]), len(head.number) < 2
        indexes, is_certain = self._indexes(column, level, head)
        return _with_indexes(path, indexes), is_certain

    def _indexes(self, column: int, level: str, head: Head) -> tuple[list[int], bool]:
        depth = LEVELS.index(level)
        named = {name: numbers for name, numbers in head.levels.items() if LEVELS.index(name) <= depth}
        dotted = next((numbers for numbers in reversed(list(named.values())) if len(numbers) > 1), ())
        dotted = dotted or (head.number if len(head.number) > 1 else ())
        if dotted:
            deepest = max((LEVELS.index(name) for name, numbers in named.items() if numbers == dotted), default=depth)
            indexes = [0] * (depth + 1)
            for back, n in enumerate(reversed(dotted)):
                if deepest - back >= 0:
                    indexes[deepest - back] = max(0, n - 1)
            return indexes, len(dotted) <= deepest + 1
        if len(named) > 1 or (named and level not in named):
            first = min(LEVELS.index(name) for name in named)
            outer, is_certain = self._flat(column, LEVELS[first], named[LEVELS[first]][0])
            rest = [max(0, named[name][0] - 1) if name in named else 0 for name in LEVELS[first + 1 : depth + 1]]
            return [*outer, *rest], is_certain
        return self._flat(column, level, _own_number(head, level))

    def _flat(self, column: int, level: str, number: int) -> tuple[list[int], bool]:
        """A number that counts through the whole sheet: "Goal 2" is the goal of "Problem 2" where there are as many of
        both, and the second goal of the only problem where there is one."""
        depth = LEVELS.index(level)
        if depth == 0:
            return [max(0, number - 1)], True
        above = next((name for name in reversed(LEVELS[:depth]) if self._counted[name]), "")
        parents = len(self._counted[above]) if above else 1
        gap = [0] * (depth - 1 - (LEVELS.index(above) if above else depth - 1))
        if parents <= 1:
            outer = self._flat(column, above, min(self._counted[above]))[0] if above else []
            return [*(outer or []), *gap, *([0] * (depth - len(outer) - len(gap))), max(0, number - 1)], True
        if number in self._counted[above] and self._counted[level] <= self._counted[above]:
            outer, is_certain = self._flat(column, above, number)
            return [*outer, *gap, 0], is_certain
        owner, before = self._parent_before(column, above, level)
        outer, is_certain = self._flat(column, above, owner)
        return [*outer, *gap, before], is_certain and self._is_interleaved(above, level)

    def _parent_before(self, column: int, above: str, level: str) -> tuple[int, int]:
        """The parent's number that stands last before a column, and how many of the column's kind stand between."""
        owner, numbers = min(self._counted[above]), list[int]()
        for i in range(column + 1):
            found = _level_of(self._paths[i])
            if found == above:
                number = _own_number(self._heads[i], above)
                owner, numbers = number, numbers if number == owner else []
            elif found == level and (n := _own_number(self._heads[i], level)) not in numbers:
                numbers.append(n)
        return owner, max(0, len(numbers) - 1)

    def _is_interleaved(self, above: str, level: str) -> bool:
        kinds = [found for path in self._paths if (found := _level_of(path)) in (above, level)]
        return level in kinds and above in kinds[kinds.index(level) :]


def _own_number(head: Head, level: str) -> int:
    if level in head.levels:
        return head.levels[level][-1]
    return head.number[-1] if head.number else 1


def _level_of(path: str) -> str:
    """Which of problem, goal, objective, intervention a place of the tree stands in."""
    if not path.startswith("problems[]"):
        return ""
    return LEVELS[min(path.count("[]"), 4) - 1]


def _with_indexes(path: str, indexes: Sequence[int]) -> str:
    for index in [*indexes, 0, 0, 0, 0][: path.count("[]")]:
        path = path.replace("[]", f"[{index}]", 1)
    return path
