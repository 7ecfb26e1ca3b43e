-- Gives each service its database user, and takes the sign-in from those that are gone. Run by psql as the owner of the database,
-- as often as one likes. `users` is a JSON list of {"name": ..., "token": true for IAM, false for a password that somebody sets}.
\set mark 'user of a service: signs in while the service is there'
SET client_min_messages = warning;

CREATE TEMP TABLE wanted AS
  SELECT wish.name, wish.token, role.oid IS NULL OR NOT pg_has_role(role.oid, 'rds_iam', 'MEMBER') AS fresh
  FROM jsonb_to_recordset(:'users') AS wish (name text, token boolean) LEFT JOIN pg_roles AS role ON role.rolname = wish.name;

BEGIN;
-- A run that was given up may still be at work when the next one starts.
SELECT pg_advisory_xact_lock(hashtext(:'mark')) \g /dev/null

DO $$
DECLARE
  strong text := (
    SELECT string_agg(name, ', ') FROM wanted JOIN pg_roles ON rolname = name
    WHERE rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
      OR pg_has_role(oid, 'rds_superuser', 'MEMBER')
  );
BEGIN
  IF strong IS NOT NULL THEN
    RAISE EXCEPTION 'may do more than a service and are left alone: %', strong USING HINT = 'Rename the services.';
  END IF;
END $$;

SELECT format('CREATE ROLE %I', name) FROM wanted WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
SELECT format('ALTER ROLE %I LOGIN', name) FROM wanted JOIN pg_roles ON rolname = name WHERE NOT rolcanlogin \gexec
SELECT format('COMMENT ON ROLE %I IS %L', name, :'mark') FROM wanted JOIN pg_roles ON rolname = name
  WHERE shobj_description(oid, 'pg_authid') IS DISTINCT FROM :'mark' \gexec
SELECT format('CREATE SCHEMA IF NOT EXISTS %I', name) FROM wanted \gexec
-- With the right to pass it on: whom a service lets read is its own affair.
SELECT format('GRANT USAGE, CREATE ON SCHEMA %1$I TO %1$I WITH GRANT OPTION', name) FROM wanted
  WHERE NOT has_schema_privilege(name, name, 'USAGE WITH GRANT OPTION')
    OR NOT has_schema_privilege(name, name, 'CREATE WITH GRANT OPTION') \gexec

-- Whoever is in rds_iam signs in with a token and can no longer use a password: a pool of connections needs one.
SELECT format('GRANT rds_iam TO %I', name) FROM wanted WHERE token AND fresh \gexec
SELECT format('REVOKE rds_iam FROM %I', name) FROM wanted WHERE NOT token AND NOT fresh \gexec

-- What a service has made stays where it is.
SELECT format('ALTER ROLE %I NOLOGIN', rolname) FROM pg_roles
  WHERE rolcanlogin AND shobj_description(oid, 'pg_authid') = :'mark' AND rolname NOT IN (SELECT name FROM wanted) \gexec
COMMIT;

-- An owner who is a member of a service's user is in rds_iam with it, and locked out: this session is the last that can undo it.
\set signs_in `psql --no-psqlrc --quiet --output=/dev/null --command='SELECT 1' && echo true || echo false`
\if :signs_in
\else
SELECT format('REVOKE rds_iam FROM %I', name) FROM wanted WHERE token AND fresh \gexec
DO $$ BEGIN
  RAISE EXCEPTION 'the owner could no longer sign in, so the new users cannot either'
    USING HINT = 'REVOKE the services'' users from the owner, then deploy again.';
END $$;
\endif
