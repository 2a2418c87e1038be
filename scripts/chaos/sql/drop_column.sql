-- Takes back what add_column.sql added.
ALTER TABLE core.ordens_fabrico DROP COLUMN chaos;
