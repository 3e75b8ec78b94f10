"""Reading a roster file: pure, streaming, without a database of the product.

A package or a sheet becomes findings (what is wrong, where) and one stream of normalised records (`records`), school by school.
"""
