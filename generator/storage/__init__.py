"""Files written so that they are whole: all that belong together or none, also after a kill."""
