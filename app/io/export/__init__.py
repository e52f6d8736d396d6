"""Papers of a plan: PDF, GeoPackage, spreadsheet and web map, all from one dossier."""
