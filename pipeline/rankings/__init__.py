"""Index placements: `finder` reads them out of sentences, `checks` says which cannot be true."""
