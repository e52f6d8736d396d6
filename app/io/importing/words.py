"""Words of Italian and English files, and the codes that they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from app.io.importing.headings import normalised
from app.io.importing.osm_tags import RAILWAY, ROAD_CLASS, SURFACE, WATERWAY
from app.model import codes

_STATUS = {
    "proposed": ("proposto", "proposta", "ipotesi", "in_studio", "da_fare", "in_valutazione"),
    "planned": (
        "pianificato", "pianificata", "previsto", "prevista", "progettato", "progettata",
        "progetto", "in_progetto", "approvato", "programmato", "futuro",
    ),
    "underConstruction": (
        "in_costruzione", "in_realizzazione", "in_corso", "cantiere", "under_construction",
        "construction", "lavori_in_corso", "in_opera",
    ),
    "operational": (
        "operativo", "operativa", "in_esercizio", "esercizio", "attivo", "attiva", "esistente",
        "in_uso", "realizzato", "realizzata", "in_servizio", "active", "existing", "in_operation",
        "live", "collaudato", "as_built", "built", "attivato",
    ),
    "inactive": (
        "inattivo", "inattiva", "spento", "non_attivo", "fuori_servizio", "sospeso", "disattivo",
        "disused", "out_of_service",
    ),
    "decommissioned": ("dismesso", "dismessa", "rimosso", "abbandonato", "removed", "cessato"),
}  # fmt: skip
_NODE_TYPES = {
    "hub": ("centrale", "nodo_principale", "core", "data_center", "datacenter", "ced"),
    "pop": ("punto_di_presenza", "point_of_presence", "nodo_di_accesso"),
    "aggregationPoint": ("aggregazione", "nodo_di_aggregazione", "aggregation_point"),
    "chamber": ("pozzetto", "cameretta", "camera", "manhole", "pozzetti", "tombino"),
    "handhole": ("chiusino", "pozzettino", "hand_hole"),
    "cabinet": ("armadio", "armadio_stradale", "ripartilinea", "street_cabinet"),
    "pole": ("palo", "palina", "sostegno"),
    "tower": ("torre", "traliccio", "mast", "antenna", "stazione_radio"),
    "buildingEntry": ("ingresso_edificio", "ingresso", "building_entry", "introduzione"),
    "splicePoint": ("giunto", "giunzione", "muffola", "splice", "splice_point", "joint"),
    "customerPremises": ("sede_cliente", "utente", "cliente", "customer_premises", "cpe"),
    "exchange": ("punto_di_scambio", "ixp", "nap", "interscambio"),
    "other": ("altro", "altri", "generico"),
}
_SURFACE = {
    "asphalt": ("asfalto", "bitume", "conglomerato_bituminoso", "asfaltato", "asfaltata",
                "bituminoso", "tarmac"),
    "concrete": ("calcestruzzo", "cemento", "cls"),
    "stone": ("pietra", "porfido", "pave", "ciottoli", "lastricato", "cubetti", "autobloccanti",
              "masselli", "acciottolato", "basolato", "granito"),
    "gravel": ("ghiaia", "sterrato", "ghiaietto", "stabilizzato", "calcestre"),
    "earth": ("terra", "erba", "prato", "terreno", "terreno_naturale"),
    "unknown": ("sconosciuto", "ignoto", "non_noto", "n_d", "nd", "altro", "other"),
}  # fmt: skip
_ROAD_CLASS = {
    "motorway": ("autostrada", "a_autostrada"),
    "trunk": ("superstrada", "tangenziale", "statale", "strada_statale", "extraurbana_principale"),
    "primary": ("provinciale", "strada_provinciale", "strada_regionale", "regionale"),
    "secondary": ("extraurbana_secondaria", "urbana_di_scorrimento", "scorrimento"),
    "tertiary": ("urbana_di_quartiere", "quartiere", "interquartiere"),
    "residential": ("locale", "comunale", "strada_comunale", "urbana", "residenziale", "urbano"),
    "service": ("servizio", "strada_di_servizio", "privata", "vicinale"),
    "pedestrian": ("pedonale", "area_pedonale"),
    "cycleway": ("ciclabile", "pista_ciclabile", "ciclopedonale"),
    "path": ("sentiero", "vialetto"),
    "track": ("campestre", "sterrata", "strada_bianca", "carrareccia"),
}
_ACCESS = {
    "public": ("pubblico", "pubblica", "yes", "si", "libero", "permissive", "destination"),
    "private": ("privato", "privata", "no"),
    "forbidden": ("vietato", "vietata", "interdetto"),
}
_BARRIER = {
    "river": ("fiume", "torrente", "corso_d_acqua", "rio", "roggia", "riverbank", "waterway"),
    "canal": ("canale", "naviglio", "derivatore"),
    "lake": ("lago", "laghetto", "invaso", "bacino", "specchio_d_acqua", "lake_centerline"),
    "railway": ("ferrovia", "ferroviario", "linea_ferroviaria", "rete_ferroviaria", "binario"),
    "metro": ("metropolitana", "metropolitano", "subway", "underground"),
    "motorway": ("autostrada", "tangenziale", "superstrada"),
    "restricted": ("ztl", "ap", "area_pedonale", "zona_a_traffico_limitato", "vincolo", "parco",
                   "area_protetta", "vietato", "restricted_area", "ztl_ap", "zps", "sic"),
    "border": ("confine", "limite_amministrativo", "boundary"),
    "other": ("altro",),
}  # fmt: skip
_CROSSING = {
    "free": ("libero", "libera", "gratuito", "si"),
    "priced": ("a_pagamento", "oneroso", "con_prezzo", "a_prezzo", "pagamento"),
    "forbidden": ("vietato", "vietata", "no", "impossibile", "non_attraversabile"),
}
_TECHNIQUE = {
    "trench": ("scavo", "trincea", "scavo_tradizionale", "tradizionale"),
    "miniTrench": ("minitrincea", "mini_trincea", "mini_trench"),
    "microTrench": ("microtrincea", "micro_trincea", "micro_trench"),
    "noDig": ("toc", "teleguidata", "perforazione", "trivellazione", "no_dig", "spingitubo"),
    "existingDuct": ("cavidotto_esistente", "infrastruttura_esistente", "existing_duct", "tubo"),
    "sewer": ("fognatura", "fogna", "collettore"),
    "aerial": ("aereo", "aerea", "palificata", "su_palo"),
    "leadIn": ("raccordo", "allaccio", "allacciamento", "lead_in"),
    "join": ("giunzione", "innesto"),
}
_DEPLOYMENT = {
    "aboveGround": ("aereo", "aerea", "above_ground", "overhead", "fuori_terra"),
    "belowGround": ("interrato", "interrata", "sotterraneo", "below_ground", "underground"),
}
_CONDUIT = {
    "duct": ("cavidotto", "tubo", "tubazione", "corrugato", "polifora", "condotto"),
    "innerduct": ("sottotubo", "monotubo", "tritubo"),
    "microduct": ("microtubo", "minitubo", "microtubi", "bundle"),
    "sewer": ("fognatura", "fogna", "collettore", "collettore_fognario"),
    "gallery": ("galleria", "cunicolo", "cunicolo_tecnologico", "sottovia"),
    "aerial": ("aereo", "aerea", "palificata", "palificazione"),
    "other": ("altro",),
}
_HAZARD = {
    "flood": ("alluvione", "allagamento", "esondazione", "idraulico", "idraulica", "piena"),
    "landslide": ("frana", "frane", "dissesto", "geologico"),
    "seismic": ("sisma", "sismico", "terremoto", "earthquake"),
    "fire": ("incendio", "incendi", "wildfire"),
    "power": ("blackout", "elettrico", "energia"),
    "other": ("altro",),
}
_SCENARIO = {
    "H": ("p3", "hph", "alta", "elevata", "frequente", "high", "h_p3", "p3_h"),
    "M": ("p2", "mph", "media", "poco_frequente", "medium", "h_p2", "p2_m"),
    "L": ("p1", "lph", "bassa", "rara", "raro", "low", "h_p1", "p1_l"),
}
_PROTECTION = {
    "none": ("nessuna", "nessuno", "no"),
    "edge": ("arco", "tratta", "percorso", "link", "span", "doppia_via", "si", "yes"),
    "node": ("nodo", "nodi", "completa"),
    "risk": ("rischio", "rischi", "srlg", "srg", "shared_risk"),
}
_AREA = {
    "municipality": ("comune", "comuni"),
    "park": ("parco", "giardino", "verde"),
    "water": ("acqua", "lago"),
    "woodland": ("bosco", "foresta", "wood", "forest"),
    "builtUp": ("edificato", "urbanizzato", "built_up", "abitato", "centro_abitato"),
    "other": ("altro",),
}
_QUALITY = {
    "surveyed": ("rilevato", "rilievo", "gps"),
    "address": ("indirizzo", "civico"),
    "locality": ("localita", "comune"),
    "assumed": ("ipotizzata", "presunta", "stimata"),
    "modelled": ("modellato", "modello"),
    "unknown": ("ignota", "sconosciuta"),
}
_RISK = {
    "duct": ("cavidotto",), "trench": ("trincea", "scavo"), "sewer": ("fognatura",),
    "bridge": ("ponte",), "railCrossing": ("attraversamento_ferroviario",),
    "riverCrossing": ("attraversamento_fluviale",), "chamber": ("pozzetto", "cameretta"),
    "buildingEntry": ("ingresso_edificio",), "tower": ("torre", "traliccio"),
    "hub": ("centrale",), "powerZone": ("zona_elettrica",), "hazardZone": ("zona_di_pericolo",),
    "other": ("altro",),
}  # fmt: skip
_ROLE = {
    "ring": ("anello",), "backbone": ("dorsale",), "spur": ("diramazione", "antenna"),
    "access": ("accesso", "rilegamento"),
}  # fmt: skip
_ITEM_UNIT = {
    "m": ("ml", "metro", "metri", "mt", "m_l"), "m2": ("mq", "metro_quadrato", "metri_quadrati"),
    "m3": ("mc", "metro_cubo", "metri_cubi"),
    "each": ("cad", "cadauno", "cadauna", "n", "nr", "num", "numero", "u", "ud", "un", "pz",
             "pezzo", "pezzi", "unit", "unita", "pcs", "ea"),
    "lump": ("corpo", "a_corpo", "ac", "lump_sum", "forfait"), "hour": ("h", "ora", "ore"),
    "percent": ("percentuale", "per_cent", "perc"), "year": ("anno", "anni", "a"),
    "m_year": ("m_anno", "m_all_anno", "ml_anno", "m_a", "m_per_year", "m_a_year"),
    "each_year": ("cad_anno", "cad_all_anno", "each_per_year", "each_a_year", "n_anno"),
}  # fmt: skip
_TABLES: Mapping[tuple[str, ...], Mapping[str, Sequence[str]]] = {
    codes.STATUSES: _STATUS, codes.NODE_TYPES: _NODE_TYPES, codes.SURFACES: _SURFACE,
    codes.ROAD_CLASSES: _ROAD_CLASS, codes.ACCESSES: _ACCESS, codes.BARRIER_KINDS: _BARRIER,
    codes.CROSSINGS: _CROSSING, codes.TECHNIQUES: _TECHNIQUE, codes.DEPLOYMENTS: _DEPLOYMENT,
    codes.CONDUIT_KINDS: _CONDUIT, codes.HAZARD_KINDS: _HAZARD,
    codes.HAZARD_SCENARIOS: _SCENARIO, codes.PROTECTIONS: _PROTECTION, codes.AREA_KINDS: _AREA,
    codes.POSITION_QUALITIES: _QUALITY, codes.RISK_KINDS: _RISK, codes.ITEM_UNITS: _ITEM_UNIT,
    ("ring", "backbone", "spur", "access"): _ROLE,
}  # fmt: skip
_OSM: Mapping[tuple[str, ...], Mapping[str, str]] = {
    codes.ROAD_CLASSES: ROAD_CLASS,
    codes.SURFACES: SURFACE,
    codes.BARRIER_KINDS: {**WATERWAY, **RAILWAY},
}
_SITE_PATTERNS: Sequence[tuple[str, str]] = (
    ("school_primary", r"infanzia|matern|asilo|nido|element|primari|primo_ciclo|comprensivo|ic$"
                       r"|kindergarten|preschool|nursery"),
    ("research", r"ricerc|research|universit|politecnico|irccs|ateneo"),
    ("school_secondary", r"secondari|medie|scuola_media|secondo_ciclo|superior|liceo|itis|ipsia"
                         r"|istituto_tecnico|istituto_professionale|tecnic|professionale|high"
                         r"|adulti|ctp|cpia|omnicomprensivo"),
    ("hospital", r"ospedal|hospital|clinic|pronto_soccorso|poliambulator|asst|presidio"),
    ("pharmacy", r"farmaci|pharmac|chemist"),
    ("care_home", r"casa_di_riposo|rsa|residenza_sanitaria|anzian|care_home|nursing|casa_famiglia"),
    ("police", r"polizi|carabinier|questura|police|guardia_di_finanza|comando_vigili|commissariat"),
    ("civil_protection", r"protezione_civile|civil_protection|vigili_del_fuoco|pompier|fire|coc"
                         r"|ccv|118|ambulanz|croce"),
    ("library", r"bibliotec|library|mediatec"),
    ("camera", r"telecamer|camera|videosorvegl|cctv|varco"),
    ("municipality", r"municip|comune|town_hall|sede_comunale|palazzo_comunale|city_hall"),
    ("other_body", r"altro|altri|other|ufficio|ente|uffici|sede|servizi|office"),
    ("school_primary", r"scuola|school|istituto"),
)  # fmt: skip
_TRUE = frozenset({"si", "s", "true", "t", "yes", "y", "1", "vero", "v", "x", "on", "presente"})
_FALSE = frozenset({"no", "n", "false", "f", "0", "falso", "off", "assente", "1_no", "none"})

Translate = Callable[[str], str | None]
"""Takes a word of a file, returns the code or ``None``."""


def translator_of(choices: tuple[str, ...]) -> Translate:
    """Return what turns words into the codes of one closed list."""
    known = {normalised(code).replace("_", ""): code for code in choices}
    for code, synonyms in _TABLES.get(choices, {}).items():
        for synonym in synonyms:
            known.setdefault(synonym.replace("_", ""), code)
    for word, code in _OSM.get(choices, {}).items():
        known.setdefault(normalised(word).replace("_", ""), code)

    def translate(word: str) -> str | None:
        text = normalised(word)
        found = known.get(text.replace("_", ""))
        if found is None and choices == codes.SITE_CATEGORIES:
            return site_category(text)
        return found

    return translate


def site_category(text: str) -> str | None:
    """Return the category that a normalised description names, or ``None``."""
    for code, pattern in _SITE_PATTERNS:
        if re.search(rf"(?:^|_)(?:{pattern})", text):
            return code
    return None


def barrier_kind(text: str) -> str | None:
    """Return the kind of barrier that a normalised file or layer name speaks of."""
    for code, pattern in (
        ("metro", r"metro(?!pol)|metropolitana|subway"),
        ("railway", r"ferrov|railway|rail|binari"),
        ("river", r"fium|river|torrent|idrograf|waterway|corsi_acqua"),
        ("canal", r"canal|navigl|rogg"),
        ("lake", r"lag[oh]|lake"),
        ("motorway", r"autostrad|motorway|tangenzial"),
        ("restricted", r"ztl|pedonal|pedestrian|restricted|vincol"),
        ("border", r"confin|border|boundar"),
    ):
        if re.search(rf"(?:^|_)(?:{pattern})", text):
            return code
    return None


def truth(word: str) -> bool | None:
    """Return what a yes/no word says in Italian or English, or ``None``."""
    text = normalised(word)
    if text in _TRUE:
        return True
    return False if text in _FALSE or word.strip() == "-" else None
