-- Each gateway logs in as a role of its own that may call its verbs and nothing else.
CREATE ROLE gateway_epp LOGIN IN ROLE dos_epp;
CREATE ROLE gateway_rdds LOGIN IN ROLE dos_rdds;
CREATE ROLE gateway_dns LOGIN IN ROLE dos_dns;
CREATE ROLE gateway_escrow LOGIN IN ROLE dos_escrow;
