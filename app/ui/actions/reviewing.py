"""Actions of the review, in the menu Plan."""

from __future__ import annotations

from app.model.messages import QT_TRANSLATE_NOOP
from app.ui.actions.spec import ActionSpec

ACTIONS = (
    ActionSpec(
        "show_review",
        QT_TRANSLATE_NOOP("actions", "Revi&ew"),
        QT_TRANSLATE_NOOP("actions", "Submit, approve or reject plans; revisions and remarks"),
        "plan",
        "comment",
        "Ctrl+Shift+R",
        "project",
        ruled=True,
    ),
    ActionSpec(
        "add_remark",
        QT_TRANSLATE_NOOP("actions", "Add a remar&k"),
        QT_TRANSLATE_NOOP("actions", "Remark on what is selected, or on the plan"),
        "plan",
        "edit",
        "",
        "project",
    ),
    ActionSpec(
        "import_remarks",
        QT_TRANSLATE_NOOP("actions", "Import remark&s"),
        QT_TRANSLATE_NOOP("actions", "Take in remarks written in an exported file"),
        "plan",
        "import",
        "",
        "project",
    ),
)
