"""Where state lives: the folders of LUMBUNG_HOME, the ledger of loads, the writers' lease."""
