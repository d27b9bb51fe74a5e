"""How do editors keep pictures, leaflets and recordings: bring many, find what lacks words, see what is used where?"""
