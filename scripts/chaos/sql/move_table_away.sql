-- As between two migrations: a table that pages read has another name.
ALTER TABLE core.modelos RENAME TO chaos_modelos;
