"""Deleting objects: what goes along is told before."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QCheckBox, QWidget

from app.model.editing.deleting import Deletion, delete_objects
from app.model.network import Network
from app.ui.dialogs.frame import FormDialog
from app.ui.labels import figures, object_title, table_label
from app.ui.theme import plain_label

_NAMED = 4
"""So many objects are named; of more the number is told."""


class DeleteObjectsDialog(FormDialog):
    """Tell what a deletion takes along; ``deletion`` is what was agreed to."""

    def __init__(
        self,
        network: Network,
        asked: Mapping[str, frozenset[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Delete"), parent)
        self._network = network
        self._asked = {table: sorted(uids) for table, uids in sorted(asked.items())}
        self.told = plain_label("")
        self.bare_box = QCheckBox(self.tr("Also nodes that lose their last span"))
        self.bare_box.setVisible(bool(asked.get("spans")) or "spans" in self.deletion.also)
        self.bare_box.toggled.connect(lambda _on: self._show())
        self.setMinimumWidth(440)
        self.body.addWidget(self.told)
        self.body.addWidget(self.bare_box)
        self.finish(self.tr("Delete"), self.tr("Cancel"))
        self._show()

    @property
    def deletion(self) -> Deletion:
        """What is deleted, and what that does."""
        return delete_objects(self._network, self._asked, with_bare_nodes=self.bare_box.isChecked())

    def _show(self) -> None:
        found = self.deletion
        lines = [self.tr("Deleted:") + " " + self._list(found.asked)]
        if found.also:
            lines.append(self.tr("Goes with it:") + " " + self._list(found.also))
        if found.released:
            lines.append(self.tr("Stays, but changes:") + " " + self._list(found.released))
        lines.append(self.tr("One step; undo brings everything back."))
        self.told.setText("\n\n".join(lines))

    def _list(self, uids: Mapping[str, tuple[str, ...]]) -> str:
        parts = []
        for table, members in uids.items():
            names = [object_title(self._network, table, uid) for uid in members[:_NAMED]]
            more = "…" if len(members) > _NAMED else ""
            number = figures().number(len(members))
            parts.append(f"{table_label(table)} ({number}): {', '.join(names)}{more}")
        return "\n" + "\n".join(parts)
