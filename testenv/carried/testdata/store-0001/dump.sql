--
-- PostgreSQL database dump
--

\restrict g7rcB7gpb86XYgBZV1W5XhfXJsyIMYRJBSca5lZUZzx0VzQCJAjmLv8Kbybf0Oo

-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: pgseal; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA pgseal;


ALTER SCHEMA pgseal OWNER TO postgres;

--
-- Name: river_job_state; Type: TYPE; Schema: pgseal; Owner: postgres
--

CREATE TYPE pgseal.river_job_state AS ENUM (
    'available',
    'cancelled',
    'completed',
    'discarded',
    'pending',
    'retryable',
    'running',
    'scheduled'
);


ALTER TYPE pgseal.river_job_state OWNER TO postgres;

--
-- Name: refuse_change(); Type: FUNCTION; Schema: pgseal; Owner: postgres
--

CREATE FUNCTION pgseal.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
        MESSAGE = 'rows of ' || TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME || ' are never changed or deleted';
END $$;


ALTER FUNCTION pgseal.refuse_change() OWNER TO postgres;

--
-- Name: refuse_event_change(); Type: FUNCTION; Schema: pgseal; Owner: postgres
--

CREATE FUNCTION pgseal.refuse_event_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('pgseal.forgetting', true) = 'on' THEN
        RETURN OLD; -- pgseal key events --forget-before, which leaves a signed record of it
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
        MESSAGE = 'rows of pgseal.event are never changed, and deleted by pgseal key events --forget-before alone';
END $$;


ALTER FUNCTION pgseal.refuse_event_change() OWNER TO postgres;

--
-- Name: refuse_head_change(); Type: FUNCTION; Schema: pgseal; Owner: postgres
--

CREATE FUNCTION pgseal.refuse_head_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    IF NEW.writer <> OLD.writer OR NEW.seq <= OLD.seq THEN
        RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'a head of the event log only moves on';
    END IF;
    RETURN NEW;
END $$;


ALTER FUNCTION pgseal.refuse_head_change() OWNER TO postgres;

--
-- Name: refuse_plaintext(); Type: FUNCTION; Schema: pgseal; Owner: postgres
--

CREATE FUNCTION pgseal.refuse_plaintext() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'KP003',
        MESSAGE = format('a plaintext was refused: column %I of %I.%I holds sealed values only', TG_ARGV[0], TG_TABLE_SCHEMA, TG_TABLE_NAME),
        HINT = 'Write to this column through pgseal.',
        SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = TG_ARGV[0], CONSTRAINT = 'plaintext_refused';
END
$$;


ALTER FUNCTION pgseal.refuse_plaintext() OWNER TO postgres;

--
-- Name: river_job_state_in_bitmask(bit, pgseal.river_job_state); Type: FUNCTION; Schema: pgseal; Owner: postgres
--

CREATE FUNCTION pgseal.river_job_state_in_bitmask(bitmask bit, state pgseal.river_job_state) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE state
        WHEN 'available' THEN get_bit(bitmask, 7)
        WHEN 'cancelled' THEN get_bit(bitmask, 6)
        WHEN 'completed' THEN get_bit(bitmask, 5)
        WHEN 'discarded' THEN get_bit(bitmask, 4)
        WHEN 'pending'   THEN get_bit(bitmask, 3)
        WHEN 'retryable' THEN get_bit(bitmask, 2)
        WHEN 'running'   THEN get_bit(bitmask, 1)
        WHEN 'scheduled' THEN get_bit(bitmask, 0)
        ELSE 0
    END = 1;
$$;


ALTER FUNCTION pgseal.river_job_state_in_bitmask(bitmask bit, state pgseal.river_job_state) OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: backup; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.backup (
    "position" bigint NOT NULL,
    sha256 bytea NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    size bigint NOT NULL,
    made_at timestamp with time zone,
    archive boolean NOT NULL,
    needs text NOT NULL,
    sealed bigint NOT NULL,
    plaintext bigint NOT NULL,
    problems bigint NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    forgotten_at timestamp with time zone,
    forgotten_by text NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL,
    CONSTRAINT backup_sha256_check CHECK ((octet_length(sha256) = 32))
);


ALTER TABLE pgseal.backup OWNER TO postgres;

--
-- Name: COLUMN backup.needs; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.backup.needs IS 'JSON: for each tenant its data keys and the master key that wraps them in the backup';


--
-- Name: COLUMN backup.forgotten_at; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.backup.forgotten_at IS 'when it was destroyed, by an operator''s word';


--
-- Name: backup_list; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.backup_list (
    singleton boolean DEFAULT true NOT NULL,
    complete_at timestamp with time zone,
    complete_by text NOT NULL,
    actor text NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL,
    CONSTRAINT backup_list_singleton_check CHECK (singleton)
);


ALTER TABLE pgseal.backup_list OWNER TO postgres;

--
-- Name: COLUMN backup_list.complete_at; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.backup_list.complete_at IS 'as of when somebody has said that every backup is in pgseal.backup; NULL: nobody has';


--
-- Name: COLUMN backup_list.mac; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.backup_list.mac IS 'covers all rows of pgseal.backup too';


--
-- Name: bulk; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.bulk (
    column_state uuid NOT NULL,
    status text NOT NULL,
    code text NOT NULL,
    reason text NOT NULL,
    kind text NOT NULL,
    phase text NOT NULL,
    pass integer NOT NULL,
    relation bigint NOT NULL,
    "position" text[] NOT NULL,
    triggers text NOT NULL,
    settings text NOT NULL,
    actor text NOT NULL,
    total bigint NOT NULL,
    seen bigint NOT NULL,
    written bigint NOT NULL,
    skipped bigint NOT NULL,
    verified bigint NOT NULL,
    count bigint NOT NULL,
    count_after bigint NOT NULL,
    sum bytea NOT NULL,
    sum_after bytea NOT NULL,
    started_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    version bigint NOT NULL,
    mac bytea NOT NULL
)
WITH (fillfactor='50');


ALTER TABLE pgseal.bulk OWNER TO postgres;

--
-- Name: TABLE bulk; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON TABLE pgseal.bulk IS 'how far work on all rows of a column has come; what is to be done follows from column_state';


--
-- Name: column_pin; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.column_pin (
    tenant uuid NOT NULL,
    column_id bytea NOT NULL,
    key_number bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.column_pin OWNER TO postgres;

--
-- Name: column_state; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.column_state (
    id uuid NOT NULL,
    schema_name text NOT NULL,
    table_name text NOT NULL,
    column_name text NOT NULL,
    origin text NOT NULL,
    relation bigint NOT NULL,
    attnum integer NOT NULL,
    column_id bytea NOT NULL,
    family text NOT NULL,
    type_oid bigint NOT NULL,
    typmod integer NOT NULL,
    mode smallint NOT NULL,
    domain text NOT NULL,
    "normalize" text[] NOT NULL,
    unicode text NOT NULL,
    pad integer NOT NULL,
    state text NOT NULL,
    wanted text NOT NULL,
    next_mode smallint NOT NULL,
    before text[] NOT NULL,
    scrubbed_at timestamp with time zone,
    retired boolean NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.column_state OWNER TO postgres;

--
-- Name: COLUMN column_state.origin; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.column_state.origin IS 'the database in which relation and attnum mean what they say';


--
-- Name: data_key; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.data_key (
    key_number bigint NOT NULL,
    tenant uuid NOT NULL,
    wrapped_by bigint,
    wrapped bytea NOT NULL,
    key_arn text NOT NULL,
    material_id text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL,
    CONSTRAINT data_key_key_number_check CHECK (((key_number >= 1) AND (key_number <= '4294967295'::bigint)))
);


ALTER TABLE pgseal.data_key OWNER TO postgres;

--
-- Name: COLUMN data_key.wrapped_by; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.data_key.wrapped_by IS 'NULL: the customer''s master key; else the current generation';


--
-- Name: event; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.event (
    writer uuid NOT NULL,
    seq bigint NOT NULL,
    epoch bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    tenant uuid,
    kind text NOT NULL,
    actor text NOT NULL,
    detail text NOT NULL,
    key_arn text NOT NULL,
    requests text[] NOT NULL,
    witness bytea NOT NULL,
    previous bytea NOT NULL,
    mac bytea NOT NULL,
    CONSTRAINT event_seq_check CHECK ((seq > 0))
);


ALTER TABLE pgseal.event OWNER TO postgres;

--
-- Name: COLUMN event.requests; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.event.requests IS 'the ids that the key service gave to the calls in question';


--
-- Name: COLUMN event.witness; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.event.witness IS 'heads of other writers'' chains: id (16 bytes), number (8), beginning of the MAC (16)';


--
-- Name: COLUMN event.previous; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.event.previous IS 'the MAC of the writer''s event before this one; empty for its first';


--
-- Name: event_head; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.event_head (
    writer uuid NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.event_head OWNER TO postgres;

--
-- Name: TABLE event_head; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON TABLE pgseal.event_head IS 'the last event of each writer; its number is the record''s version';


--
-- Name: key_history; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.key_history (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    tenant uuid NOT NULL,
    "position" bigint NOT NULL,
    key_number bigint NOT NULL,
    action text NOT NULL,
    provider text NOT NULL,
    configured text NOT NULL,
    role_arn text NOT NULL,
    key_arn text NOT NULL,
    material_id text NOT NULL,
    actor text NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.key_history OWNER TO postgres;

--
-- Name: COLUMN key_history."position"; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.key_history."position" IS '1, 2, 3 .. for each tenant, so that a row that is taken away leaves a gap';


--
-- Name: COLUMN key_history.configured; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.key_history.configured IS 'the key as it was named, perhaps by an alias; key_arn is the one that it was';


--
-- Name: key_hold; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.key_hold (
    holder uuid NOT NULL,
    tenant uuid NOT NULL,
    until timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.key_hold OWNER TO postgres;

--
-- Name: TABLE key_hold; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON TABLE pgseal.key_hold IS 'until when a serving process may use a tenant''s key, by the clock of the database; written before it does';


--
-- Name: key_material; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.key_material (
    tenant uuid NOT NULL,
    key text NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    noticed_at timestamp with time zone,
    problem text NOT NULL,
    key_arn text NOT NULL,
    material_id text NOT NULL,
    rotated_at timestamp with time zone,
    how text NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.key_material OWNER TO postgres;

--
-- Name: TABLE key_material; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON TABLE pgseal.key_material IS 'what the KMS last said that each tenant''s master key is made of';


--
-- Name: key_refusal; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.key_refusal (
    tenant uuid NOT NULL,
    code text NOT NULL,
    tenant_version bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.key_refusal OWNER TO postgres;

--
-- Name: COLUMN key_refusal.tenant_version; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.key_refusal.tenant_version IS 'of the record that was tried: a later one may be under another key';


--
-- Name: migration; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.migration (
    version integer NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


ALTER TABLE pgseal.migration OWNER TO postgres;

--
-- Name: proxy; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.proxy (
    id uuid NOT NULL,
    name text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    heartbeat_at timestamp with time zone NOT NULL,
    policy bytea NOT NULL,
    acks json NOT NULL,
    keys json NOT NULL,
    keys_digest bytea NOT NULL,
    seen json NOT NULL,
    seen_digest bytea NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.proxy OWNER TO postgres;

--
-- Name: COLUMN proxy.keys; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.proxy.keys IS 'what this proxy holds of each tenant''s key, and until when';


--
-- Name: COLUMN proxy.mac; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.proxy.mac IS 'covers keys and seen by their digests (SHA-256)';


--
-- Name: river_job; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.river_job (
    id bigint NOT NULL,
    state pgseal.river_job_state DEFAULT 'available'::pgseal.river_job_state NOT NULL,
    attempt smallint DEFAULT 0 NOT NULL,
    max_attempts smallint DEFAULT 25 NOT NULL,
    attempted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finalized_at timestamp with time zone,
    scheduled_at timestamp with time zone DEFAULT now() NOT NULL,
    priority smallint DEFAULT 1 NOT NULL,
    args jsonb NOT NULL,
    attempted_by text[],
    errors jsonb[],
    kind text NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    queue text DEFAULT 'default'::text NOT NULL,
    tags character varying(255)[] DEFAULT '{}'::character varying[] NOT NULL,
    unique_key bytea,
    unique_states bit(8),
    CONSTRAINT finalized_or_finalized_at_null CHECK ((((finalized_at IS NULL) AND (state <> ALL (ARRAY['cancelled'::pgseal.river_job_state, 'completed'::pgseal.river_job_state, 'discarded'::pgseal.river_job_state]))) OR ((finalized_at IS NOT NULL) AND (state = ANY (ARRAY['cancelled'::pgseal.river_job_state, 'completed'::pgseal.river_job_state, 'discarded'::pgseal.river_job_state]))))),
    CONSTRAINT kind_length CHECK (((char_length(kind) > 0) AND (char_length(kind) < 128))),
    CONSTRAINT max_attempts_is_positive CHECK ((max_attempts > 0)),
    CONSTRAINT priority_in_range CHECK (((priority >= 1) AND (priority <= 4))),
    CONSTRAINT queue_length CHECK (((char_length(queue) > 0) AND (char_length(queue) < 128)))
);


ALTER TABLE pgseal.river_job OWNER TO postgres;

--
-- Name: river_job_id_seq; Type: SEQUENCE; Schema: pgseal; Owner: postgres
--

CREATE SEQUENCE pgseal.river_job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE pgseal.river_job_id_seq OWNER TO postgres;

--
-- Name: river_job_id_seq; Type: SEQUENCE OWNED BY; Schema: pgseal; Owner: postgres
--

ALTER SEQUENCE pgseal.river_job_id_seq OWNED BY pgseal.river_job.id;


--
-- Name: river_leader; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE UNLOGGED TABLE pgseal.river_leader (
    elected_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    leader_id text NOT NULL,
    name text DEFAULT 'default'::text NOT NULL,
    CONSTRAINT leader_id_length CHECK (((char_length(leader_id) > 0) AND (char_length(leader_id) < 128))),
    CONSTRAINT name_length CHECK ((name = 'default'::text))
);


ALTER TABLE pgseal.river_leader OWNER TO postgres;

--
-- Name: river_migration; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.river_migration (
    line text NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT line_length CHECK (((char_length(line) > 0) AND (char_length(line) < 128))),
    CONSTRAINT version_gte_1 CHECK ((version >= 1))
);


ALTER TABLE pgseal.river_migration OWNER TO postgres;

--
-- Name: river_notification; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.river_notification (
    id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    payload text NOT NULL,
    topic text NOT NULL,
    CONSTRAINT topic_length CHECK (((length(topic) > 0) AND (length(topic) < 128)))
);


ALTER TABLE pgseal.river_notification OWNER TO postgres;

--
-- Name: river_notification_id_seq; Type: SEQUENCE; Schema: pgseal; Owner: postgres
--

CREATE SEQUENCE pgseal.river_notification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE pgseal.river_notification_id_seq OWNER TO postgres;

--
-- Name: river_notification_id_seq; Type: SEQUENCE OWNED BY; Schema: pgseal; Owner: postgres
--

ALTER SEQUENCE pgseal.river_notification_id_seq OWNED BY pgseal.river_notification.id;


--
-- Name: river_queue; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.river_queue (
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    paused_at timestamp with time zone,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);


ALTER TABLE pgseal.river_queue OWNER TO postgres;

--
-- Name: store; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.store (
    singleton boolean DEFAULT true NOT NULL,
    id uuid NOT NULL,
    tag bytea NOT NULL,
    family uuid NOT NULL,
    epoch bigint NOT NULL,
    policy bytea,
    created_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL,
    CONSTRAINT store_policy_check CHECK ((octet_length(policy) = 32)),
    CONSTRAINT store_singleton_check CHECK (singleton),
    CONSTRAINT store_tag_check CHECK ((octet_length(tag) = 2))
);


ALTER TABLE pgseal.store OWNER TO postgres;

--
-- Name: TABLE store; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON TABLE pgseal.store IS 'one row: the store itself, and the hash of the policy in force';


--
-- Name: COLUMN store.family; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.store.family IS 'what stores have in common that were joined: tag, tenants, data keys; the first one''s id';


--
-- Name: tenant; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.tenant (
    id uuid NOT NULL,
    name text NOT NULL,
    provider text NOT NULL,
    key_arn text NOT NULL,
    resolved_arn text NOT NULL,
    role_arn text NOT NULL,
    external_id text NOT NULL,
    endpoint text NOT NULL,
    cache_ms bigint NOT NULL,
    locked boolean NOT NULL,
    locked_since timestamp with time zone,
    locked_by text NOT NULL,
    retired boolean NOT NULL,
    drill_id uuid,
    drill_ordered timestamp with time zone,
    drill_until timestamp with time zone,
    drill_by text NOT NULL,
    drill_proxies text[] NOT NULL,
    probes bigint NOT NULL,
    current_key bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.tenant OWNER TO postgres;

--
-- Name: COLUMN tenant.drill_until; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.tenant.drill_until IS 'until then the key counts as denied, in drill_proxies or, where that is empty, in every proxy';


--
-- Name: COLUMN tenant.probes; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.tenant.probes IS 'rises when every proxy is to ask the key service now';


--
-- Name: COLUMN tenant.mac; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON COLUMN pgseal.tenant.mac IS 'covers the rows of data_key of this tenant too';


--
-- Name: tenant_state; Type: VIEW; Schema: pgseal; Owner: postgres
--

CREATE VIEW pgseal.tenant_state AS
 SELECT t.name AS tenant,
        CASE
            WHEN t.retired THEN 'retired'::text
            WHEN t.locked THEN 'locked'::text
            ELSE COALESCE(k.state, 'unused'::text)
        END AS state,
        CASE
            WHEN t.locked THEN t.locked_since
            ELSE k.since
        END AS since,
        CASE
            WHEN t.locked THEN 'KU009'::text
            ELSE k.code
        END AS code,
    ( SELECT max(h.until) AS max
           FROM pgseal.key_hold h
          WHERE ((h.tenant = t.id) AND (h.until > clock_timestamp()))) AS readable_until,
        CASE
            WHEN ((NOT t.retired) AND (t.drill_until > clock_timestamp())) THEN t.drill_until
            ELSE NULL::timestamp with time zone
        END AS drill_until
   FROM (pgseal.tenant t
     LEFT JOIN ( SELECT DISTINCT ON (r.tenant) r.tenant,
            r.state,
            r.since,
            NULLIF(r.code, ''::text) AS code
           FROM pgseal.proxy p,
            LATERAL json_to_recordset(p.keys) r(tenant text, state text, since timestamp with time zone, code text)
          WHERE (p.heartbeat_at > (clock_timestamp() - '00:00:10'::interval))
          ORDER BY r.tenant, (r.code = ''::text), r.since DESC) k ON ((k.tenant = t.name)));


ALTER TABLE pgseal.tenant_state OWNER TO postgres;

--
-- Name: VIEW tenant_state; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON VIEW pgseal.tenant_state IS 'the state of each tenant''s key; anybody may read it';


--
-- Name: usage; Type: TABLE; Schema: pgseal; Owner: postgres
--

CREATE TABLE pgseal.usage (
    tenant uuid NOT NULL,
    day date NOT NULL,
    proxy uuid NOT NULL,
    proxy_name text NOT NULL,
    sealed bigint NOT NULL,
    opened bigint NOT NULL,
    fetched bigint NOT NULL,
    failed bigint NOT NULL,
    refused bigint NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    mac bytea NOT NULL
);


ALTER TABLE pgseal.usage OWNER TO postgres;

--
-- Name: TABLE usage; Type: COMMENT; Schema: pgseal; Owner: postgres
--

COMMENT ON TABLE pgseal.usage IS 'values sealed and opened, fetches of the key that the KMS granted and did not, statements refused';


--
-- Name: cases; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.cases (
    id bigint NOT NULL,
    firm text NOT NULL,
    note text,
    void text,
    nothing text,
    code text,
    whole bytea,
    big bytea,
    fee bytea,
    ratio bytea,
    yes bytea,
    born bytea,
    moment bytea,
    instant bytea,
    ident bytea,
    raw bytea,
    doc bytea,
    tags bytea,
    CONSTRAINT pgseal_sealed_big_2a21fe6d CHECK ((((substr(big, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(big) >= 47)) OR ((substr(big, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(big) >= 35)))),
    CONSTRAINT pgseal_sealed_born_08229637 CHECK ((((substr(born, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(born) >= 47)) OR ((substr(born, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(born) >= 35)))),
    CONSTRAINT pgseal_sealed_code_5694d08a CHECK (((((substr(code, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(code) >= 68)) OR (((substr(code, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(code) >= 52)))),
    CONSTRAINT pgseal_sealed_doc_139d544b CHECK ((((substr(doc, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(doc) >= 47)) OR ((substr(doc, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(doc) >= 35)))),
    CONSTRAINT pgseal_sealed_fee_b80cdaae CHECK ((((substr(fee, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(fee) >= 47)) OR ((substr(fee, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(fee) >= 35)))),
    CONSTRAINT pgseal_sealed_ident_e77c4b3f CHECK ((((substr(ident, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(ident) >= 47)) OR ((substr(ident, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(ident) >= 35)))),
    CONSTRAINT pgseal_sealed_instant_618dc583 CHECK ((((substr(instant, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(instant) >= 47)) OR ((substr(instant, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(instant) >= 35)))),
    CONSTRAINT pgseal_sealed_moment_72110207 CHECK ((((substr(moment, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(moment) >= 47)) OR ((substr(moment, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(moment) >= 35)))),
    CONSTRAINT pgseal_sealed_note_edb46562 CHECK (((((substr(note, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(note) >= 68)) OR (((substr(note, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(note) >= 52)))),
    CONSTRAINT pgseal_sealed_nothing_1785cfc3 CHECK (((((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(nothing) >= 68)) OR (((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(nothing) >= 52)))),
    CONSTRAINT pgseal_sealed_ratio_2f04a79e CHECK ((((substr(ratio, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(ratio) >= 47)) OR ((substr(ratio, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(ratio) >= 35)))),
    CONSTRAINT pgseal_sealed_raw_d7439bee CHECK ((((substr(raw, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(raw) >= 47)) OR ((substr(raw, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(raw) >= 35)))),
    CONSTRAINT pgseal_sealed_tags_978c2f89 CHECK ((((substr(tags, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(tags) >= 47)) OR ((substr(tags, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(tags) >= 35)))),
    CONSTRAINT pgseal_sealed_void_445be54d CHECK (((((substr(void, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(void) >= 68)) OR (((substr(void, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(void) >= 52)))),
    CONSTRAINT pgseal_sealed_whole_5d5766cf CHECK ((((substr(whole, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(whole) >= 47)) OR ((substr(whole, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(whole) >= 35)))),
    CONSTRAINT pgseal_sealed_yes_8a798890 CHECK ((((substr(yes, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(yes) >= 47)) OR ((substr(yes, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(yes) >= 35))))
);


ALTER TABLE public.cases OWNER TO postgres;

--
-- Name: notes; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.notes (
    id bigint NOT NULL,
    firm text NOT NULL,
    body text,
    CONSTRAINT pgseal_sealed_body_230d8358 CHECK (((((substr(body, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(body) >= 68)) OR (((substr(body, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(body) >= 52))))
);


ALTER TABLE public.notes OWNER TO postgres;

--
-- Name: river_job id; Type: DEFAULT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_job ALTER COLUMN id SET DEFAULT nextval('pgseal.river_job_id_seq'::regclass);


--
-- Name: river_notification id; Type: DEFAULT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_notification ALTER COLUMN id SET DEFAULT nextval('pgseal.river_notification_id_seq'::regclass);


--
-- Data for Name: backup; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.backup ("position", sha256, name, kind, size, made_at, archive, needs, sealed, plaintext, problems, checked_at, actor, forgotten_at, forgotten_by, version, mac) FROM stdin;
\.


--
-- Data for Name: backup_list; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.backup_list (singleton, complete_at, complete_by, actor, version, mac) FROM stdin;
\.


--
-- Data for Name: bulk; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.bulk (column_state, status, code, reason, kind, phase, pass, relation, "position", triggers, settings, actor, total, seen, written, skipped, verified, count, count_after, sum, sum_after, started_at, changed_at, finished_at, version, mac) FROM stdin;
1cde3e97-18c2-444b-8c46-99cd0a65d4b1	done			encrypt	verifying	1	16396	{}	none		root@vm	0	40	40	0	40	40	40	\\xa000143401d7b63d13c4fef38fa9d15ff87fcefc4059f3050efa972449974bfa	\\xa000143401d7b63d13c4fef38fa9d15ff87fcefc4059f3050efa972449974bfa	2026-11-26 21:39:19.915492+00	2026-11-26 21:39:21.254685+00	2026-11-26 21:39:21.254477+00	5	\\x75f2f27636fb398ebfda45f874096a470df20348507e43a55937de0c2b444553
\.


--
-- Data for Name: column_pin; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_pin (tenant, column_id, key_number, created_at, version, mac) FROM stdin;
ea396c90-ffad-411d-a993-4aedfaffa7e9	\\x0000000670677365616c0000000373756d000000203163646533653937313863323434346238633436393963643061363564346231	670223583	2026-11-26 21:39:20.293761+00	1	\\x8c1a8d90f680a599a84889a97aea2aa5d4941aa3f366ab6aa800fe46a718db04
7b789abb-a8c6-496d-bafb-59942591934d	\\x0000000670677365616c0000000373756d000000203163646533653937313863323434346238633436393963643061363564346231	385890875	2026-11-26 21:39:20.313789+00	1	\\x606b4b54078f5f499054f769ff1991ee942a2f192b8657dc574e4514a56be189
7b789abb-a8c6-496d-bafb-59942591934d	\\x000000067075626c696300000005636173657300000004636f6465	385890875	2026-11-26 21:39:22.402736+00	1	\\xd36e3009fc56f76cb1e18c913cdb0e59ca100c5e7f10d56617331ea5ac3e545b
7b789abb-a8c6-496d-bafb-59942591934d	\\x000000067075626c696300000005636173657300000003626967	385890875	2026-11-26 21:39:22.412004+00	1	\\x0bc59c0a6ddfcdb6f1f034f05758c93f98c179611fd63328e2a0e61a76e2c413
7b789abb-a8c6-496d-bafb-59942591934d	\\x000000067075626c696300000005636173657300000003666565	385890875	2026-11-26 21:39:22.429278+00	1	\\xb2b715227ae8042eafad756585c8d5f9db3c61e6aba320c99b9ed162380fa3ef
7b789abb-a8c6-496d-bafb-59942591934d	\\x000000067075626c696300000005636173657300000003796573	385890875	2026-11-26 21:39:22.441452+00	1	\\xb7c43d008c5e329ae812b281ee6c752addc4e9aa9531542d16e88c47f8c03688
7b789abb-a8c6-496d-bafb-59942591934d	\\x000000067075626c696300000005636173657300000004626f726e	385890875	2026-11-26 21:39:22.479606+00	1	\\x51fe791d3395079fd6b9fd8e0b1c8c49eef3656a1237a6d8b4f5778887cd0fb3
7b789abb-a8c6-496d-bafb-59942591934d	\\x000000067075626c696300000005636173657300000007696e7374616e74	385890875	2026-11-26 21:39:22.500925+00	1	\\xd928a32d1debad7cd47c8e1f024917346fefeba61eb6e57569a4c45b28c27a49
7b789abb-a8c6-496d-bafb-59942591934d	\\x000000067075626c6963000000056361736573000000056964656e74	385890875	2026-11-26 21:39:22.53233+00	1	\\xf31444effd589f94e81bbdbe755b574f93d4d92870aac7ba633baee30ce0f99a
7b789abb-a8c6-496d-bafb-59942591934d	\\x000000067075626c696300000005636173657300000003726177	385890875	2026-11-26 21:39:22.555541+00	1	\\x71c97fc383f50ee013af69339e898928771c3e580e760f4eb8400eaca5a43289
ea396c90-ffad-411d-a993-4aedfaffa7e9	\\x000000067075626c696300000005636173657300000004636f6465	670223583	2026-11-26 21:39:22.729991+00	1	\\x4aa2b13fc426d0a7e5d1156b9932a6b1371f28ebace0ec8b7adda26f3b48f50b
ea396c90-ffad-411d-a993-4aedfaffa7e9	\\x000000067075626c696300000005636173657300000003626967	670223583	2026-11-26 21:39:22.758281+00	1	\\x7e92baa816b20bbd60daa04735d4283cc84edaa2f470fd249813886acf6ae9cb
ea396c90-ffad-411d-a993-4aedfaffa7e9	\\x000000067075626c696300000005636173657300000003666565	670223583	2026-11-26 21:39:22.770103+00	1	\\xf126921822f713ed3a268ae1a8dd0ccd3d8e21f3e25c80ecead91826914f9e82
ea396c90-ffad-411d-a993-4aedfaffa7e9	\\x000000067075626c696300000005636173657300000003796573	670223583	2026-11-26 21:39:22.816232+00	1	\\x8647472a4b3c3894717afd4346d677a8aa0344135db3e8b341fff40ee1c5799d
ea396c90-ffad-411d-a993-4aedfaffa7e9	\\x000000067075626c696300000005636173657300000004626f726e	670223583	2026-11-26 21:39:22.93358+00	1	\\xd81eb799fbceba39b967ee1a4d9a1b3ccb88963caa97f7b5876bf0f3ca82c5ee
ea396c90-ffad-411d-a993-4aedfaffa7e9	\\x000000067075626c696300000005636173657300000007696e7374616e74	670223583	2026-11-26 21:39:22.988752+00	1	\\xabdb5e8664640a20f3c6ff41f980d3ee50de08a56dea43755c0b278df23764fa
ea396c90-ffad-411d-a993-4aedfaffa7e9	\\x000000067075626c6963000000056361736573000000056964656e74	670223583	2026-11-26 21:39:23.005667+00	1	\\x28215fcf7b062be8a5177fc3d968600842c042f9352b288ebce8410550a3c999
ea396c90-ffad-411d-a993-4aedfaffa7e9	\\x000000067075626c696300000005636173657300000003726177	670223583	2026-11-26 21:39:23.021742+00	1	\\xb2df18e7c83dc809c3c7a7ab9ffaa8a4e2144ce0542101e8eef4c391c586c547
\.


--
-- Data for Name: column_state; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_state (id, schema_name, table_name, column_name, origin, relation, attnum, column_id, family, type_oid, typmod, mode, domain, "normalize", unicode, pad, state, wanted, next_mode, before, scrubbed_at, retired, changed_at, version, mac) FROM stdin;
8e5b468b-b3e2-4621-8f15-89ab1a9a5623	public	cases	moment	7712597920209944276/16386	16387	13	\\x000000067075626c6963000000056361736573000000066d6f6d656e74	timestamp	1114	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:17.012941+00	4	\\x3defecd72e0a0bf7da07ba8857523f047321de9aa7c6a3cb2d319f29cfc198c8
49046a3c-08c5-4883-a684-3a01fd214afe	public	cases	note	7712597920209944276/16386	16387	3	\\x000000067075626c6963000000056361736573000000046e6f7465	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:17.27492+00	4	\\x1a4edec889eeaf85d8e07ec458dfa07e0788f3ef6c04291490cb24a63e59f710
b4a99e17-c9e8-4a3a-b511-5630f6b30825	public	cases	nothing	7712597920209944276/16386	16387	5	\\x000000067075626c6963000000056361736573000000076e6f7468696e67	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:17.520106+00	4	\\x7f88eb32860da8f52e1e845098d1dead4c34f49e424d81912e9054e3108bfdd5
35fc0ec2-c4b6-4399-ba4d-0df95392d3dd	public	cases	ratio	7712597920209944276/16386	16387	10	\\x000000067075626c696300000005636173657300000005726174696f	float8	701	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:17.66987+00	4	\\xc093d5eaa30fc8de73673d9c40feb24af8ef9862e35b5d0d3205064a9d3a746f
821bd144-3d42-4fdb-9a05-6705a3c1e1cd	public	cases	raw	7712597920209944276/16386	16387	16	\\x000000067075626c696300000005636173657300000003726177	bytea	17	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:17.97309+00	4	\\x204bd15560457efc7efe3db218fb6bba3b9e4e529945be762370a39e0ffc65e5
cf3e6c41-e876-4d3d-b33b-851a2208f009	public	cases	tags	7712597920209944276/16386	16387	18	\\x000000067075626c69630000000563617365730000000474616773	text[]	1009	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:18.302325+00	4	\\x1689fb8abc90c3aae29561dd3827a4f2f34faa08b2015847f61d0818e8a8844f
e2ad51bd-97c7-45bd-bc79-25ab15bfe8ca	public	cases	code	7712597920209944276/16386	16387	6	\\x000000067075626c696300000005636173657300000004636f6465	text	1043	34	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:12.631985+00	4	\\x6cb9097bbd0f78919ed46e67c9b5eca3587e6b19d143c28b4c42d4dd85ff1a29
5ed63e3c-0663-4c28-b3c6-e1ed8a8e2f8f	public	cases	void	7712597920209944276/16386	16387	4	\\x000000067075626c696300000005636173657300000004766f6964	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:18.491402+00	4	\\x3c2ddd6a94a4dd683c27f8c56c39a2ada25c582a32535bf84febab2e38932bdf
325846bb-b936-4945-9010-388cfd1bd225	public	cases	whole	7712597920209944276/16386	16387	7	\\x000000067075626c69630000000563617365730000000577686f6c65	integer	23	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:18.676199+00	4	\\x04ac8e5c230a042ef0bbba5e4937ac1c9cafbd77948c556157b8bc2b825977c5
abd2bca7-ce88-4cab-aff1-3ed2d7e27a80	public	cases	yes	7712597920209944276/16386	16387	11	\\x000000067075626c696300000005636173657300000003796573	boolean	16	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:15.822513+00	4	\\x25f1dd013d2c6abc3581029f621537d3be03647d26f83b17f3f43fd0bec69b68
2f506ff4-ce9b-4521-90e5-0bb30e596a3c	public	cases	big	7712597920209944276/16386	16387	8	\\x000000067075626c696300000005636173657300000003626967	integer	20	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:15.979514+00	4	\\x39b3333865125a0a1c424cb1b0640e00741f2945a7a16f13defcfd6e911f1201
1cde3e97-18c2-444b-8c46-99cd0a65d4b1	public	notes	body	7712597920209944276/16386	16395	3	\\x000000067075626c6963000000056e6f74657300000004626f6479	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:20.575544+00	4	\\x5bcd185fc20626b634124a10607162a310b7c32817351b2fcd6d8209f500ab70
51f0eb53-c02a-4815-bfbe-f0e34d08498d	public	cases	born	7712597920209944276/16386	16387	12	\\x000000067075626c696300000005636173657300000004626f726e	date	1082	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:16.15346+00	4	\\x89f3f9e747ddd4936cddd9a0130ee1b8b877b6c0f5c3368ff7cccec0a7918a07
30e62928-7f21-4ff5-9ec7-6243c0c382d4	public	cases	doc	7712597920209944276/16386	16387	17	\\x000000067075626c696300000005636173657300000003646f63	jsonb	3802	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:16.331705+00	4	\\xccdda16a035f9aa754e7d6fe560ae9cde11866e1e5353aa815abec0b2a4eaf2c
7074e8d3-9eb7-4733-b6a7-076adbc32c7f	public	cases	fee	7712597920209944276/16386	16387	9	\\x000000067075626c696300000005636173657300000003666565	numeric	1700	524294	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:16.480402+00	4	\\xdbcaa0f2162fcb3e08d360135097cd0a85b17a30eeed3b9c5ab893a3f95ecad5
d09d611e-2e40-42ae-83b6-d90eace9705b	public	cases	ident	7712597920209944276/16386	16387	15	\\x000000067075626c6963000000056361736573000000056964656e74	uuid	2950	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:16.622162+00	4	\\x95e73fbdc251e6b549529265cb077fc5ec5a6bcd2aba1463960489a68bd221cd
3ce3571f-c3e5-491c-adf6-f55748bdc446	public	cases	instant	7712597920209944276/16386	16387	14	\\x000000067075626c696300000005636173657300000007696e7374616e74	timestamptz	1184	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:39:16.800779+00	4	\\x3c6a68088551ab54efe692fc2bb7d363db2fbab702560c3e2dda2b49a6371382
\.


--
-- Data for Name: data_key; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.data_key (key_number, tenant, wrapped_by, wrapped, key_arn, material_id, created_at, version, mac) FROM stdin;
670223583	ea396c90-ffad-411d-a993-4aedfaffa7e9	\N	\\x01eb01b106048a30150660260d7adeeb83f7e2a9c49954ed10d686bab20bcd440e6e4aa902f3449acb08cf36b4026882bf8fecaf92e0568181f2ec7ede	local:master.key	41224fbcfd325c29	2026-11-26 21:39:19.340222+00	1	\\x1129809768df03e998864e830cf2c9b97402e5ae5ae907b61848bf7859d819d7
168654358	7b789abb-a8c6-496d-bafb-59942591934d	\N	\\x0132cb2ef73be61bbcdb363a73fd516880623b7be341f4aae8ae13261b38f76f725abef9785f07ef0942d20e2a21d8009f055f9e58cce6e0d25a89c444	local:master.key	41224fbcfd325c29	2026-11-26 21:39:23.240599+00	1	\\x013d9c5ec03c74a4e83a1f2e4db205ece03de901184d504bc7177ce155d7248b
385890875	7b789abb-a8c6-496d-bafb-59942591934d	168654358	\\x01a7ebe7dece52d6ff6e933915de58d5c67328027a296463d28061f49795163c8dd8aab9b49d66d7a28c25803672f77485404f5b30f12f77edd29697bf	local:master.key		2026-11-26 21:39:19.152114+00	2	\\x65c1e194ab9086b34b3be60e09534b7a6dde9d9cccb818c20d668bee633a818e
\.


--
-- Data for Name: event; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event (writer, seq, epoch, at, tenant, kind, actor, detail, key_arn, requests, witness, previous, mac) FROM stdin;
0df38d1f-942d-4712-afc9-94bf985bdd52	1	1	2026-11-26 21:39:11.275638+00	\N	policy in force	pgseal	f3ee24459d6f		{}	\\x	\\x	\\xd9556ee84ab45b8b1a5f27cbf30ea0615d3d3890bf49e764841f4b679c59b12a
0df38d1f-942d-4712-afc9-94bf985bdd52	2	1	2026-11-26 21:39:11.73982+00	\N	column readable	pgseal	public.cases.big		{}	\\x	\\xd9556ee84ab45b8b1a5f27cbf30ea0615d3d3890bf49e764841f4b679c59b12a	\\x67b9ecccd0321b5bb81bc7a8567b9b7b674bea58a008e176337db6b4784de9dc
0df38d1f-942d-4712-afc9-94bf985bdd52	3	1	2026-11-26 21:39:11.817854+00	\N	column sealing	pgseal	public.cases.big		{}	\\x	\\x67b9ecccd0321b5bb81bc7a8567b9b7b674bea58a008e176337db6b4784de9dc	\\xfddd0394749b9187925e8e1530fe1ecd581a1f616329ab72176cd468bafea1e6
0df38d1f-942d-4712-afc9-94bf985bdd52	4	1	2026-11-26 21:39:11.909716+00	\N	guard function made	pgseal			{}	\\x	\\xfddd0394749b9187925e8e1530fe1ecd581a1f616329ab72176cd468bafea1e6	\\xd306a34c7c00c28a5b33ee3f65561c319c226f7e5decc4daa1efccd523a915d8
0df38d1f-942d-4712-afc9-94bf985bdd52	5	1	2026-11-26 21:39:11.917611+00	\N	guard installed	pgseal	public.cases.big		{}	\\x	\\xd306a34c7c00c28a5b33ee3f65561c319c226f7e5decc4daa1efccd523a915d8	\\x7c2aec1b563fa7af93c4cc534688ae5a0eee8dc2b4dde1a1cdd63781ce012cc9
0df38d1f-942d-4712-afc9-94bf985bdd52	6	1	2026-11-26 21:39:11.985124+00	\N	column readable	pgseal	public.cases.born		{}	\\x	\\x7c2aec1b563fa7af93c4cc534688ae5a0eee8dc2b4dde1a1cdd63781ce012cc9	\\x1fe72270a5179321bb994aaa29f22bc4dd61d66eee048d9e73708a065126f9f3
0df38d1f-942d-4712-afc9-94bf985bdd52	7	1	2026-11-26 21:39:12.132852+00	\N	column sealing	pgseal	public.cases.born		{}	\\x	\\x1fe72270a5179321bb994aaa29f22bc4dd61d66eee048d9e73708a065126f9f3	\\x3b1f58170422da5de4c0f8f4c15f3d22b25ce7fdadeb8a223418fc924af389e7
0df38d1f-942d-4712-afc9-94bf985bdd52	8	1	2026-11-26 21:39:12.204043+00	\N	guard installed	pgseal	public.cases.born		{}	\\x	\\x3b1f58170422da5de4c0f8f4c15f3d22b25ce7fdadeb8a223418fc924af389e7	\\x74670543f95de322805a2ce9ec3235cff694496e0d4e68a7f43e0ab94dbfd87d
0df38d1f-942d-4712-afc9-94bf985bdd52	9	1	2026-11-26 21:39:12.354313+00	\N	column readable	pgseal	public.cases.code		{}	\\x	\\x74670543f95de322805a2ce9ec3235cff694496e0d4e68a7f43e0ab94dbfd87d	\\x2a4b2014d3b38d70c320abd9196aa186a441e6f6d57c7115db8b89a2b258d110
0df38d1f-942d-4712-afc9-94bf985bdd52	10	1	2026-11-26 21:39:12.357911+00	\N	column sealing	pgseal	public.cases.code		{}	\\x	\\x2a4b2014d3b38d70c320abd9196aa186a441e6f6d57c7115db8b89a2b258d110	\\x3720316cde1778342be5a3142d20ccc7fb9247302c94e51fe0876779b233fa38
0df38d1f-942d-4712-afc9-94bf985bdd52	11	1	2026-11-26 21:39:12.378064+00	\N	guard installed	pgseal	public.cases.code		{}	\\x	\\x3720316cde1778342be5a3142d20ccc7fb9247302c94e51fe0876779b233fa38	\\x4c19d4aa264764107b8a05f8bdb3ba53577d433656862a41bfab8afbb014d4ed
0df38d1f-942d-4712-afc9-94bf985bdd52	12	1	2026-11-26 21:39:12.473425+00	\N	column readable	pgseal	public.cases.doc		{}	\\x	\\x4c19d4aa264764107b8a05f8bdb3ba53577d433656862a41bfab8afbb014d4ed	\\x50781efde73899843f428193f3978ef3692240605d8c57c04a1233e2ba5286d6
0df38d1f-942d-4712-afc9-94bf985bdd52	13	1	2026-11-26 21:39:12.520749+00	\N	column sealing	pgseal	public.cases.doc		{}	\\x	\\x50781efde73899843f428193f3978ef3692240605d8c57c04a1233e2ba5286d6	\\x3cd371fcd59684cef1823df415cdaaf2ec653e17bc42ccc1b649bb3fab5c38fa
0df38d1f-942d-4712-afc9-94bf985bdd52	14	1	2026-11-26 21:39:12.631985+00	\N	column sealed	pgseal	public.cases.code		{}	\\x	\\x3cd371fcd59684cef1823df415cdaaf2ec653e17bc42ccc1b649bb3fab5c38fa	\\x04255965ae48d1c265dd2d7e84e4b367097c3841a56a7648268c66cfcb524aa6
0df38d1f-942d-4712-afc9-94bf985bdd52	15	1	2026-11-26 21:39:12.821367+00	\N	guard installed	pgseal	public.cases.doc		{}	\\x	\\x04255965ae48d1c265dd2d7e84e4b367097c3841a56a7648268c66cfcb524aa6	\\xc995f6eddfae71fcf6d2637861f5abf79a5ae1fbf4eb952a0afe49db70334a33
0df38d1f-942d-4712-afc9-94bf985bdd52	16	1	2026-11-26 21:39:12.883505+00	\N	column readable	pgseal	public.cases.fee		{}	\\x	\\xc995f6eddfae71fcf6d2637861f5abf79a5ae1fbf4eb952a0afe49db70334a33	\\x76e7acab34bd4533bf63bd56124d0f9fed6bb4982e097fa3a59c20a38cb3999d
0df38d1f-942d-4712-afc9-94bf985bdd52	17	1	2026-11-26 21:39:12.937253+00	\N	column sealing	pgseal	public.cases.fee		{}	\\x	\\x76e7acab34bd4533bf63bd56124d0f9fed6bb4982e097fa3a59c20a38cb3999d	\\x225620c1ff013f6481183b0424e9976cb2353a0a972f86ba6e749878ba22a9a9
0df38d1f-942d-4712-afc9-94bf985bdd52	18	1	2026-11-26 21:39:12.98801+00	\N	guard installed	pgseal	public.cases.fee		{}	\\x	\\x225620c1ff013f6481183b0424e9976cb2353a0a972f86ba6e749878ba22a9a9	\\x620bb946ca511231192eadd909083ff9c341917cb82c2fd01ffb08ad9f0c90e2
0df38d1f-942d-4712-afc9-94bf985bdd52	19	1	2026-11-26 21:39:13.074342+00	\N	column readable	pgseal	public.cases.ident		{}	\\x	\\x620bb946ca511231192eadd909083ff9c341917cb82c2fd01ffb08ad9f0c90e2	\\xaa6ddf2b265b59a2b78c62fd5927b01e21025924aeb1b4dcf6c1688b389e2852
0df38d1f-942d-4712-afc9-94bf985bdd52	20	1	2026-11-26 21:39:13.149229+00	\N	column sealing	pgseal	public.cases.ident		{}	\\x	\\xaa6ddf2b265b59a2b78c62fd5927b01e21025924aeb1b4dcf6c1688b389e2852	\\xf02b434a725f6b30cafb30eb4364dc3234b8915313c96dbab3551024bd74201d
0df38d1f-942d-4712-afc9-94bf985bdd52	21	1	2026-11-26 21:39:13.197678+00	\N	guard installed	pgseal	public.cases.ident		{}	\\x	\\xf02b434a725f6b30cafb30eb4364dc3234b8915313c96dbab3551024bd74201d	\\x901a8d3c0f718d84b04ff60ad81ad4653c7360e734082b006e4ef5c233bcc335
0df38d1f-942d-4712-afc9-94bf985bdd52	22	1	2026-11-26 21:39:13.279557+00	\N	column readable	pgseal	public.cases.instant		{}	\\x	\\x901a8d3c0f718d84b04ff60ad81ad4653c7360e734082b006e4ef5c233bcc335	\\x5ce09f3351dacb8f94cd416687882f9be260f5ab6ee75542ba1e6ee87d4e9f8a
0df38d1f-942d-4712-afc9-94bf985bdd52	23	1	2026-11-26 21:39:13.325478+00	\N	column sealing	pgseal	public.cases.instant		{}	\\x	\\x5ce09f3351dacb8f94cd416687882f9be260f5ab6ee75542ba1e6ee87d4e9f8a	\\xf404c241d07484de28c1f0e162c2ab18d8c1ef5c3523b97cd1e384dd93aaa73b
0df38d1f-942d-4712-afc9-94bf985bdd52	24	1	2026-11-26 21:39:13.373231+00	\N	guard installed	pgseal	public.cases.instant		{}	\\x	\\xf404c241d07484de28c1f0e162c2ab18d8c1ef5c3523b97cd1e384dd93aaa73b	\\xe577c8afcb943110f2be7f22ab7150899b81567c731feabd7dbe8e63863f80e0
0df38d1f-942d-4712-afc9-94bf985bdd52	25	1	2026-11-26 21:39:13.468324+00	\N	column readable	pgseal	public.cases.moment		{}	\\x	\\xe577c8afcb943110f2be7f22ab7150899b81567c731feabd7dbe8e63863f80e0	\\x442bb0e1f900e47ad9a52e7ab864403e37adae79330abbdb5be138246cfb4608
0df38d1f-942d-4712-afc9-94bf985bdd52	26	1	2026-11-26 21:39:13.536361+00	\N	column sealing	pgseal	public.cases.moment		{}	\\x	\\x442bb0e1f900e47ad9a52e7ab864403e37adae79330abbdb5be138246cfb4608	\\xe1d53a64be8dca14fc126392e3ad57b102ab5b693fa38e6f9d82e4961f7ee577
0df38d1f-942d-4712-afc9-94bf985bdd52	27	1	2026-11-26 21:39:13.610441+00	\N	guard installed	pgseal	public.cases.moment		{}	\\x	\\xe1d53a64be8dca14fc126392e3ad57b102ab5b693fa38e6f9d82e4961f7ee577	\\x1717d773fdc175af1252ae9bd5c7db3c0601f6bb3290521299194b84fad8a474
0df38d1f-942d-4712-afc9-94bf985bdd52	28	1	2026-11-26 21:39:13.722196+00	\N	column readable	pgseal	public.cases.note		{}	\\x	\\x1717d773fdc175af1252ae9bd5c7db3c0601f6bb3290521299194b84fad8a474	\\x1a79860f48ed00a56f655de01f0ca0fe278bec25f23f4992599a00e5e8ee6dd5
0df38d1f-942d-4712-afc9-94bf985bdd52	29	1	2026-11-26 21:39:13.734899+00	\N	column sealing	pgseal	public.cases.note		{}	\\x	\\x1a79860f48ed00a56f655de01f0ca0fe278bec25f23f4992599a00e5e8ee6dd5	\\x44600dfe9b39320c0ac7ccd7daae7286637038ace5bf1fbed2d60f9296d51b9e
0df38d1f-942d-4712-afc9-94bf985bdd52	30	1	2026-11-26 21:39:13.741706+00	\N	guard installed	pgseal	public.cases.note		{}	\\x	\\x44600dfe9b39320c0ac7ccd7daae7286637038ace5bf1fbed2d60f9296d51b9e	\\xf6e0b2bf09ca3f2be5fb7d32c60cfe1de5e8b2a9fcbf6a2780f974d93bc4a696
0df38d1f-942d-4712-afc9-94bf985bdd52	31	1	2026-11-26 21:39:13.862764+00	\N	column readable	pgseal	public.cases.nothing		{}	\\x	\\xf6e0b2bf09ca3f2be5fb7d32c60cfe1de5e8b2a9fcbf6a2780f974d93bc4a696	\\xb9b39043bee77af8f9b042748d022ba9425a23c9490328f84f75ba52440110cc
0df38d1f-942d-4712-afc9-94bf985bdd52	32	1	2026-11-26 21:39:13.872951+00	\N	column sealing	pgseal	public.cases.nothing		{}	\\x	\\xb9b39043bee77af8f9b042748d022ba9425a23c9490328f84f75ba52440110cc	\\xc3d1b9664bc519763b4595a1929bc7260230a1b26a5f51a1465b9a257368e6f7
0df38d1f-942d-4712-afc9-94bf985bdd52	33	1	2026-11-26 21:39:13.879364+00	\N	guard installed	pgseal	public.cases.nothing		{}	\\x	\\xc3d1b9664bc519763b4595a1929bc7260230a1b26a5f51a1465b9a257368e6f7	\\x2c8c2442547d0ce2dcf0f8e0553134cc4e1ebaca80bd7e65aa69c569adee5b4e
0df38d1f-942d-4712-afc9-94bf985bdd52	34	1	2026-11-26 21:39:14.007534+00	\N	column readable	pgseal	public.cases.ratio		{}	\\x	\\x2c8c2442547d0ce2dcf0f8e0553134cc4e1ebaca80bd7e65aa69c569adee5b4e	\\x2da40220fbdf65b253985f3f1bec3fab6811ac297cef65f28da06953dc9c73c5
0df38d1f-942d-4712-afc9-94bf985bdd52	35	1	2026-11-26 21:39:14.097899+00	\N	column sealing	pgseal	public.cases.ratio		{}	\\x	\\x2da40220fbdf65b253985f3f1bec3fab6811ac297cef65f28da06953dc9c73c5	\\x16d6d39f9e53000db8fad1db52a5caf7253d1556f88c151e335c91b42be686d3
0df38d1f-942d-4712-afc9-94bf985bdd52	36	1	2026-11-26 21:39:14.189661+00	\N	guard installed	pgseal	public.cases.ratio		{}	\\x	\\x16d6d39f9e53000db8fad1db52a5caf7253d1556f88c151e335c91b42be686d3	\\x206e62567fc0149b8b18a35d38625be127a35ee7d48a4886d84c58e7b1359f17
0df38d1f-942d-4712-afc9-94bf985bdd52	37	1	2026-11-26 21:39:14.389197+00	\N	column readable	pgseal	public.cases.raw		{}	\\x	\\x206e62567fc0149b8b18a35d38625be127a35ee7d48a4886d84c58e7b1359f17	\\xfe7903d5dd79151500bcbddda1e83fe121398731f359afea58eb901e7cac3179
0df38d1f-942d-4712-afc9-94bf985bdd52	38	1	2026-11-26 21:39:14.397885+00	\N	column sealing	pgseal	public.cases.raw		{}	\\x	\\xfe7903d5dd79151500bcbddda1e83fe121398731f359afea58eb901e7cac3179	\\x6551423ab0fa9c6f5404b71e5007e38bb4f7accc97c0c526718dad77c3f7d946
0df38d1f-942d-4712-afc9-94bf985bdd52	39	1	2026-11-26 21:39:14.408973+00	\N	guard installed	pgseal	public.cases.raw		{}	\\x	\\x6551423ab0fa9c6f5404b71e5007e38bb4f7accc97c0c526718dad77c3f7d946	\\x521d23fde604d43fc981d06db2bddafa867f58f26a0a46f4f8437a03e5cb83ff
0df38d1f-942d-4712-afc9-94bf985bdd52	40	1	2026-11-26 21:39:14.541702+00	\N	column readable	pgseal	public.cases.tags		{}	\\x	\\x521d23fde604d43fc981d06db2bddafa867f58f26a0a46f4f8437a03e5cb83ff	\\xe89c92286c64b8ee7497c2035c59e384ee44ff96a56dd82d28ac4e7523b3c332
0df38d1f-942d-4712-afc9-94bf985bdd52	41	1	2026-11-26 21:39:14.646139+00	\N	column sealing	pgseal	public.cases.tags		{}	\\x	\\xe89c92286c64b8ee7497c2035c59e384ee44ff96a56dd82d28ac4e7523b3c332	\\xbe4bbb40ceffa9685c2df3456cab03a4692b188dede5091226a13a89786ec598
0df38d1f-942d-4712-afc9-94bf985bdd52	42	1	2026-11-26 21:39:14.731295+00	\N	guard installed	pgseal	public.cases.tags		{}	\\x	\\xbe4bbb40ceffa9685c2df3456cab03a4692b188dede5091226a13a89786ec598	\\x109846ef7a62b8475774380b3442f7344df56fe12ec919310a7a4b0550825b71
0df38d1f-942d-4712-afc9-94bf985bdd52	43	1	2026-11-26 21:39:14.900779+00	\N	column readable	pgseal	public.cases.void		{}	\\x	\\x109846ef7a62b8475774380b3442f7344df56fe12ec919310a7a4b0550825b71	\\x49613d8b8507b2bf9860810043612bb941fad44f0d8d75d7b2996ef9967cfb44
0df38d1f-942d-4712-afc9-94bf985bdd52	44	1	2026-11-26 21:39:14.906176+00	\N	column sealing	pgseal	public.cases.void		{}	\\x	\\x49613d8b8507b2bf9860810043612bb941fad44f0d8d75d7b2996ef9967cfb44	\\x65eedacce740340a0d2c698462c8d08773304b6f1a98de1e1e1bb9ec469a9dde
0df38d1f-942d-4712-afc9-94bf985bdd52	45	1	2026-11-26 21:39:14.915399+00	\N	guard installed	pgseal	public.cases.void		{}	\\x	\\x65eedacce740340a0d2c698462c8d08773304b6f1a98de1e1e1bb9ec469a9dde	\\x9737b35f7c480160fc6522206c5e29a5259f1b6cb26cb1c7b6966b78b2cbb451
0df38d1f-942d-4712-afc9-94bf985bdd52	46	1	2026-11-26 21:39:15.102449+00	\N	column readable	pgseal	public.cases.whole		{}	\\x	\\x9737b35f7c480160fc6522206c5e29a5259f1b6cb26cb1c7b6966b78b2cbb451	\\xb728d1f303e5110793aef3460c4181d17c1a476102cc2ca5bba592ab61ab9e54
0df38d1f-942d-4712-afc9-94bf985bdd52	47	1	2026-11-26 21:39:15.211173+00	\N	column sealing	pgseal	public.cases.whole		{}	\\x	\\xb728d1f303e5110793aef3460c4181d17c1a476102cc2ca5bba592ab61ab9e54	\\xdad5952c7ed3436e3dc0d865c5bf7bf5fd4e1a90f5c3a61e79397dcb51b2fdcb
0df38d1f-942d-4712-afc9-94bf985bdd52	48	1	2026-11-26 21:39:15.281658+00	\N	guard installed	pgseal	public.cases.whole		{}	\\x	\\xdad5952c7ed3436e3dc0d865c5bf7bf5fd4e1a90f5c3a61e79397dcb51b2fdcb	\\x1054d2f2c9fa7938a73f4183408ca1684e720e1bd088a94148d1e747286cb5c3
0df38d1f-942d-4712-afc9-94bf985bdd52	49	1	2026-11-26 21:39:15.443981+00	\N	column readable	pgseal	public.cases.yes		{}	\\x	\\x1054d2f2c9fa7938a73f4183408ca1684e720e1bd088a94148d1e747286cb5c3	\\x5ea03fa36a4f5c8e7f099621f9871d3b7ff9a3c9e65b7610d7d846362fd4131b
0df38d1f-942d-4712-afc9-94bf985bdd52	50	1	2026-11-26 21:39:15.516017+00	\N	column sealing	pgseal	public.cases.yes		{}	\\x	\\x5ea03fa36a4f5c8e7f099621f9871d3b7ff9a3c9e65b7610d7d846362fd4131b	\\x557005dcfb61d70485eb2f5c0d58b8a1a128e6cc6bd163cf193d46f5770ce686
0df38d1f-942d-4712-afc9-94bf985bdd52	51	1	2026-11-26 21:39:15.615058+00	\N	guard installed	pgseal	public.cases.yes		{}	\\x	\\x557005dcfb61d70485eb2f5c0d58b8a1a128e6cc6bd163cf193d46f5770ce686	\\x413b3a4769ab9c09f6b2bf8dffab0b8fab6d210fe920accc0a2eb4f1a6080382
0df38d1f-942d-4712-afc9-94bf985bdd52	52	1	2026-11-26 21:39:15.720354+00	\N	column readable	pgseal	public.notes.body		{}	\\x	\\x413b3a4769ab9c09f6b2bf8dffab0b8fab6d210fe920accc0a2eb4f1a6080382	\\x81afba3b553c1633ac1eccf1287d2e63b02e3bc4a6fdde949c336fe5936c1010
0df38d1f-942d-4712-afc9-94bf985bdd52	53	1	2026-11-26 21:39:15.786436+00	\N	column sealing	pgseal	public.notes.body		{}	\\x	\\x81afba3b553c1633ac1eccf1287d2e63b02e3bc4a6fdde949c336fe5936c1010	\\x704c8f653bf85b00629187a036bf709d8c5bb4c68bf284573eb2955e9d335479
0df38d1f-942d-4712-afc9-94bf985bdd52	54	1	2026-11-26 21:39:15.787132+00	\N	guard installed	pgseal	public.notes.body		{}	\\x	\\x704c8f653bf85b00629187a036bf709d8c5bb4c68bf284573eb2955e9d335479	\\x66e1e0cbd0372c337e4388b9c59f0b013d7bf2bc6246bb943fc64934129ab21e
0df38d1f-942d-4712-afc9-94bf985bdd52	55	1	2026-11-26 21:39:15.822513+00	\N	column sealed	pgseal	public.cases.yes		{}	\\x	\\x66e1e0cbd0372c337e4388b9c59f0b013d7bf2bc6246bb943fc64934129ab21e	\\xa2bcd3c6884aaf516b19b77d66d75d6f4f1ac1d2861ac0da8f9bdebeecd945b9
0df38d1f-942d-4712-afc9-94bf985bdd52	56	1	2026-11-26 21:39:15.979514+00	\N	column sealed	pgseal	public.cases.big		{}	\\x	\\xa2bcd3c6884aaf516b19b77d66d75d6f4f1ac1d2861ac0da8f9bdebeecd945b9	\\xa655b85496666d74849758672380a43abdf6a62edb7616523c10d0112f95e3b7
0df38d1f-942d-4712-afc9-94bf985bdd52	57	1	2026-11-26 21:39:16.15346+00	\N	column sealed	pgseal	public.cases.born		{}	\\x	\\xa655b85496666d74849758672380a43abdf6a62edb7616523c10d0112f95e3b7	\\x879971bf5d320a1c5a478f0657706b2676dce44cf026d03c3b0ca0d16c294fa5
0df38d1f-942d-4712-afc9-94bf985bdd52	58	1	2026-11-26 21:39:16.331705+00	\N	column sealed	pgseal	public.cases.doc		{}	\\x	\\x879971bf5d320a1c5a478f0657706b2676dce44cf026d03c3b0ca0d16c294fa5	\\x3fea32ad9c280f2b7e6f162b643e7e8a5d28d16ee7bac3e2ac9ab1019f2d8bb6
0df38d1f-942d-4712-afc9-94bf985bdd52	59	1	2026-11-26 21:39:16.480402+00	\N	column sealed	pgseal	public.cases.fee		{}	\\x	\\x3fea32ad9c280f2b7e6f162b643e7e8a5d28d16ee7bac3e2ac9ab1019f2d8bb6	\\x129f76d1bf6ae75ef0539bced6b7b7638f8df25febbbe722949e11f3b0d3a450
0df38d1f-942d-4712-afc9-94bf985bdd52	60	1	2026-11-26 21:39:16.622162+00	\N	column sealed	pgseal	public.cases.ident		{}	\\x	\\x129f76d1bf6ae75ef0539bced6b7b7638f8df25febbbe722949e11f3b0d3a450	\\xdf44d566223900bbde94da679aeac70685b80141cf9bd567278c7e5bc02b132e
0df38d1f-942d-4712-afc9-94bf985bdd52	61	1	2026-11-26 21:39:16.800779+00	\N	column sealed	pgseal	public.cases.instant		{}	\\x	\\xdf44d566223900bbde94da679aeac70685b80141cf9bd567278c7e5bc02b132e	\\xc16c97c740dabd0a02584f5197428c3803c97c0d67747413c5bab92158663c7e
0df38d1f-942d-4712-afc9-94bf985bdd52	62	1	2026-11-26 21:39:17.012941+00	\N	column sealed	pgseal	public.cases.moment		{}	\\x	\\xc16c97c740dabd0a02584f5197428c3803c97c0d67747413c5bab92158663c7e	\\x3b6ea3c039e06e8a290af86a3e5b47057a6d025f6faaf6687f56abf809953697
0df38d1f-942d-4712-afc9-94bf985bdd52	68	1	2026-11-26 21:39:18.491402+00	\N	column sealed	pgseal	public.cases.void		{}	\\x	\\x247214a10ac1267a856d4ae5084c5aeaa2daf94351c72dbc5ee25a72602c3fa8	\\xe6bb841234f414c2f45915d6f26fab88162f463dd231ce19180c191613c1d383
0df38d1f-942d-4712-afc9-94bf985bdd52	69	1	2026-11-26 21:39:18.676199+00	\N	column sealed	pgseal	public.cases.whole		{}	\\x	\\xe6bb841234f414c2f45915d6f26fab88162f463dd231ce19180c191613c1d383	\\x32d9f0d408a06d28d68505c7e2938d7ca612ac1f35949e5ff0308329ff663231
0df38d1f-942d-4712-afc9-94bf985bdd52	63	1	2026-11-26 21:39:17.27492+00	\N	column sealed	pgseal	public.cases.note		{}	\\x	\\x3b6ea3c039e06e8a290af86a3e5b47057a6d025f6faaf6687f56abf809953697	\\xbe0fd31061bcf67bffe96379a69fc112db2b7829c3cd26852a82883b71b63b24
0df38d1f-942d-4712-afc9-94bf985bdd52	64	1	2026-11-26 21:39:17.520106+00	\N	column sealed	pgseal	public.cases.nothing		{}	\\x	\\xbe0fd31061bcf67bffe96379a69fc112db2b7829c3cd26852a82883b71b63b24	\\xc881531bd20a2a859ba9229bb3925792e47c43e80371d2fe55ce72db70821d13
0df38d1f-942d-4712-afc9-94bf985bdd52	65	1	2026-11-26 21:39:17.66987+00	\N	column sealed	pgseal	public.cases.ratio		{}	\\x	\\xc881531bd20a2a859ba9229bb3925792e47c43e80371d2fe55ce72db70821d13	\\xe15ee2fe9316d78773d63c42763765c5c284894b9617d0beef28010ade1bce36
0df38d1f-942d-4712-afc9-94bf985bdd52	66	1	2026-11-26 21:39:17.97309+00	\N	column sealed	pgseal	public.cases.raw		{}	\\x	\\xe15ee2fe9316d78773d63c42763765c5c284894b9617d0beef28010ade1bce36	\\xf7595d2f71cb05c98cc25897e0fdeccdcdc23662b733dfc25417176a3a0004e6
0df38d1f-942d-4712-afc9-94bf985bdd52	67	1	2026-11-26 21:39:18.302325+00	\N	column sealed	pgseal	public.cases.tags		{}	\\x	\\xf7595d2f71cb05c98cc25897e0fdeccdcdc23662b733dfc25417176a3a0004e6	\\x247214a10ac1267a856d4ae5084c5aeaa2daf94351c72dbc5ee25a72602c3fa8
1096e617-69b2-41e2-aabd-a9b415c3dc8c	1	1	2026-11-26 21:39:19.152114+00	7b789abb-a8c6-496d-bafb-59942591934d	tenant added	root@vm	provider local	local:master.key	{}	\\x0df38d1f942d4712afc994bf985bdd52000000000000004532d9f0d408a06d28d68505c7e2938d7c	\\x	\\xd6bba46e472141d0ec3fe2e4a0ec518180c5d034c06708a5c12a52f815275227
8fe78608-6a44-4572-b22c-72e45cfdecf5	1	1	2026-11-26 21:39:19.340222+00	ea396c90-ffad-411d-a993-4aedfaffa7e9	tenant added	root@vm	provider local	local:master.key	{}	\\x1096e61769b241e2aabda9b415c3dc8c0000000000000001d6bba46e472141d0ec3fe2e4a0ec51810df38d1f942d4712afc994bf985bdd52000000000000004532d9f0d408a06d28d68505c7e2938d7c	\\x	\\xc2a0099fdb3dcae3ada95d89fd103604d401a7eaf94d1fae7cd6bf0c0dbf93c2
5c8b269b-1e95-4363-88c3-3814f61bfa21	1	1	2026-11-26 21:39:19.990214+00	\N	checkpoint	root@vm			{}	\\x8fe786086a444572b22c72e45cfdecf50000000000000001c2a0099fdb3dcae3ada95d89fd1036041096e61769b241e2aabda9b415c3dc8c0000000000000001d6bba46e472141d0ec3fe2e4a0ec51810df38d1f942d4712afc994bf985bdd52000000000000004532d9f0d408a06d28d68505c7e2938d7c	\\x	\\x4eec4fd9d6736f2724860083f0784e3c93a2253d3837ed0a106b178f035704ba
5c8b269b-1e95-4363-88c3-3814f61bfa21	2	1	2026-11-26 21:39:20.575544+00	\N	column sealed	pgseal	public.notes.body		{}	\\x	\\x4eec4fd9d6736f2724860083f0784e3c93a2253d3837ed0a106b178f035704ba	\\xb0d3ec7a6ab8badc7f5a9704ae18b082e5cbf4ca77a4294ef531fbae1ef31e0e
5c8b269b-1e95-4363-88c3-3814f61bfa21	3	1	2026-11-26 21:39:20.293678+00	ea396c90-ffad-411d-a993-4aedfaffa7e9	key fetched	root@vm	held until 2026-11-26T21:44:20Z	local	{}	\\x	\\xb0d3ec7a6ab8badc7f5a9704ae18b082e5cbf4ca77a4294ef531fbae1ef31e0e	\\x784db8dc95b339e87e99986606ea68c0728e6d5916817b7e953a101bcb271478
5c8b269b-1e95-4363-88c3-3814f61bfa21	4	1	2026-11-26 21:39:20.313684+00	7b789abb-a8c6-496d-bafb-59942591934d	key fetched	root@vm	held until 2026-11-26T21:44:20Z	local	{}	\\x	\\x784db8dc95b339e87e99986606ea68c0728e6d5916817b7e953a101bcb271478	\\x065c46a1cad86ab863b0eb95d9b23747046661f6191839cc43b0fc8d9a8c9189
5c8b269b-1e95-4363-88c3-3814f61bfa21	5	1	2026-11-26 21:39:21.497899+00	ea396c90-ffad-411d-a993-4aedfaffa7e9	key evicted	root@vm	the process ends	local	{}	\\x	\\x065c46a1cad86ab863b0eb95d9b23747046661f6191839cc43b0fc8d9a8c9189	\\xe96f6088bf3cfb6ee28000806ba598553b5c467fadc523986e781ffc092d4241
5c8b269b-1e95-4363-88c3-3814f61bfa21	6	1	2026-11-26 21:39:21.497925+00	7b789abb-a8c6-496d-bafb-59942591934d	key evicted	root@vm	the process ends	local	{}	\\x	\\xe96f6088bf3cfb6ee28000806ba598553b5c467fadc523986e781ffc092d4241	\\x2dd3b0ebda2247519dc2c48d16eef9823aaeda941b554f593e09ba9f1e57fe7f
30e9610e-ea80-441e-83bd-29c2150ba6bd	1	1	2026-11-26 21:39:21.985121+00	\N	checkpoint	vm:21575			{}	\\x5c8b269b1e95436388c33814f61bfa2100000000000000062dd3b0ebda2247519dc2c48d16eef9828fe786086a444572b22c72e45cfdecf50000000000000001c2a0099fdb3dcae3ada95d89fd1036041096e61769b241e2aabda9b415c3dc8c0000000000000001d6bba46e472141d0ec3fe2e4a0ec51810df38d1f942d4712afc994bf985bdd52000000000000004532d9f0d408a06d28d68505c7e2938d7c	\\x	\\xc9e56b5924ca8bd45746c2be8b20ac7e2325aa6fe1db4f06fecb5c6425741d3e
30e9610e-ea80-441e-83bd-29c2150ba6bd	2	1	2026-11-26 21:39:22.400958+00	7b789abb-a8c6-496d-bafb-59942591934d	key fetched	vm:21575	held until 2026-11-26T21:44:22Z	local	{}	\\x	\\xc9e56b5924ca8bd45746c2be8b20ac7e2325aa6fe1db4f06fecb5c6425741d3e	\\xd9088d434cc8ea425e37a6a11db9cd5da9b19ec651e2dff3983bb1b7299df18a
30e9610e-ea80-441e-83bd-29c2150ba6bd	3	1	2026-11-26 21:39:22.729861+00	ea396c90-ffad-411d-a993-4aedfaffa7e9	key fetched	vm:21575	held until 2026-11-26T21:44:22Z	local	{}	\\x	\\xd9088d434cc8ea425e37a6a11db9cd5da9b19ec651e2dff3983bb1b7299df18a	\\x675840710cb51b49524f204c409f510bb92e93e06e4afda40a0ebbf61f590564
c3893d42-bf57-412b-ab2c-38b17a6af2dc	1	1	2026-11-26 21:39:23.240599+00	7b789abb-a8c6-496d-bafb-59942591934d	new data key	root@vm	data key 0a0d7616 after 17003a3b	local:master.key	{}	\\x30e9610eea80441e83bd29c2150ba6bd0000000000000003675840710cb51b49524f204c409f510b5c8b269b1e95436388c33814f61bfa2100000000000000062dd3b0ebda2247519dc2c48d16eef9828fe786086a444572b22c72e45cfdecf50000000000000001c2a0099fdb3dcae3ada95d89fd1036041096e61769b241e2aabda9b415c3dc8c0000000000000001d6bba46e472141d0ec3fe2e4a0ec51810df38d1f942d4712afc994bf985bdd52000000000000004532d9f0d408a06d28d68505c7e2938d7c	\\x	\\x614117eae2887516c54f04083721cda612c6becceffc21ca56f66d4d87778786
30e9610e-ea80-441e-83bd-29c2150ba6bd	4	1	2026-11-26 21:39:23.311539+00	7b789abb-a8c6-496d-bafb-59942591934d	key fetched	vm:21575	held until 2026-11-26T21:44:23Z	local	{}	\\x	\\x675840710cb51b49524f204c409f510bb92e93e06e4afda40a0ebbf61f590564	\\x14571f597ec4bdfa228bf0dc7f6d07776d1abb5fc38905109018b96d5943bf70
549706c9-93e0-462f-b502-9325a373b462	1	1	2026-11-26 21:39:24.047146+00	7b789abb-a8c6-496d-bafb-59942591934d	cache time set	root@vm	2m0s		{}	\\x30e9610eea80441e83bd29c2150ba6bd000000000000000414571f597ec4bdfa228bf0dc7f6d0777c3893d42bf57412bab2c38b17a6af2dc0000000000000001614117eae2887516c54f04083721cda65c8b269b1e95436388c33814f61bfa2100000000000000062dd3b0ebda2247519dc2c48d16eef9828fe786086a444572b22c72e45cfdecf50000000000000001c2a0099fdb3dcae3ada95d89fd1036041096e61769b241e2aabda9b415c3dc8c0000000000000001d6bba46e472141d0ec3fe2e4a0ec51810df38d1f942d4712afc994bf985bdd52000000000000004532d9f0d408a06d28d68505c7e2938d7c	\\x	\\xd361210e106109b611229aafe426e7200853f422258135ea5214a07c0c132ee6
b44a93c7-d6a5-4360-b116-57b92048f9a9	1	1	2026-11-26 21:39:24.677281+00	ea396c90-ffad-411d-a993-4aedfaffa7e9	locked	root@vm			{}	\\x549706c993e0462fb5029325a373b4620000000000000001d361210e106109b611229aafe426e72030e9610eea80441e83bd29c2150ba6bd000000000000000414571f597ec4bdfa228bf0dc7f6d0777c3893d42bf57412bab2c38b17a6af2dc0000000000000001614117eae2887516c54f04083721cda65c8b269b1e95436388c33814f61bfa2100000000000000062dd3b0ebda2247519dc2c48d16eef9828fe786086a444572b22c72e45cfdecf50000000000000001c2a0099fdb3dcae3ada95d89fd1036041096e61769b241e2aabda9b415c3dc8c0000000000000001d6bba46e472141d0ec3fe2e4a0ec51810df38d1f942d4712afc994bf985bdd52000000000000004532d9f0d408a06d28d68505c7e2938d7c	\\x	\\xcaca3d4cda47f5cfe16c1ff664b35de69f64a6ed89e7467148ccea45b5e00118
30e9610e-ea80-441e-83bd-29c2150ba6bd	5	1	2026-11-26 21:39:24.925528+00	ea396c90-ffad-411d-a993-4aedfaffa7e9	key evicted	vm:21575	KU009 key_locked since 2026-11-26T21:39:24Z	local	{}	\\x	\\x14571f597ec4bdfa228bf0dc7f6d07776d1abb5fc38905109018b96d5943bf70	\\xe72cf63dfcc7ef6d9cf13733f718cc4f2dacb563e81126adda89df5fe825df31
30e9610e-ea80-441e-83bd-29c2150ba6bd	6	1	2026-11-26 21:39:25.05447+00	7b789abb-a8c6-496d-bafb-59942591934d	key evicted	vm:21575	the process ends	local	{}	\\x	\\xe72cf63dfcc7ef6d9cf13733f718cc4f2dacb563e81126adda89df5fe825df31	\\x5bc077da078e116af252335cc18c53fec7e8a7efe49fd45bbd2ec0e91eff0255
\.


--
-- Data for Name: event_head; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event_head (writer, seq, hash, changed_at, mac) FROM stdin;
0df38d1f-942d-4712-afc9-94bf985bdd52	69	\\x32d9f0d408a06d28d68505c7e2938d7ca612ac1f35949e5ff0308329ff663231	2026-11-26 21:39:18.713245+00	\\x8c2018c2d539fc1d099897a3c8069ebeae1e7e769e2b91aa7b1bb298cbc75c65
1096e617-69b2-41e2-aabd-a9b415c3dc8c	1	\\xd6bba46e472141d0ec3fe2e4a0ec518180c5d034c06708a5c12a52f815275227	2026-11-26 21:39:19.174078+00	\\x5a1c5c5ec22e62dd17ab595a8dd42319a673a9587dee226ba5b9d3175cbf9d24
8fe78608-6a44-4572-b22c-72e45cfdecf5	1	\\xc2a0099fdb3dcae3ada95d89fd103604d401a7eaf94d1fae7cd6bf0c0dbf93c2	2026-11-26 21:39:19.354927+00	\\x53f0186a00d9a54f0b264412b652e6e3daaa251d16c1225c5c8f4c6384448936
5c8b269b-1e95-4363-88c3-3814f61bfa21	6	\\x2dd3b0ebda2247519dc2c48d16eef9823aaeda941b554f593e09ba9f1e57fe7f	2026-11-26 21:39:21.50054+00	\\x9f0bb889ba88dbcf65d4d5dd3bebd83ddaccaecf9708f7fc3a8617bfc83083e8
c3893d42-bf57-412b-ab2c-38b17a6af2dc	1	\\x614117eae2887516c54f04083721cda612c6becceffc21ca56f66d4d87778786	2026-11-26 21:39:23.258596+00	\\xd70695d2d6f1499e7e1d56b0f05b157a51ead36959354c0b94bb2a43f7c3ec69
549706c9-93e0-462f-b502-9325a373b462	1	\\xd361210e106109b611229aafe426e7200853f422258135ea5214a07c0c132ee6	2026-11-26 21:39:24.080779+00	\\x67a5b381ec381f4cf6b95297e794c05610ef9b32311fa9fcd6eddae015bb2159
b44a93c7-d6a5-4360-b116-57b92048f9a9	1	\\xcaca3d4cda47f5cfe16c1ff664b35de69f64a6ed89e7467148ccea45b5e00118	2026-11-26 21:39:24.713083+00	\\x648b47973228622b9dda838327e67831d01363f9448da47af3b435f4a367e9e9
30e9610e-ea80-441e-83bd-29c2150ba6bd	6	\\x5bc077da078e116af252335cc18c53fec7e8a7efe49fd45bbd2ec0e91eff0255	2026-11-26 21:39:25.079853+00	\\x02462b34111ba7cb4b19c416d5fa6f64bdaed5f95d4dbad8999a2adbb98cf2d6
\.


--
-- Data for Name: key_history; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_history (id, at, tenant, "position", key_number, action, provider, configured, role_arn, key_arn, material_id, actor, mac) FROM stdin;
2aa82f56-3212-44ab-88df-a83a01d4b0b7	2026-11-26 21:39:19.152114+00	7b789abb-a8c6-496d-bafb-59942591934d	1	385890875	created	local			local:master.key	41224fbcfd325c29	root@vm	\\x3e9b6615870881f77d730f481ee8f13f01db15138e8b3db142247a7213999ae3
e2f7d7d8-d576-4953-82d2-9ce1b0873085	2026-11-26 21:39:19.340222+00	ea396c90-ffad-411d-a993-4aedfaffa7e9	1	670223583	created	local			local:master.key	41224fbcfd325c29	root@vm	\\x42bb6cd92bc8a7c6796a4df114c2c65df09182171d00e4171ae63e610950ee5f
f6f033a5-2707-4b53-9eb7-f98c299096c3	2026-11-26 21:39:23.240599+00	7b789abb-a8c6-496d-bafb-59942591934d	2	168654358	rotated	local			local:master.key	41224fbcfd325c29	root@vm	\\x72a93a9effda39f841f99462d3a8de0971bda18155a94e46c8dbfa60b48f3971
\.


--
-- Data for Name: key_hold; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_hold (holder, tenant, until, version, mac) FROM stdin;
\.


--
-- Data for Name: key_material; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_material (tenant, key, checked_at, noticed_at, problem, key_arn, material_id, rotated_at, how, version, mac) FROM stdin;
\.


--
-- Data for Name: key_refusal; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_refusal (tenant, code, tenant_version, at, version, mac) FROM stdin;
\.


--
-- Data for Name: migration; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.migration (version, applied_at) FROM stdin;
1	2026-11-26 21:39:10.60995+00
\.


--
-- Data for Name: proxy; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.proxy (id, name, started_at, heartbeat_at, policy, acks, keys, keys_digest, seen, seen_digest, version, mac) FROM stdin;
\.


--
-- Data for Name: river_job; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.river_job (id, state, attempt, max_attempts, attempted_at, created_at, finalized_at, scheduled_at, priority, args, attempted_by, errors, kind, metadata, queue, tags, unique_key, unique_states) FROM stdin;
1	completed	1	32767	2026-11-26 21:39:20.017408+00	2026-11-26 21:39:19.927232+00	2026-11-26 21:39:21.255798+00	2026-11-26 21:39:19.927232+00	1	{"column": "1cde3e9718c2444b8c4699cd0a65d4b1"}	{vm_2026_11_26T21_39_19_990029}	\N	pgseal_column	{}	pgseal	{}	\\xb78596cd00954727838c938787bbda506b8ce514b644172f2c73b8dc89737e31	11110001
\.


--
-- Data for Name: river_leader; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.river_leader (elected_at, expires_at, leader_id, name) FROM stdin;
\.


--
-- Data for Name: river_migration; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.river_migration (line, version, created_at) FROM stdin;
main	1	2026-11-26 21:39:10.742033+00
main	2	2026-11-26 21:39:10.76925+00
main	3	2026-11-26 21:39:10.937096+00
main	4	2026-11-26 21:39:10.95809+00
main	5	2026-11-26 21:39:10.991845+00
main	6	2026-11-26 21:39:11.110089+00
main	7	2026-11-26 21:39:11.147147+00
main	8	2026-11-26 21:39:11.208431+00
\.


--
-- Data for Name: river_notification; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.river_notification (id, created_at, payload, topic) FROM stdin;
\.


--
-- Data for Name: river_queue; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.river_queue (name, created_at, metadata, paused_at, updated_at) FROM stdin;
pgseal	2026-11-26 21:39:20.00141+00	{}	\N	2026-11-26 21:39:22.07269+00
\.


--
-- Data for Name: store; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.store (singleton, id, tag, family, epoch, policy, created_at, version, mac) FROM stdin;
t	7b54feb1-245e-22e1-2c25-14c8d2c4b700	\\xf3cd	7b54feb1-245e-22e1-2c25-14c8d2c4b700	1	\\xf3ee24459d6fb3c18d684815d0de112c0f064ae0a0e00a96343d03f18bcf59a2	2026-11-26 21:39:10.124336+00	2	\\xc011dfe8a6c8d7ab56b2d01111377014b2feec512575b571fb596362dfccfbe7
\.


--
-- Data for Name: tenant; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.tenant (id, name, provider, key_arn, resolved_arn, role_arn, external_id, endpoint, cache_ms, locked, locked_since, locked_by, retired, drill_id, drill_ordered, drill_until, drill_by, drill_proxies, probes, current_key, created_at, version, mac) FROM stdin;
7b789abb-a8c6-496d-bafb-59942591934d	acme	local		local:master.key				120000	f	\N		f	\N	\N	\N		{}	0	168654358	2026-11-26 21:39:19.151576+00	3	\\xc7ecb01e15aeef3296ecff5617def4583ad1cbc1af43677e634c98f818f15176
ea396c90-ffad-411d-a993-4aedfaffa7e9	globex	local		local:master.key				300000	t	2026-11-26 21:39:24.677281+00	root@vm	f	\N	\N	\N		{}	0	670223583	2026-11-26 21:39:19.321709+00	2	\\x1270ea885690d47bace22376aaaa0d1ad8b0972fcc9d417e5c0f5ac60e3d4c09
\.


--
-- Data for Name: usage; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.usage (tenant, day, proxy, proxy_name, sealed, opened, fetched, failed, refused, updated_at, version, mac) FROM stdin;
7b789abb-a8c6-496d-bafb-59942591934d	2026-11-26	16e49d47-2eb2-4967-8975-e147840c1932	vm:21428	60	40	1	0	0	2026-11-26 21:39:21.467945+00	1	\\xb585f8ec78e43cd357be5edf319906e069ca74bc449a62bfe1a2c2053fc9e4e5
ea396c90-ffad-411d-a993-4aedfaffa7e9	2026-11-26	16e49d47-2eb2-4967-8975-e147840c1932	vm:21428	60	40	1	0	0	2026-11-26 21:39:21.467946+00	1	\\x475edbf28c4366abb05ca04f0ec4de8a4c71a8363f88df9ff5db7a5109823bcf
7b789abb-a8c6-496d-bafb-59942591934d	2026-11-26	e860a0a8-7b4b-43fa-97fa-be800161003e	vm:21575	32	51	2	0	0	2026-11-26 21:39:25.054518+00	1	\\x04cef6621e7da264bdb1a8dcc109a8b31ea0e5342bd6211617a6f371dfa5f976
ea396c90-ffad-411d-a993-4aedfaffa7e9	2026-11-26	e860a0a8-7b4b-43fa-97fa-be800161003e	vm:21575	15	36	1	0	1	2026-11-26 21:39:25.054519+00	1	\\xa2ef4a838da81ed1dec2a67447795a0cc19692c49d59dc54f0b5e1c55abb3e92
\.


--
-- Data for Name: cases; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.cases (id, firm, note, void, nothing, code, whole, big, fee, ratio, yes, born, moment, instant, ident, raw, doc, tags) FROM stdin;
1	acme	pgs1_AfPNFwA6OyTfUmDyFYJfnMnm7Ih0V7K7mrP3hIT77IffJkeOXYSAU70zxCAgrFu4ey2j-xmc2fUm5J7P0ME_VY7nFcOy86C6btXrNvMF_NegnNydWHGyZeLAcglr77EDM71X	pgs1_AfPNFwA6O1O3LABKzk0NYSVD3jZpCZY3_hhybroREUIqff-WI5sCNc0d1O2iXBI	\N	pgs1_AvPNFwA6Ox_r5F8nZof3aMqJRiDZopfu-AYIc2DzFR_Prr2Tu_AARzYSTCUzDRyTB3g	\\x01f3cd17003a3b858d35d40162d943aac46dd2f062cb8bc3ed2bb3bcb70d6a9155a8a4accafd532643db277d4bceb3a50538a69ed0a25c	\\x02f3cd17003a3b5ad7fdf99aeea1abbbfc32b53e9e5854d809fbfe2e1b42113b91d78af41fbd206c1c9b24	\\x02f3cd17003a3bb0c04e5cc557a9cdb065ae27e39cac6f5fc1343e50d49263af00727ee0e0f073c1	\\x01f3cd17003a3bff99a75027d2aee862b0be1324022bd83da835e86ca1e36ae791e152d3bb675c1dc200a091696f639d492444a3bab121	\\x02f3cd17003a3b8e27755c4ee954b70b30edc78c33c32f1d0e5fc15ef8116fc945dd81e1	\\x02f3cd17003a3b585462160dcd830dee1cc6439ebd1eb92b49d1e4692ef7ab7d0838c4f66fcf76	\\x01f3cd17003a3b6b3546dfb53af4e70ab4b70e0b248cc9010b6e63b91fca26b565571d07b09caa9f6f7006b3c0617356604f48c31571ba	\\x02f3cd17003a3b6f420ad23f0cab05e2cffd4d317b7ff4b1ae373f40cf39bffec06385e055f60d57f15d71	\\x02f3cd17003a3b92765c76c352479e99f8191c465a89dd16e9e4d9f8373c75c68196ecc355efdbe9d0fa6898bd036a8ce36cf5	\\x02f3cd17003a3b57feef24f5852ffc266ef45aa639f1b0ced54c554a359f27f7ead62ae80d75	\\x01f3cd17003a3b84a5f38a21c2f5a7090fb2e17b2fac50b18240bb5cd1f43e6dae35edf477bc518041adccf9ce111f39795f841dc780f4e119641930c1cb4206786100a208dc073f232e535c6b219f	\\x01f3cd17003a3b64dcaa6843bf331f4cff161f66c46fb0e80714d3eae727c59c06ee6f5855f505acdf7f9bd01c195807de07957c4a382f8c260897be0fab89b114cba4cae616689a79541aaff7ae64ac04ec7bf866c6fc3fb5b4
2	globex	pgs1_AfPNJ_LM32SsdaACq4Nv7CHxh_wLbi0BvhI5zITxxnWoPrBm7xkwWiM4CUS6IBRUJJ1MvI8cBEkk0UB51xP5dsUB76SJJJhOtMpvMrkR7TDSKdgNpakYGoHeA1ZbCEpwqoEC	pgs1_AfPNJ_LM35Gqlum9aXqIIUlCHaGrL_TjlhVtdyCIC8CY2j8hEQg8xuZXdhLvO0U	\N	pgs1_AvPNJ_LM3yqSSC-iXedKFNhforWSekiArkm8MFhnC2sr8vl0kzQe0eky_a4e_q8dd4A	\\x01f3cd27f2ccdf3c5738a7110a5098d2bf047d378ad77e8c17aef0bd887a519ae92b662f04ca430bc4cb40bbd03dd6ccb542664eba33ea	\\x02f3cd27f2ccdf68474397c2c25bcfa659177b6bb00d76720e36972c64f2988146b5f83f11871b1e7d5aa0	\\x02f3cd27f2ccdfb611759523bbcf7143993fe7ce819e7348633054364611dfbfb7d7aa76023dbe41	\\x01f3cd27f2ccdf91981df56371fc074cdd0ee67c70c83587c60bb56478914a66e57a764c54c6e6b4fcc5b3c720b80f4e0d213a0f3183bf	\\x02f3cd27f2ccdf4e604a0268251c55a3950c1c885f6b68d103c885fdd2393603c4e42ff5	\\x02f3cd27f2ccdf86939f26a49ad79efaae485ee7feefd0f357885bc0389a682d456541b5d68085	\\x01f3cd27f2ccdf14c0d8aa69259770d0cb06c1e9d2124ea309d0ac7622201d36df4c8e5eb85de85b6c18bf9c92fdea30bdf94f37f3f627	\\x02f3cd27f2ccdfa4509d5200b0ecae3b63f9f5d2abcffbcc14cce233d23e4ada86a7c7376c9f29aea901d0	\\x02f3cd27f2ccdfedb7af5c8fa333c1ae0b5e70cfa7de4d6cbc15d13e6475b4ea238eee5d929aa4d5a9d349efa0242e417eac1c	\\x02f3cd27f2ccdf5cdaccbeba87875781f6879c1cbca5f87c8470375734b198c34acf576343d0	\\x01f3cd27f2ccdf1683632de10645855dea4c040039662fd910c1066ffe6a3110446ff388438db2f7077506d1afda6a78917839bf50e3476a8a7c600661596aaacf58a16ff8efa51948a43990ef1e66	\\x01f3cd27f2ccdfd36be1072a4aeedfcbd965a3459c580ac1042baa02482768644cbbdcd0e72925da660f598e2760945e89a121b22cd65e59d210f6d997d4bfa08186c70608b797b77469039409abee49383a8b40f8ae18e6ff3f
3	acme	pgs1_AfPNCg12FvuU6r1mhnBz97rNPVntxG6aghPWXcO7pTslYe-wFAu4oi-AWAFkZ1Rw5W8wNuP6FY3q-6snjeMvoPD6p4P4bS_lxpkVEwHnICz4TXUF85rPf2-RB9iYa4KuW5kX	pgs1_AfPNCg12Fk7v7DMur17G7pQkAuupeat1ciLgLVMccUbLYN7NW4zcbVUCU0cb9Zo	\N	pgs1_AvPNFwA6Ox_r5F8nZof3aMqJRiDZopfu-AYIc2DzFR_Prr2Tu_AARzYSTCUzDRyTB3g	\\x01f3cd0a0d7616c3ea0aac479cc1aadbc2dfcc34a7a032a53c1c7ba0882c6d9f0e6936594c79390fe1b4218fb1c0b16f90ed465ec37833	\\x02f3cd17003a3b5ad7fdf99aeea1abbbfc32b53e9e5854d809fbfe2e1b42113b91d78af41fbd206c1c9b24	\\x02f3cd17003a3bb0c04e5cc557a9cdb065ae27e39cac6f5fc1343e50d49263af00727ee0e0f073c1	\\x01f3cd0a0d7616e4b58dd8f94b21eb64df2dd709cd5378fa2ff9ac6f343f011213750028a715e37548d934396fa2c8f05100cd54e8f153	\\x02f3cd17003a3b8e27755c4ee954b70b30edc78c33c32f1d0e5fc15ef8116fc945dd81e1	\\x02f3cd17003a3b585462160dcd830dee1cc6439ebd1eb92b49d1e4692ef7ab7d0838c4f66fcf76	\\x01f3cd0a0d76161bb25d16623ab91f22b22ae4945fb4859c81a30a02ee2b44b8c53616c1433090a29680c46fbe89e735b566ab0f2ebc3b	\\x02f3cd17003a3b6f420ad23f0cab05e2cffd4d317b7ff4b1ae373f40cf39bffec06385e055f60d57f15d71	\\x02f3cd17003a3b92765c76c352479e99f8191c465a89dd16e9e4d9f8373c75c68196ecc355efdbe9d0fa6898bd036a8ce36cf5	\\x02f3cd17003a3b57feef24f5852ffc266ef45aa639f1b0ced54c554a359f27f7ead62ae80d75	\\x01f3cd0a0d761631e5ccf4439475a5ba1ffedb65e7cf2df5ec4a271246e1d3499886a8ce45d6c50b766872df6943bb4b35e4abb9f6a38759bfd7b7afa698e51f887879d4735453aafe1d5c51682393	\\x01f3cd0a0d7616e4333ebe253e431c94769867887a903e37ec4afc2acc5f2d760fdcd5ec10d6988cd25482ffb8a500872423bb9798d471495d65066c8c6ad45e9b25c63ffd0ab9d55d4bf952046eaee42a3aff14d636de7f1fc4
\.


--
-- Data for Name: notes; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.notes (id, firm, body) FROM stdin;
1	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5bz3e34Q-5jgankOoNs6hh-hH456i8n8n5N2apSKNffy21eEJqWNj7VqRQ
2	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTjI9V2toFeW6YJw8UH8UHbH6LtitWFeoVXM7_rcb36eSBVPROsTEp7Em7A
3	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5eE0YMoF61KcA7p7Wti0KMBCQrtxsHVklVRfQMHOpeYpAVW8gPNuFJlWcA
4	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTgABOpEQjjNuFz2tLYVvtvHwdrSY6xF8qy5mPX67RMZsRUI2EUqZcLYdMA
5	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5QvYf1fBliy3gQNG6KWRfJ-bvDRHqmRgRcN0WA3ChUTg104jhaHTosrZ5Q
6	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTskB7OpdZVOWWDDKKLgsaS_7IyehRozEng-JiQ32ImNi2DHqkoU0noGMTQ
7	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5RyT7gEoFiJbUlPZlUfA0WZKhgJmh-j2Azk9KLBUJ3Kz8VzvfTa2KkPFvQ
8	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTogCsGLYNw-xyA_ELfyuanE3oCSX6VPAv7XPCX0EabX62SqYLffy0po26w
9	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5d3P3j9EXZmauMi4nsXIVO7h9de3rFGj9Ov6Tisjw28wfu46QAFXv7BPQA
10	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvToLwH3Abh0QGHXulCZysMiTy7wcTmrlBOZGm0TyVKzzv1FiDHsWo_Otw9ig
11	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5ehU0-BlKwOFsIQUH8ghaGTaLk6OUfpcFSThh7kf6yaPH2tNe55bjUBr3k0
12	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTlD7vpo2gJrPeSYrB9KX6767ijJkSAdsvplOrCoQtKf52fGUrIhQo6eT__U
13	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5Xf5MP1oanf_bi0SfVS75sWPChRU83TDwqQfkwuXiBVddV0NiHyUbf8Jq2o
14	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTmrW-E0cAazGPwW6Gr698Ur-BprlECw5LEwAmWPSjzUib9N-IRj_40DNgl0
15	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5SMtQj2G_sZkjiul0uWs-C2oPW9tZJEDnJCR0cix-mikPHiriFEs1e_vq_E
16	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTjB6k6vN2gyOjrMLV-w2i4ceGL2-OnYuFYCQsCSIBdBs7aJQIb2lFg7Z3wk
17	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5ToWUt5-ok-l8paRYN70Kks2XKrjtsDFjTZXtGR7YsGXYqnriWK3Tff440g
18	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTnueSTqNC4u3LzexIfJUyKwbrFm1VZmiNCK1kLLBzzEo7N7Pk9Qz-YIkNkw
19	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5QzDbcIu4t7794NSAcgPJ5a8Fs9-JDrxfsILpzsJEruZWl1y9L9mrYfHV5U
20	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTuE0_brXqcinlRt_aZ_mTPfAn1IHnWORUMZYQmyO4XILuEOdkuGraB7_6YA
21	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5bZ0WPGZfiDJhajlVau-iobMkF8a8pfuNfRixgOSukAUnV_h-Wooo_emXkQ
22	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTqU8WNdbTpHs0Xs8pJUVvPx6uy5U2SJUURYIBz7Zi3PlBD0FfTue8tqgXro
23	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5afJl5YpUXq8mhZDshrIrdLP4HfmFn8EndJJGIqdlSwvbqPdG81hBhgU69A
24	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTmA4RwhpWxAaMQH4BgdAJWrGCstq6g_Ku9sCV9r9GzmvNd_DZ5GmsYsGZFU
25	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5dfhbvpMFIHjo1ICZhRN7qw7cz6yqsoBmggsE2DbkYJV2mqPkgUjrNWzqUE
26	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTuGVohVp9KGkgjs48AStliJkHxoBeuIGRJEtmVpEiQsYpR50xkx8SnIkqxo
27	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5Ug1WpJVl5BnSFD_8r-fCnHKsMZ7xVe1736WR4Mss_NN7yPIjRK_53PzG4A
28	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTmdbE8jH99uFxrE07DcO-fXQMl9PzmQVMkCM7JAUT7AMqBz78hunsLKhqu4
29	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5TosLQYRi_HIFg3EJXPkZBe3tjnfVBHucsCEFeLWvdDh70RAxb7BnteoKN8
30	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTgIK3izdHk98hITNxGOaa1OCEZda8pDt1BXiBqlcePTNrFHPI6UVKWe4Hrw
31	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5b7Rbo9R52USWvtM6TXZg1FJewPqxUMELeOa88DgPx8oqxXR-Y4zwflyYyc
32	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTuKge5dR97p5ozJu8F4e5Oh4xDtoM8LmmhFTiVCVBkW9gfJL7RzsMiwl9wY
33	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5WSBZhZe_h5cTsyOJArEiZEvpElLPsNUU1zUtsFT2iOm8bnz7g0SK80kW7Q
34	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTkV_yH8W_NCyUt-L_X2rzlc_HDO9FobsFHi3BomRL0IIZlekCaNvfeLnd_w
35	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5dPNMUdoE-1gGmMUMQStZfQ27ApJhrXTl6lNu_mk5NWarxHMBkoEgyG6p50
36	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvToEb114_nGZcyyT_SW8e5jqK8OkC9gAXXfeOLatXIrSAG13kQyaqdlsfZhQ
37	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5Sga96Ogk_lof1UJhdvbVaDDdbs9OawmS16e3WG1RUB6CEIGWgMNmtQ_yhA
38	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTgRf1--JmGNcS55GGHsV9EsyPigzLkL08YYP_hcL5SETHNO50iRpAX6rHkU
39	globex	pgs1_AfPNJ_LM37Df1VOEVZzT6A_s5QXDX77yjd91nv88CYJ3m7haGmY88Iu6g8d-HRlCs3Yezq5w28ylMW5rRpg
40	acme	pgs1_AfPNFwA6O79WIvoYTF6_E8TvTmViNfvtNad88i2TEKt2X5KZyWYq_llWifVUib41gYeE-bSq-VBiEKrV9H0
100	acme	pgs1_AfPNCg12Ftv2FyKEHHh9e8TT0a0AEDMAr4SsN1jjNgGVcdOX_YSmHUhmUMoxwqakFdLWzUSikc1GCkRNiCsO
\.


--
-- Name: river_job_id_seq; Type: SEQUENCE SET; Schema: pgseal; Owner: postgres
--

SELECT pg_catalog.setval('pgseal.river_job_id_seq', 1, true);


--
-- Name: river_notification_id_seq; Type: SEQUENCE SET; Schema: pgseal; Owner: postgres
--

SELECT pg_catalog.setval('pgseal.river_notification_id_seq', 1, false);


--
-- Name: backup_list backup_list_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.backup_list
    ADD CONSTRAINT backup_list_pkey PRIMARY KEY (singleton);


--
-- Name: backup backup_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.backup
    ADD CONSTRAINT backup_pkey PRIMARY KEY ("position");


--
-- Name: backup backup_sha256_key; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.backup
    ADD CONSTRAINT backup_sha256_key UNIQUE (sha256);


--
-- Name: bulk bulk_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.bulk
    ADD CONSTRAINT bulk_pkey PRIMARY KEY (column_state);


--
-- Name: column_pin column_pin_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.column_pin
    ADD CONSTRAINT column_pin_pkey PRIMARY KEY (tenant, column_id);


--
-- Name: column_state column_state_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.column_state
    ADD CONSTRAINT column_state_pkey PRIMARY KEY (id);


--
-- Name: data_key data_key_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.data_key
    ADD CONSTRAINT data_key_pkey PRIMARY KEY (key_number);


--
-- Name: event_head event_head_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.event_head
    ADD CONSTRAINT event_head_pkey PRIMARY KEY (writer);


--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (writer, seq);


--
-- Name: key_history key_history_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_history
    ADD CONSTRAINT key_history_pkey PRIMARY KEY (id);


--
-- Name: key_hold key_hold_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_hold
    ADD CONSTRAINT key_hold_pkey PRIMARY KEY (holder, tenant);


--
-- Name: key_material key_material_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_material
    ADD CONSTRAINT key_material_pkey PRIMARY KEY (tenant);


--
-- Name: key_refusal key_refusal_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_refusal
    ADD CONSTRAINT key_refusal_pkey PRIMARY KEY (tenant);


--
-- Name: migration migration_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (version);


--
-- Name: proxy proxy_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.proxy
    ADD CONSTRAINT proxy_pkey PRIMARY KEY (id);


--
-- Name: river_job river_job_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_job
    ADD CONSTRAINT river_job_pkey PRIMARY KEY (id);


--
-- Name: river_leader river_leader_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_leader
    ADD CONSTRAINT river_leader_pkey PRIMARY KEY (name);


--
-- Name: river_migration river_migration_pkey1; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_migration
    ADD CONSTRAINT river_migration_pkey1 PRIMARY KEY (line, version);


--
-- Name: river_notification river_notification_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_notification
    ADD CONSTRAINT river_notification_pkey PRIMARY KEY (id);


--
-- Name: river_queue river_queue_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.river_queue
    ADD CONSTRAINT river_queue_pkey PRIMARY KEY (name);


--
-- Name: store store_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.store
    ADD CONSTRAINT store_pkey PRIMARY KEY (singleton);


--
-- Name: tenant tenant_name_key; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.tenant
    ADD CONSTRAINT tenant_name_key UNIQUE (name);


--
-- Name: tenant tenant_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.tenant
    ADD CONSTRAINT tenant_pkey PRIMARY KEY (id);


--
-- Name: usage usage_pkey; Type: CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.usage
    ADD CONSTRAINT usage_pkey PRIMARY KEY (tenant, day, proxy);


--
-- Name: cases cases_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (id);


--
-- Name: notes notes_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (id);


--
-- Name: data_key_tenant; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX data_key_tenant ON pgseal.data_key USING btree (tenant);


--
-- Name: event_at; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX event_at ON pgseal.event USING btree (at);


--
-- Name: event_head_changed; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX event_head_changed ON pgseal.event_head USING btree (changed_at);


--
-- Name: event_tenant; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX event_tenant ON pgseal.event USING btree (tenant, at);


--
-- Name: key_history_number; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX key_history_number ON pgseal.key_history USING btree (key_number);


--
-- Name: key_history_tenant; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX key_history_tenant ON pgseal.key_history USING btree (tenant, "position");


--
-- Name: key_hold_tenant; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX key_hold_tenant ON pgseal.key_hold USING btree (tenant, until);


--
-- Name: river_job_args_index; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_job_args_index ON pgseal.river_job USING gin (args);


--
-- Name: river_job_kind; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_job_kind ON pgseal.river_job USING btree (kind);


--
-- Name: river_job_metadata_index; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_job_metadata_index ON pgseal.river_job USING gin (metadata);


--
-- Name: river_job_prioritized_fetching_index; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_job_prioritized_fetching_index ON pgseal.river_job USING btree (state, queue, priority, scheduled_at, id);


--
-- Name: river_job_state_and_finalized_at_index; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_job_state_and_finalized_at_index ON pgseal.river_job USING btree (state, finalized_at) WHERE (finalized_at IS NOT NULL);


--
-- Name: river_job_unique_idx; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE UNIQUE INDEX river_job_unique_idx ON pgseal.river_job USING btree (unique_key) WHERE ((unique_key IS NOT NULL) AND (unique_states IS NOT NULL) AND pgseal.river_job_state_in_bitmask(unique_states, state));


--
-- Name: river_notification_created_at_idx; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_notification_created_at_idx ON pgseal.river_notification USING btree (created_at);


--
-- Name: river_notification_topic_id_idx; Type: INDEX; Schema: pgseal; Owner: postgres
--

CREATE INDEX river_notification_topic_id_idx ON pgseal.river_notification USING btree (topic, id);


--
-- Name: cases_code_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX cases_code_idx ON public.cases USING btree (code);


--
-- Name: event refuse_change; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON pgseal.event FOR EACH ROW EXECUTE FUNCTION pgseal.refuse_event_change();

ALTER TABLE pgseal.event ENABLE ALWAYS TRIGGER refuse_change;


--
-- Name: key_history refuse_change; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON pgseal.key_history FOR EACH ROW EXECUTE FUNCTION pgseal.refuse_change();

ALTER TABLE pgseal.key_history ENABLE ALWAYS TRIGGER refuse_change;


--
-- Name: event_head refuse_delete; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_delete BEFORE DELETE ON pgseal.event_head FOR EACH ROW EXECUTE FUNCTION pgseal.refuse_change();

ALTER TABLE pgseal.event_head ENABLE ALWAYS TRIGGER refuse_delete;


--
-- Name: event_head refuse_return; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_return BEFORE UPDATE ON pgseal.event_head FOR EACH ROW EXECUTE FUNCTION pgseal.refuse_head_change();

ALTER TABLE pgseal.event_head ENABLE ALWAYS TRIGGER refuse_return;


--
-- Name: event refuse_truncate; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON pgseal.event FOR EACH STATEMENT EXECUTE FUNCTION pgseal.refuse_change();

ALTER TABLE pgseal.event ENABLE ALWAYS TRIGGER refuse_truncate;


--
-- Name: event_head refuse_truncate; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON pgseal.event_head FOR EACH STATEMENT EXECUTE FUNCTION pgseal.refuse_change();

ALTER TABLE pgseal.event_head ENABLE ALWAYS TRIGGER refuse_truncate;


--
-- Name: key_history refuse_truncate; Type: TRIGGER; Schema: pgseal; Owner: postgres
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON pgseal.key_history FOR EACH STATEMENT EXECUTE FUNCTION pgseal.refuse_change();

ALTER TABLE pgseal.key_history ENABLE ALWAYS TRIGGER refuse_truncate;


--
-- Name: cases   pgseal after insert big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert big 2a21fe6d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert big 2a21fe6d";


--
-- Name: notes   pgseal after insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert body 230d8358" AFTER INSERT ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after insert body 230d8358";


--
-- Name: cases   pgseal after insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert born 08229637" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert born 08229637";


--
-- Name: cases   pgseal after insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert code 5694d08a" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert code 5694d08a";


--
-- Name: cases   pgseal after insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert doc 139d544b" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert doc 139d544b";


--
-- Name: cases   pgseal after insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert fee b80cdaae" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert fee b80cdaae";


--
-- Name: cases   pgseal after insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ident e77c4b3f" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ident e77c4b3f";


--
-- Name: cases   pgseal after insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert instant 618dc583" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert instant 618dc583";


--
-- Name: cases   pgseal after insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert moment 72110207" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert moment 72110207";


--
-- Name: cases   pgseal after insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert note edb46562" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert note edb46562";


--
-- Name: cases   pgseal after insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert nothing 1785cfc3" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert nothing 1785cfc3";


--
-- Name: cases   pgseal after insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ratio 2f04a79e" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ratio 2f04a79e";


--
-- Name: cases   pgseal after insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert raw d7439bee" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert raw d7439bee";


--
-- Name: cases   pgseal after insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert tags 978c2f89" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert tags 978c2f89";


--
-- Name: cases   pgseal after insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert void 445be54d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert void 445be54d";


--
-- Name: cases   pgseal after insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert whole 5d5766cf" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert whole 5d5766cf";


--
-- Name: cases   pgseal after insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert yes 8a798890" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert yes 8a798890";


--
-- Name: cases   pgseal after update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update big 2a21fe6d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update big 2a21fe6d";


--
-- Name: notes   pgseal after update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update body 230d8358" AFTER UPDATE ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after update body 230d8358";


--
-- Name: cases   pgseal after update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update born 08229637" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update born 08229637";


--
-- Name: cases   pgseal after update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update code 5694d08a" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update code 5694d08a";


--
-- Name: cases   pgseal after update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update doc 139d544b" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update doc 139d544b";


--
-- Name: cases   pgseal after update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update fee b80cdaae" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update fee b80cdaae";


--
-- Name: cases   pgseal after update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ident e77c4b3f" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ident e77c4b3f";


--
-- Name: cases   pgseal after update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update instant 618dc583" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update instant 618dc583";


--
-- Name: cases   pgseal after update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update moment 72110207" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update moment 72110207";


--
-- Name: cases   pgseal after update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update note edb46562" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update note edb46562";


--
-- Name: cases   pgseal after update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update nothing 1785cfc3" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update nothing 1785cfc3";


--
-- Name: cases   pgseal after update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ratio 2f04a79e" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ratio 2f04a79e";


--
-- Name: cases   pgseal after update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update raw d7439bee" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update raw d7439bee";


--
-- Name: cases   pgseal after update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update tags 978c2f89" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update tags 978c2f89";


--
-- Name: cases   pgseal after update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update void 445be54d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update void 445be54d";


--
-- Name: cases   pgseal after update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update whole 5d5766cf" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update whole 5d5766cf";


--
-- Name: cases   pgseal after update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update yes 8a798890" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update yes 8a798890";


--
-- Name: cases   pgseal before insert big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert big 2a21fe6d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert big 2a21fe6d";


--
-- Name: notes   pgseal before insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert body 230d8358" BEFORE INSERT ON public.notes FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before insert body 230d8358";


--
-- Name: cases   pgseal before insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert born 08229637" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert born 08229637";


--
-- Name: cases   pgseal before insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert code 5694d08a" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert code 5694d08a";


--
-- Name: cases   pgseal before insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert doc 139d544b" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert doc 139d544b";


--
-- Name: cases   pgseal before insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert fee b80cdaae" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert fee b80cdaae";


--
-- Name: cases   pgseal before insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ident e77c4b3f" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ident e77c4b3f";


--
-- Name: cases   pgseal before insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert instant 618dc583" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert instant 618dc583";


--
-- Name: cases   pgseal before insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert moment 72110207" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert moment 72110207";


--
-- Name: cases   pgseal before insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert note edb46562" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert note edb46562";


--
-- Name: cases   pgseal before insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert nothing 1785cfc3" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert nothing 1785cfc3";


--
-- Name: cases   pgseal before insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ratio 2f04a79e" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ratio 2f04a79e";


--
-- Name: cases   pgseal before insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert raw d7439bee" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert raw d7439bee";


--
-- Name: cases   pgseal before insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert tags 978c2f89" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert tags 978c2f89";


--
-- Name: cases   pgseal before insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert void 445be54d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert void 445be54d";


--
-- Name: cases   pgseal before insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert whole 5d5766cf" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert whole 5d5766cf";


--
-- Name: cases   pgseal before insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert yes 8a798890" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert yes 8a798890";


--
-- Name: cases   pgseal before update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update big 2a21fe6d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update big 2a21fe6d";


--
-- Name: notes   pgseal before update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update body 230d8358" BEFORE UPDATE ON public.notes FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before update body 230d8358";


--
-- Name: cases   pgseal before update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update born 08229637" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update born 08229637";


--
-- Name: cases   pgseal before update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update code 5694d08a" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update code 5694d08a";


--
-- Name: cases   pgseal before update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update doc 139d544b" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update doc 139d544b";


--
-- Name: cases   pgseal before update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update fee b80cdaae" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update fee b80cdaae";


--
-- Name: cases   pgseal before update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ident e77c4b3f" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ident e77c4b3f";


--
-- Name: cases   pgseal before update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update instant 618dc583" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update instant 618dc583";


--
-- Name: cases   pgseal before update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update moment 72110207" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update moment 72110207";


--
-- Name: cases   pgseal before update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update note edb46562" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update note edb46562";


--
-- Name: cases   pgseal before update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update nothing 1785cfc3" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update nothing 1785cfc3";


--
-- Name: cases   pgseal before update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ratio 2f04a79e" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ratio 2f04a79e";


--
-- Name: cases   pgseal before update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update raw d7439bee" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update raw d7439bee";


--
-- Name: cases   pgseal before update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update tags 978c2f89" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update tags 978c2f89";


--
-- Name: cases   pgseal before update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update void 445be54d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AfPN'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_AvPN'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update void 445be54d";


--
-- Name: cases   pgseal before update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update whole 5d5766cf" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update whole 5d5766cf";


--
-- Name: cases   pgseal before update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update yes 8a798890" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x01f3cd'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02f3cd'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update yes 8a798890";


--
-- Name: bulk bulk_column_state_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.bulk
    ADD CONSTRAINT bulk_column_state_fkey FOREIGN KEY (column_state) REFERENCES pgseal.column_state(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: column_pin column_pin_key_number_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.column_pin
    ADD CONSTRAINT column_pin_key_number_fkey FOREIGN KEY (key_number) REFERENCES pgseal.data_key(key_number) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: column_pin column_pin_tenant_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.column_pin
    ADD CONSTRAINT column_pin_tenant_fkey FOREIGN KEY (tenant) REFERENCES pgseal.tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: data_key data_key_tenant_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.data_key
    ADD CONSTRAINT data_key_tenant_fkey FOREIGN KEY (tenant) REFERENCES pgseal.tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: data_key data_key_wrapped_by_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.data_key
    ADD CONSTRAINT data_key_wrapped_by_fkey FOREIGN KEY (wrapped_by) REFERENCES pgseal.data_key(key_number) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: key_hold key_hold_tenant_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_hold
    ADD CONSTRAINT key_hold_tenant_fkey FOREIGN KEY (tenant) REFERENCES pgseal.tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: key_material key_material_tenant_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_material
    ADD CONSTRAINT key_material_tenant_fkey FOREIGN KEY (tenant) REFERENCES pgseal.tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: key_refusal key_refusal_tenant_fkey; Type: FK CONSTRAINT; Schema: pgseal; Owner: postgres
--

ALTER TABLE ONLY pgseal.key_refusal
    ADD CONSTRAINT key_refusal_tenant_fkey FOREIGN KEY (tenant) REFERENCES pgseal.tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: SCHEMA pgseal; Type: ACL; Schema: -; Owner: postgres
--

GRANT USAGE ON SCHEMA pgseal TO PUBLIC;


--
-- Name: TABLE tenant_state; Type: ACL; Schema: pgseal; Owner: postgres
--

GRANT SELECT ON TABLE pgseal.tenant_state TO PUBLIC;


--
-- Name: TABLE cases; Type: ACL; Schema: public; Owner: postgres
--

GRANT ALL ON TABLE public.cases TO acme;
GRANT ALL ON TABLE public.cases TO globex;


--
-- Name: TABLE notes; Type: ACL; Schema: public; Owner: postgres
--

GRANT ALL ON TABLE public.notes TO acme;
GRANT ALL ON TABLE public.notes TO globex;


--
-- PostgreSQL database dump complete
--

\unrestrict g7rcB7gpb86XYgBZV1W5XhfXJsyIMYRJBSca5lZUZzx0VzQCJAjmLv8Kbybf0Oo

