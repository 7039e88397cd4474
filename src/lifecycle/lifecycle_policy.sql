-- What a zone's policy says about the lives of its domains, as it is or as it was until an instant.

CREATE TYPE dos.lifecycle_policy AS (
    until            timestamptz,
    autorenew        boolean,
    autorenew_years  int,
    horizon_years    int,
    add_grace        interval,
    renew_grace      interval,
    autorenew_grace  interval,
    transfer_grace   interval,
    transfer_pending interval,
    redemption       interval,
    pending_delete   interval,
    pending_restore  interval,
    expiry_hold      interval,
    expiry_dns       text,
    expiry_dns_after interval,
    release          text,
    release_hour     interval,
    release_window   interval
);
COMMENT ON TYPE dos.lifecycle_policy IS
    'what a zone''s policy says about the lives of its domains, in force until an instant (NULL: from now on); each part is a column of dos.zone';
