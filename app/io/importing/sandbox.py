"""Runs the worker that reads a file: a fresh process with limits, no network, plain answers.

A process of its own and not `multiprocessing`: an import itself usually runs inside a job,
whose process may not have children of that kind.
"""

from __future__ import annotations

import json
import os
import queue
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import app
from app.io.importing.faults import FAULTS, Fault
from app.io.importing.source import Reading, unpack
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.progress import Progress

MEMORY_LIMIT_MB = 4096
TIME_LIMIT_S = 600

_FRAME = struct.Struct("<cQ")
_ANSWER_LIMIT_BYTES = 4 * 2**30
_POLL_S = 0.05

SKIPPED_DRIVERS = (
    "OGR_VRT,VRT,WFS,OAPIF,OGCAPI,CSW,HTTP,NGW,Carto,AmigoCloud,Elasticsearch,PLSCENES,"
    "EEDA,GDALG,ADBC,GPSBabel,MapML,WMS,WMTS,WCS,STACIT,STACTA,GML,GMLAS,PDF,GeoRSS,GPX,ODS,"
    "XLSX,CSV,SQLite,MBTiles,PMTiles,MVT,TopoJSON,ESRIJSON,GeoJSONSeq,JSONFG,OSM,OpenFileGDB,"
    "PGDUMP,MapInfo File,DGN,GTFS,S57,SXF,VFK,VDV,AVCBin,AVCE00,EDIGEO,JML,LVBAG,MiraMonVector,"
    "OGR_GMT,OGR_PDS,PCIDSK,PDS4,Selafin,VICAR,WAsP,Idrisi,AIVector"
)
"""All drivers that no import needs; above all those that open other files or addresses."""

ENVIRONMENT: Mapping[str, str] = {
    "GDAL_SKIP": SKIPPED_DRIVERS,
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{noext}.none",
    "GML_DOWNLOAD_SCHEMA": "NO",
    "GDAL_HTTP_PROXY": "http://127.0.0.1:1",
    "GDAL_DISABLE_READDIR_ON_OPEN": "FALSE",
    "OGR_GEOJSON_MAX_OBJ_SIZE": "500",
    "SHAPE_RESTORE_SHX": "NO",
    "PROJ_NETWORK": "OFF",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONIOENCODING": "utf-8",
}


def read_in_worker(
    request: Mapping[str, Any],
    progress: Progress,
    *,
    time_limit_s: float = TIME_LIMIT_S,
    memory_limit_mb: int = MEMORY_LIMIT_MB,
) -> Reading:
    """Have the worker answer ``request`` (see `app.io.importing.worker`); raises `Fault`.

    Whatever ``progress`` raises (a cancel) ends the worker at once.
    """
    task = {**request, "memory_limit_mb": memory_limit_mb, "cpu_limit_s": int(time_limit_s)}
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryDirectory() as folder:
        process = _start({**task, "folder": folder}, errors)
        try:
            kind, payload = _converse(process, progress, time_limit_s)
        finally:
            process.kill()
            process.wait()
            _close(process)
        return _understood(kind, payload, process.returncode, errors, memory_limit_mb)


def _start(task: Mapping[str, Any], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    root = str(Path(app.__file__).resolve().parent.parent)
    environment = {**os.environ, **ENVIRONMENT}
    environment["PYTHONPATH"] = os.pathsep.join([root, *filter(None, sys.path)])
    process = subprocess.Popen(
        [sys.executable, "-m", "app.io.importing.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=environment,
    )
    assert process.stdin is not None
    try:
        process.stdin.write(json.dumps(task).encode() + b"\n")
        process.stdin.flush()
    except OSError:
        pass  # the worker has ended already; the missing answer tells
    return process


def _close(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:
                continue


def _converse(
    process: subprocess.Popen[bytes], progress: Progress, time_limit_s: float
) -> tuple[bytes, bytes]:
    """Pass on progress until the one answer, the end of the worker or the time limit."""
    frames: queue.SimpleQueue[tuple[bytes, bytes]] = queue.SimpleQueue()
    assert process.stdout is not None
    listener = threading.Thread(target=_listen, args=(process.stdout, frames), daemon=True)
    listener.start()
    end_s = time.monotonic() + time_limit_s
    fraction = 0.0
    label = message(QT_TRANSLATE_NOOP("core", "Reading the file"))
    try:
        while True:
            progress(fraction, label)
            try:
                kind, payload = frames.get(timeout=_POLL_S)
            except queue.Empty:
                if time.monotonic() > end_s:
                    return b"T", str(int(time_limit_s)).encode()
                continue
            if kind != b"P":
                return kind, payload
            fraction = min(max(float(payload), fraction), 1.0)
    finally:
        process.kill()
        listener.join()


def _listen(stream: IO[bytes], frames: queue.SimpleQueue[tuple[bytes, bytes]]) -> None:
    try:
        while True:
            head = stream.read(_FRAME.size)
            if len(head) < _FRAME.size:
                break
            kind, size = _FRAME.unpack(head)
            if size > _ANSWER_LIMIT_BYTES:
                break
            payload = stream.read(size)
            if len(payload) < size:
                break
            frames.put((kind, payload))
            if kind != b"P":
                return
    except (OSError, ValueError):
        pass  # the pipe was closed; the end of the worker is told below
    frames.put((b"X", b""))


def _understood(
    kind: bytes, payload: bytes, code: int, errors: IO[bytes], memory_limit_mb: int
) -> Reading:
    if kind == b"R":
        try:
            return unpack(payload)
        except ValueError as error:
            raise Fault("bad_answer", reason=str(error)) from error
    if kind == b"E":
        told = json.loads(payload)
        if told.get("code") in FAULTS:
            raise Fault(told["code"], told.get("row"), **told.get("values", {}))
        raise Fault("bad_answer", reason="error of unknown kind")
    if kind == b"T":
        raise Fault("timeout", seconds=int(payload))
    errors.seek(0)
    said = errors.read()[-2000:].decode("utf-8", errors="replace").strip()
    if "MemoryError" in said or "bad_alloc" in said:
        raise Fault("memory", limit_mb=memory_limit_mb)
    raise Fault("crashed", reason=said.splitlines()[-1] if said else f"exit code {code}")


def send_frame(stream: IO[bytes], kind: bytes, payload: bytes) -> None:
    """Write one frame of the conversation: a kind and its payload."""
    stream.write(_FRAME.pack(kind, len(payload)))
    stream.write(payload)
    stream.flush()
