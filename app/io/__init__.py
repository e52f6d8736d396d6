"""What goes in and out: project file, importers, exporters, reports. No Qt."""
