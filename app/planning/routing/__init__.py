"""Walks over street graphs: distances, nearest attachments, matrices, what lies within reach."""
