-- A zone that PowerDNS takes from DOS by TSIG, and follows by IXFR.
INSERT INTO domains (name, master, type) VALUES ('@ZONE@', '@PRIMARY@:@PRIMARY_PORT@', 'SLAVE');
INSERT INTO tsigkeys (name, algorithm, secret) VALUES ('@KEY@', '@ALGORITHM@', '@SECRET@');
INSERT INTO domainmetadata (domain_id, kind, content) SELECT id, 'AXFR-MASTER-TSIG', '@KEY@' FROM domains WHERE name = '@ZONE@';
INSERT INTO domainmetadata (domain_id, kind, content) SELECT id, 'IXFR', '1' FROM domains WHERE name = '@ZONE@';
INSERT INTO domainmetadata (domain_id, kind, content) SELECT id, 'TSIG-ALLOW-NOTIFY', '@KEY@' FROM domains WHERE name = '@ZONE@';
