"""The record's tables in, what they amount to out: the calendar, the fate of forecasts, the arms ledger. Pure functions.

Nothing here reads or writes a store, and every result can be asked as of a day.
"""
