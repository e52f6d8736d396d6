"""Pointer, wheel and keys: which tool gets them, and what the map does by itself."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from app.ui.map.measuring import make_tools
from app.ui.map.navigation import Navigator
from app.ui.map.tools import Host, PanTool, Pointer, Tool

KEY_PAN = 0.2
"""Share of the view by which an arrow key moves the map."""
_PAN_KEYS: Mapping[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_ZOOM_KEYS: Mapping[int, float] = {
    Qt.Key.Key_Plus: 2.0,
    Qt.Key.Key_Equal: 2.0,
    Qt.Key.Key_Minus: 0.5,
    Qt.Key.Key_Underscore: 0.5,
}


class Pointing:
    """Sends what the hand does to the tool in use; middle button and space bar always pan."""

    def __init__(self, host: Host, navigator: Navigator) -> None:
        self._host = host
        self._navigator = navigator
        self._tools = make_tools()
        self._tool: Tool = self._tools["pan"]
        self._hand = PanTool(identifies=False)
        self._is_hand_held = False
        self._is_space_held = False
        self._is_dragging = False

    @property
    def tool(self) -> Tool:
        """The tool in use."""
        return self._tool

    @property
    def cursor(self) -> Qt.CursorShape:
        """The shape that the pointer shall have."""
        if self._is_hand_held or (self._is_dragging and self._tool.name == "pan"):
            return Qt.CursorShape.ClosedHandCursor
        return Qt.CursorShape.OpenHandCursor if self._is_space_held else self._tool.cursor

    def add(self, tool: Tool) -> None:
        """Offer one more tool under its name."""
        self._tools[tool.name] = tool

    def take(self, name: str) -> None:
        """Use another tool; what the one before had begun is dropped. Raises `KeyError`."""
        tool = self._tools[name]
        self._tool.cancel()
        self._tool = tool

    def press(self, pointer: Pointer, button: Qt.MouseButton) -> None:
        """Begin what the tool does, or take the map in hand."""
        is_left = button == Qt.MouseButton.LeftButton
        if button == Qt.MouseButton.MiddleButton or (is_left and self._is_space_held):
            self._is_hand_held = True
            self._hand.press(self._host, pointer)
        elif is_left:
            self._is_dragging = True
            self._tool.press(self._host, pointer)

    def move(self, pointer: Pointer) -> None:
        """Go on."""
        (self._hand if self._is_hand_held else self._tool).move(self._host, pointer)

    def release(self, pointer: Pointer, button: Qt.MouseButton) -> None:
        """Finish."""
        self._is_dragging = False
        if self._is_hand_held:
            self._is_hand_held = False
            self._hand.release(self._host, pointer)
        elif button == Qt.MouseButton.LeftButton:
            self._tool.release(self._host, pointer)

    def double_click(self, pointer: Pointer) -> None:
        """Pass a double click on to the tool."""
        self._tool.double_click(self._host, pointer)

    def turn(self, at: QPointF, notches: float) -> None:
        """Zoom about the pointer: two notches of the wheel double the size."""
        camera = self._navigator.camera
        self._navigator.set_camera(camera.zoomed(2.0 ** (notches / 2), at.x(), at.y()))

    def key_press(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; return whether the map knows the key."""
        key = int(event.key())
        if self._tool.key_press(self._host, key):
            return True
        if key in _PAN_KEYS:
            across, down = _PAN_KEYS[key]
            self._navigator.pan(across * KEY_PAN, down * KEY_PAN)
        elif key in _ZOOM_KEYS:
            self._navigator.zoom(_ZOOM_KEYS[key])
        elif key == Qt.Key.Key_Home:
            self._host.zoom_to_all()
        elif key == Qt.Key.Key_Space:
            self._is_space_held = True
        elif key == Qt.Key.Key_Escape:
            return self._escape()
        else:
            return False
        return True

    def key_release(self, event: QKeyEvent) -> bool:
        """Let the map go when the space bar comes up."""
        if event.key() != Qt.Key.Key_Space:
            return False
        self._is_space_held = self._is_space_held and event.isAutoRepeat()
        return True

    def _escape(self) -> bool:
        if self._tool.cancel():
            self._host.refresh()
            return True
        if self._tool.name != "pan":
            self._host.set_tool("pan")
            return True
        return False
