"""Redraw times of QGIS for one line layer; run by the Python that QGIS belongs to.

    python3 qgis_redraw.py FILE.gpkg '[[xmin, ymin, xmax, ymax], ...]' WIDTH HEIGHT TIMES

Prints one list of milliseconds for each extent as JSON. The layer is drawn at 2 px, antialiased,
by the parallel renderer, as QGIS draws its canvas, without its cache of pictures.
"""

from __future__ import annotations

import json
import os
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(path: str, extents: list[list[float]], width: int, height: int, times: int) -> None:
    """Draw every extent so many times and print how long each took."""
    from qgis.core import (  # noqa: PLC0415 - only where it is installed
        QgsApplication,
        QgsLineSymbol,
        QgsMapRendererParallelJob,
        QgsMapSettings,
        QgsRectangle,
        QgsSingleSymbolRenderer,
        QgsVectorLayer,
    )
    from qgis.PyQt.QtCore import QSize  # noqa: PLC0415
    from qgis.PyQt.QtGui import QColor  # noqa: PLC0415

    application = QgsApplication([], False)
    application.initQgis()
    layer = QgsVectorLayer(path, "streets", "ogr")
    if not layer.isValid():
        sys.exit("the layer cannot be read")
    symbol = QgsLineSymbol.createSimple(
        {"line_color": "136,136,136", "line_width": "2", "line_width_unit": "Pixel"}
    )
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    measured = []
    for extent in extents:
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setOutputSize(QSize(width, height))
        settings.setOutputDpi(96)
        settings.setDestinationCrs(layer.crs())
        settings.setExtent(QgsRectangle(*extent))
        settings.setBackgroundColor(QColor("#ffffff"))
        settings.setFlag(QgsMapSettings.Antialiasing, True)
        settings.setFlag(QgsMapSettings.UseRenderingOptimization, True)
        own = []
        for _ in range(times):
            start = time.perf_counter()
            job = QgsMapRendererParallelJob(settings)
            job.start()
            job.waitForFinished()
            job.renderedImage()
            own.append((time.perf_counter() - start) * 1000)
        measured.append(own)
    print(json.dumps(measured), flush=True)
    os._exit(0)  # QGIS 3.22 may crash while it ends


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]), *(int(word) for word in sys.argv[3:6]))
