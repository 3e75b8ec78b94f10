"""Sheets that teachers and offices fill in, one row a student: the one mechanism behind results, attendance and special lists.

An importer says which columns it wants (`Wanted`) and reads their cells; finding the header, knowing the student of each row, naming every
bad cell and the report are done here.
"""
