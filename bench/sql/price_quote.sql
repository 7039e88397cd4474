-- What a create costs one registrar, with every rule looked at. pgbench variables: names.
\set id random(1, :names)
SELECT sum(amount_minor) FROM dos.price_quote('p' || :id || '.quoted', 'create', 2, registrar => 'bench-00');
