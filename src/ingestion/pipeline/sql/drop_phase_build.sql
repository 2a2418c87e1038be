-- Removes the months that a killed load has filled aside.
SELECT core.drop_fases_build()
