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
    ('fr', 'domain.host_removed', 'Un serveur de noms de %s a été retiré, car son domaine n''existe plus.', false),
    ('fr', 'contact.transfer_requested', 'Transfert du contact %s demandé.', false),
    ('fr', 'contact.transfer_approved', 'Transfert du contact %s accepté.', false),
    ('fr', 'contact.transfer_completed', 'Transfert du contact %s accepté par le registre.', false),
    ('fr', 'contact.transfer_rejected', 'Transfert du contact %s refusé.', false),
    ('fr', 'contact.transfer_cancelled', 'Transfert du contact %s annulé.', false),
    ('fr', 'domain.expiring', '%s va bientôt expirer.', false),
    ('fr', 'domain.redemption_begun', '%s n''a pas été renouvelé et se trouve en rédemption.', false),
    ('fr', 'domain.collision_held', '%s est suspendu en raison d''une collision de noms.', false),
    ('fr', 'contact.idle', 'Le contact %s n''est pas utilisé et va être supprimé.', false),
    ('fr', 'host.idle', 'Le serveur de noms %s n''est pas utilisé et va être supprimé.', false),
    ('fr', 'domain.create_approved', 'L''enregistrement de %s a été accepté.', false),
    ('fr', 'domain.create_rejected', 'L''enregistrement de %s a été refusé.', false),
    ('fr', 'domain.update_approved', 'La modification de %s a été acceptée.', false),
    ('fr', 'domain.update_rejected', 'La modification de %s a été refusée.', false),
    ('fr', 'application.resubmitted', 'La candidature pour %s va être examinée de nouveau.', false),
    ('fr', 'application.validated', 'La candidature pour %s est valable.', false),
    ('fr', 'application.invalidated', 'La candidature pour %s n''est pas valable.', false),
    ('fr', 'application.contended', 'Plusieurs candidats demandent %s ; l''attribution est en cours.', false),
    ('fr', 'application.customized', 'La candidature pour %s a un nouveau statut.', false),
    ('fr', 'application.allocated', 'La candidature pour %s a été retenue : le nom est enregistré.', false),
    ('fr', 'application.rejected', 'La candidature pour %s a été refusée.', false),
    ('fr', 'package.begun', 'Le forfait %s a commencé.', false),
    ('fr', 'package.filling', 'Le forfait %s est bientôt épuisé.', false),
    ('fr', 'package.ending', 'Le forfait %s arrive bientôt à son terme.', false),
    ('fr', 'package.renewed', 'Le forfait %s a été renouvelé.', false),
    ('fr', 'package.ended', 'Le forfait %s est terminé.', false),
    ('fr', 'domain.host_renamed', 'Un serveur de noms de %s a changé de nom, car son domaine n''existe plus.', false),
    ('fr', 'host.renamed', 'Un serveur de noms de vos domaines a un nouveau nom : %s.', false),
    ('fr', 'domain.created', 'Le registre a créé %s.', false),
    ('fr', 'domain.updated', 'Le registre a modifié %s.', false),
    ('fr', 'domain.renewed', 'Le registre a renouvelé %s.', false),
    ('fr', 'domain.renewal_undone', 'Le registre a annulé un renouvellement de %s.', false),
    ('fr', 'domain.delete_pending', 'Le registre a supprimé %s, qui peut encore être restauré.', false),
    ('fr', 'domain.deleted', 'Le registre a supprimé %s.', false),
    ('fr', 'domain.restored', 'Le registre a restauré %s.', false),
    ('fr', 'domain.moved', 'Le registre a confié %s à un autre bureau d''enregistrement.', false),
    ('fr', 'contact.updated', 'Le registre a modifié le contact %s.', false),
    ('fr', 'contact.deleted', 'Le registre a supprimé le contact %s.', false),
    ('fr', 'contact.moved', 'Le registre a confié le contact %s à un autre bureau d''enregistrement.', false),
    ('fr', 'host.updated', 'Le registre a modifié le serveur de noms %s.', false),
    ('fr', 'host.deleted', 'Le registre a supprimé le serveur de noms %s.', false),
    ('fr', 'registrar.portfolio_moved', 'Le registre a confié des objets à un autre bureau d''enregistrement : %s.', false),
    ('fr', 'registrar.balance_low', 'Le solde du compte %s est bas.', false),
    ('fr', 'invoice.issued', 'La facture %s a été émise.', false),
    ('fr', 'invoice.credited', 'L''avoir %s a été émis.', false),
    ('fr', 'price.announced', 'De nouveaux prix ont été annoncés pour %s.', false),
    ('fr', 'maintenance.created', 'La maintenance %s a été annoncée.', false),
    ('fr', 'maintenance.updated', 'La maintenance %s a été modifiée.', false),
    ('fr', 'maintenance.deleted', 'La maintenance %s a été annulée.', false),
    ('fr', 'maintenance.ended', 'La maintenance %s est terminée.', false);
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
