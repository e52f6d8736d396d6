"""The map view and its tools.

Public: `app.ui.map.view.MapView`, `app.ui.map.tools.SelectionRequest`,
`app.ui.map.legend.symbol_icon` and `app.ui.map.legend.Legend`.
"""
