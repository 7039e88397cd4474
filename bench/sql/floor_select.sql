-- One row by its key: the least that a look-up can cost. pgbench variables: names.
\set id random(1, :names)
SELECT name, expires_at FROM floor.domain WHERE id = :id;
