"""The map view and its tools: `app.ui.map.view.MapView`, `app.ui.map.tools.SelectionRequest`."""
