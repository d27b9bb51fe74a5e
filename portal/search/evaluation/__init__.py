"""How well does search find? Questions with judged documents are asked of a scratch index, as visitors would ask."""
