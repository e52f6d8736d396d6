"""Column headings met in planners' files, in Italian and English, shared by many tables."""

from __future__ import annotations

NAME_ALIASES = ("nome", "denominazione", "name", "titolo", "descrizione", "label", "toponimo")
STATUS_ALIASES = ("stato", "status", "state")
OWNER_ALIASES = ("proprietario", "owner", "ente", "gestore", "proprieta")
SOURCE_ALIASES = ("fonte", "source", "origine")
NOTE_ALIASES = ("nota", "note", "notes", "osservazioni", "remark", "remarks", "commento")
CODE_ALIASES = ("codice", "code", "id", "cod", "identificativo")
MUNICIPALITY_ALIASES = ("comune", "municipality", "citta", "città", "city", "town", "localita")
