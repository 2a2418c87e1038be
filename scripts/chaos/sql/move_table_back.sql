-- Takes back what move_table_away.sql did.
ALTER TABLE core.chaos_modelos RENAME TO modelos;
