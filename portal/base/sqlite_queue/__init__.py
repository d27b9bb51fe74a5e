"""How can several processes write to one SQLite file without any of them being turned away?"""
