"""Everything that is shipped beside the code: icons, texts, prices, symbols, templates."""
