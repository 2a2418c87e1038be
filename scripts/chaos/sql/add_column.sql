-- As a migration that adds a column: readers and writers of orders wait.
ALTER TABLE core.ordens_fabrico ADD COLUMN chaos text;
