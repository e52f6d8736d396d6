"""Row classes of the tables, by topic; `app.model.tables` registers them."""
