"""The route that is being drawn: its stops, what it must use and avoid, what of it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.planning.routing.queries import NETWORK, PLACE, SITE, Leg, Readout, RouteQuery, Stop

NOTHING = Readout(-1)


@dataclass
class RouteDraft:
    """Changes by the pointer; says what to ask, and remembers the last answer."""

    stops: list[Stop] = field(default_factory=list)
    avoid: tuple[str, ...] = ()
    must_use: tuple[str, ...] = ()
    kept: dict[int, Leg] = field(default_factory=dict)
    site: str = ""
    readout: Readout = NOTHING
    first: Readout = NOTHING
    number: int = 0

    @property
    def is_begun(self) -> bool:
        """Whether there is anything."""
        return bool(self.stops)

    @property
    def is_whole(self) -> bool:
        """Whether both ends are known."""
        return len(self.stops) > 1

    @property
    def is_shown(self) -> bool:
        """Whether there is a line to show."""
        return self.is_whole and bool(self.readout.lines) and self.readout.problem is None

    def begin(self, stop: Stop, *, in_plan: bool) -> None:
        """Begin anew: from a site the way leads to the network at once."""
        self.clear()
        self.stops = [stop, Stop(NETWORK)] if stop.kind == SITE else [stop]
        self.site = stop.uid if stop.kind == SITE and in_plan else ""

    def clear(self) -> None:
        """Drop everything, what streets were asked for included."""
        number = self.number
        self.__init__()  # type: ignore[misc]  # as new, but for the count of questions
        self.number = number

    def add_end(self, stop: Stop) -> None:
        """Set the second end."""
        self.stops.append(stop)

    def insert(self, leg: int, x: float, y: float) -> int:
        """Put a way-point into a leg and return its number among the stops."""
        self.stops.insert(leg + 1, Stop(PLACE, "", x, y))
        self.kept = {
            number if number < leg else number + 1: pieces
            for number, pieces in self.kept.items()
            if number != leg
        }
        return leg + 1

    def move(self, number: int, stop: Stop) -> None:
        """Move a stop; the legs beside it are free again."""
        self.stops[number] = stop
        for leg in (number - 1, number):
            self.kept.pop(leg, None)

    def remove(self, number: int) -> None:
        """Take a way-point out; ends stay."""
        if not 0 < number < len(self.stops) - 1:
            return
        del self.stops[number]
        self.kept = {
            leg if leg < number - 1 else leg - 1: pieces
            for leg, pieces in self.kept.items()
            if leg not in (number - 1, number)
        }

    def keep(self, leg: int, *, is_kept: bool = True) -> None:
        """Keep a leg as it is, or let it go."""
        if not is_kept:
            self.kept.pop(leg, None)
        elif leg < len(self.readout.kept):
            self.kept[leg] = self.readout.kept[leg]

    def ask_for(self, uid: str, wish: str) -> None:
        """Forbid, require or leave free a street; ``wish`` is avoid, must_use or ''."""
        self.avoid = tuple(item for item in self.avoid if item != uid)
        self.must_use = tuple(item for item in self.must_use if item != uid)
        if wish == "avoid":
            self.avoid += (uid,)
        elif wish == "must_use":
            self.must_use += (uid,)

    def query(self) -> RouteQuery:
        """Return the next question."""
        self.number += 1
        kept = tuple(sorted(self.kept.items()))
        return RouteQuery(
            tuple(self.stops), self.avoid, self.must_use, kept, self.site, self.number
        )

    def take(self, readout: Readout) -> bool:
        """Take an answer; return whether it belongs to this route and not to an older one."""
        if readout.number > self.number or not self.is_whole:
            return False
        if readout.number <= self.readout.number:
            return False
        self.readout = readout
        if self.first.number < 0 and readout.lines:
            self.first = readout
        return True

    def take_planned(self, readout: Readout) -> bool:
        """Take the route that the plan has; until it is touched it is kept."""
        if not readout.kept or not self.is_whole:
            return False
        self.kept = {0: readout.kept[0]}
        self.first = replace(readout, number=self.number)
        self.readout = self.first
        return True
