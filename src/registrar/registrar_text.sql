-- What the server says in languages other than English, which is in the code and in dos.result_code.

CREATE TABLE dos.epp_text (
    language text NOT NULL CONSTRAINT epp_text_language_form CHECK (language ~ '^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$'),
    key      text NOT NULL,
    text     text NOT NULL CONSTRAINT epp_text_present CHECK (text <> ''),
    own      boolean NOT NULL DEFAULT true,
    CONSTRAINT epp_text_pkey PRIMARY KEY (language, key)
);
COMMENT ON TABLE dos.epp_text IS
    'texts by language: key is a result code, or the event that a poll message tells of (%s: name of the object). '
    'A language is offered when dos.epp_setting.languages has it; what is missing here is said in English; own marks rows of this registry';
SELECT pg_catalog.pg_extension_config_dump('dos.epp_text', 'WHERE own');

CREATE FUNCTION dos_internal.epp_text_shipped() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        DELETE FROM dos.epp_text AS t WHERE NOT t.own AND t.language = NEW.language AND t.key = NEW.key;
    ELSE
        NEW.own := true;
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION dos_internal.epp_text_shipped() IS 'trigger of dos.epp_text: as shipped_row(), for a key of two columns';

INSERT INTO dos.epp_text (language, key, text, own) VALUES
    ('fr', '1000', 'Commande exécutée', false),
    ('fr', '1001', 'Commande exécutée ; action en attente', false),
    ('fr', '1300', 'Commande exécutée ; aucun message', false),
    ('fr', '1301', 'Commande exécutée ; accusez réception pour retirer le message', false),
    ('fr', '1500', 'Commande exécutée ; fin de la session', false),
    ('fr', '2000', 'Commande inconnue', false),
    ('fr', '2001', 'Erreur de syntaxe dans la commande', false),
    ('fr', '2002', 'Commande non admise à cet endroit', false),
    ('fr', '2003', 'Paramètre obligatoire absent', false),
    ('fr', '2004', 'Valeur de paramètre hors limites', false),
    ('fr', '2005', 'Erreur de syntaxe dans une valeur de paramètre', false),
    ('fr', '2100', 'Version du protocole non disponible', false),
    ('fr', '2101', 'Commande non disponible', false),
    ('fr', '2102', 'Option non disponible', false),
    ('fr', '2103', 'Extension non disponible', false),
    ('fr', '2104', 'Facturation impossible', false),
    ('fr', '2105', 'Objet non renouvelable', false),
    ('fr', '2106', 'Objet non transférable', false),
    ('fr', '2200', 'Échec de l''authentification', false),
    ('fr', '2201', 'Opération non autorisée', false),
    ('fr', '2202', 'Code d''autorisation invalide', false),
    ('fr', '2300', 'Transfert de l''objet en cours', false),
    ('fr', '2301', 'Aucun transfert de l''objet en cours', false),
    ('fr', '2302', 'L''objet existe déjà', false),
    ('fr', '2303', 'L''objet n''existe pas', false),
    ('fr', '2304', 'Le statut de l''objet interdit l''opération', false),
    ('fr', '2305', 'Une association de l''objet interdit l''opération', false),
    ('fr', '2306', 'Valeur de paramètre contraire aux règles du registre', false),
    ('fr', '2307', 'Service d''objets non disponible', false),
    ('fr', '2308', 'Opération contraire aux règles de gestion des données', false),
    ('fr', '2400', 'Échec de la commande', false),
    ('fr', '2500', 'Échec de la commande ; fermeture de la connexion', false),
    ('fr', '2501', 'Échec de l''authentification ; fermeture de la connexion', false),
    ('fr', '2502', 'Nombre maximal de sessions atteint ; fermeture de la connexion', false),
    ('fr', 'domain.transfer_requested', 'Transfert de %s demandé.', false),
    ('fr', 'domain.transfer_approved', 'Transfert de %s accepté.', false),
    ('fr', 'domain.transfer_completed', 'Transfert de %s accepté par le registre.', false),
    ('fr', 'domain.transfer_rejected', 'Transfert de %s refusé.', false),
    ('fr', 'domain.transfer_cancelled', 'Transfert de %s annulé.', false),
    ('fr', 'domain.autorenewed', '%s a été renouvelé automatiquement.', false),
    ('fr', 'domain.autorenew_unpaid', '%s n''a pu être renouvelé automatiquement : solde insuffisant.', false),
    ('fr', 'domain.expired', '%s a expiré et va être supprimé.', false),
    ('fr', 'domain.purged', '%s a été supprimé.', false),
    ('fr', 'domain.restore_lapsed', '%s est de nouveau en rédemption : le rapport de restauration n''est pas venu.', false),
    ('fr', 'domain.host_removed', 'Un serveur de noms de %s a été retiré, car son domaine n''existe plus.', false);
CREATE TRIGGER epp_text_shipped BEFORE INSERT OR UPDATE ON dos.epp_text FOR EACH ROW EXECUTE FUNCTION dos_internal.epp_text_shipped();
CREATE TRIGGER epp_text_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.epp_text
    FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.epp_server_changed();

CREATE FUNCTION dos.epp_texts(OUT language text, OUT code int, OUT text text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.language, c.code, t.text
      FROM dos.epp_setting AS s JOIN dos.epp_text AS t ON t.language = ANY (s.languages) JOIN dos.result_code AS c ON c.code::text = t.key
     ORDER BY t.language, c.code
$$;
COMMENT ON FUNCTION dos.epp_texts() IS 'for gateways: the texts of result codes in the languages that are offered';
GRANT EXECUTE ON FUNCTION dos.epp_texts() TO dos_epp;
