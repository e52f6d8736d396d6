"""The open project file and the network read from it; lives in the background thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.io.journal import HistoryEntry
from app.io.project import Checkpoint, Project
from app.model.changes import ChangeSet
from app.model.messages import Message
from app.model.network import Network

__all__ = ["Checkpoint", "HistoryEntry", "OpenProject", "Picture"]


@dataclass(frozen=True)
class Picture:
    """What the window is told after each step: the network and what can be undone."""

    network: Network
    committed: ChangeSet | None
    undo_label: Message | None
    redo_label: Message | None
    is_reread: bool = False
    left_alone: int = 0
    """Rows that an undo or redo did not touch because somebody else had changed them."""


class OpenProject:
    """A project with its current network. Every method runs in the same background thread."""

    def __init__(self, project: Project) -> None:
        self.path = Path(project.path)
        self._project = project
        self.upgraded_from = project.upgraded_from
        self._version = project.data_version()
        self._network = project.read()

    @classmethod
    def open(cls, path: Path) -> OpenProject:
        """Open the file at ``path`` and read it."""
        return cls(Project.open(path))

    @classmethod
    def create(cls, path: Path, name: str, crs: str) -> OpenProject:
        """Create a project file, prices included, and open it."""
        # the import is late because workflows bring the compiled kernels with them
        from app.workflows import create_project

        return cls(create_project(path, name, crs))

    def picture(self, committed: ChangeSet | None = None) -> Picture:
        """Return the present state."""
        return Picture(
            self._network, committed, self._project.undo_label(), self._project.redo_label()
        )

    def apply(self, changes: ChangeSet) -> Picture:
        """Commit ``changes``."""
        return self._step(lambda: self._project.apply(changes))

    def edit(self, make: Callable[[Network], ChangeSet]) -> Picture:
        """Commit what ``make`` wants of the present network."""
        return self._step(lambda: self._project.apply(make(self._network)))

    def undo(self) -> Picture:
        """Take the last step back."""
        return self._told(self._step(self._project.undo))

    def redo(self) -> Picture:
        """Do the step again that was taken back last."""
        return self._told(self._step(self._project.redo))

    def changed_outside(self) -> Picture | None:
        """Return the state read anew when somebody else has written to the file."""
        version = self._project.data_version()
        if version == self._version:
            return None
        self._version = version
        self._network = self._project.read()
        return replace(self.picture(), is_reread=True)

    def history(self, table: str, uid: str) -> list[HistoryEntry]:
        """Return who changed an object and when, the latest first."""
        return self._project.history(table, uid, 20)

    def steps(self, limit: int) -> list[HistoryEntry]:
        """Return the steps of the project, undone ones too, the latest first."""
        return self._project.history(limit=limit)

    def checkpoint(self, name: str) -> Checkpoint:
        """Keep a named copy of the project beside it."""
        return self._project.checkpoint(name)

    def checkpoints(self) -> list[Checkpoint]:
        """Return the named copies that are still there, the latest first."""
        return self._project.checkpoints()

    def setting(self, key: str) -> Any:
        """Return a value kept in the project, or ``None``."""
        return self._project.setting(key)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a JSON value in the project."""
        is_stale = self._project.data_version() != self._version
        self._project.set_setting(key, value)
        if not is_stale:  # the first write of a session counts as a change outside
            self._version = self._project.data_version()

    def save_copy(self, path: Path) -> Path:
        """Write a copy of the project to ``path``."""
        self._project.save_copy(path)
        return path

    def close(self) -> None:
        """Close the file."""
        self._project.close()

    def _step(self, commit: Callable[[], ChangeSet | None]) -> Picture:
        """Commit something; read everything anew when somebody else has written meanwhile."""
        is_stale = self._project.data_version() != self._version
        committed = commit()
        if is_stale:
            self._network = self._project.read()
        elif committed is not None:
            self._network = self._network.apply(committed)
        # the first commit of a session switches the journal, which counts as a change outside
        self._version = self._project.data_version()
        return replace(self.picture(committed), is_reread=is_stale)

    def _told(self, picture: Picture) -> Picture:
        return replace(picture, left_alone=sum(map(len, self._project.skipped.values())))
