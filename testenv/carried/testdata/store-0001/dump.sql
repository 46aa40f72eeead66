--
-- PostgreSQL database dump
--

\restrict Vxt2ljtIdmkiuZazgmUEfuiPebq17balJFm1H7L9fc1Tt6sZ9e1jTQLKZGjpVyw

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

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
    CONSTRAINT pgseal_sealed_big_2a21fe6d CHECK ((((substr(big, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(big) >= 47)) OR ((substr(big, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(big) >= 35)))),
    CONSTRAINT pgseal_sealed_born_08229637 CHECK ((((substr(born, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(born) >= 47)) OR ((substr(born, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(born) >= 35)))),
    CONSTRAINT pgseal_sealed_code_5694d08a CHECK (((((substr(code, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(code) >= 68)) OR (((substr(code, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(code) >= 52)))),
    CONSTRAINT pgseal_sealed_doc_139d544b CHECK ((((substr(doc, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(doc) >= 47)) OR ((substr(doc, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(doc) >= 35)))),
    CONSTRAINT pgseal_sealed_fee_b80cdaae CHECK ((((substr(fee, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(fee) >= 47)) OR ((substr(fee, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(fee) >= 35)))),
    CONSTRAINT pgseal_sealed_ident_e77c4b3f CHECK ((((substr(ident, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(ident) >= 47)) OR ((substr(ident, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(ident) >= 35)))),
    CONSTRAINT pgseal_sealed_instant_618dc583 CHECK ((((substr(instant, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(instant) >= 47)) OR ((substr(instant, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(instant) >= 35)))),
    CONSTRAINT pgseal_sealed_moment_72110207 CHECK ((((substr(moment, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(moment) >= 47)) OR ((substr(moment, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(moment) >= 35)))),
    CONSTRAINT pgseal_sealed_note_edb46562 CHECK (((((substr(note, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(note) >= 68)) OR (((substr(note, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(note) >= 52)))),
    CONSTRAINT pgseal_sealed_nothing_1785cfc3 CHECK (((((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(nothing) >= 68)) OR (((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(nothing) >= 52)))),
    CONSTRAINT pgseal_sealed_ratio_2f04a79e CHECK ((((substr(ratio, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(ratio) >= 47)) OR ((substr(ratio, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(ratio) >= 35)))),
    CONSTRAINT pgseal_sealed_raw_d7439bee CHECK ((((substr(raw, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(raw) >= 47)) OR ((substr(raw, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(raw) >= 35)))),
    CONSTRAINT pgseal_sealed_tags_978c2f89 CHECK ((((substr(tags, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(tags) >= 47)) OR ((substr(tags, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(tags) >= 35)))),
    CONSTRAINT pgseal_sealed_void_445be54d CHECK (((((substr(void, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(void) >= 68)) OR (((substr(void, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(void) >= 52)))),
    CONSTRAINT pgseal_sealed_whole_5d5766cf CHECK ((((substr(whole, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(whole) >= 47)) OR ((substr(whole, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(whole) >= 35)))),
    CONSTRAINT pgseal_sealed_yes_8a798890 CHECK ((((substr(yes, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(yes) >= 47)) OR ((substr(yes, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(yes) >= 35))))
);


ALTER TABLE public.cases OWNER TO postgres;

--
-- Name: notes; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.notes (
    id bigint NOT NULL,
    firm text NOT NULL,
    body text,
    CONSTRAINT pgseal_sealed_body_230d8358 CHECK (((((substr(body, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(body) >= 68)) OR (((substr(body, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(body) >= 52))))
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
-- Data for Name: bulk; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.bulk (column_state, status, code, reason, kind, phase, pass, relation, "position", triggers, settings, actor, total, seen, written, skipped, verified, count, count_after, sum, sum_after, started_at, changed_at, finished_at, version, mac) FROM stdin;
49e1d93d-f1e3-4453-a408-ab561365d293	done			encrypt	verifying	1	16396	{}	none		root@vm	0	40	40	0	40	40	40	\\x6017c13082dca45863282e2a565cad3fb22244ae9647d38265da861f5bb24efc	\\x6017c13082dca45863282e2a565cad3fb22244ae9647d38265da861f5bb24efc	2026-11-26 21:04:36.66763+00	2026-11-26 21:04:37.102727+00	2026-11-26 21:04:37.100662+00	5	\\x119d694ce5cc8bd460d165788f2938136876ce4a428996e6e0a14df738927ce4
\.


--
-- Data for Name: column_pin; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_pin (tenant, column_id, key_number, created_at, version, mac) FROM stdin;
bbf19fb8-9404-4526-99d6-4217d0ae281b	\\x0000000670677365616c0000000373756d000000203439653164393364663165333434353361343038616235363133363564323933	2430401392	2026-11-26 21:04:36.864838+00	1	\\x200a0da89ec4e3ed5002eca6adc1d7a51bb8abd34f2ad81d5bc6362665cdd4d0
53cfd58b-269e-4bbc-8d2b-55a2207cff1e	\\x0000000670677365616c0000000373756d000000203439653164393364663165333434353361343038616235363133363564323933	2005049279	2026-11-26 21:04:36.868731+00	1	\\x46b5489a53650ca5781f4d9a5c96fd0df95532e284454654a5f8185fedd94793
53cfd58b-269e-4bbc-8d2b-55a2207cff1e	\\x000000067075626c696300000005636173657300000004636f6465	2005049279	2026-11-26 21:04:39.470933+00	1	\\x2b5f4ef800ad223121d489cb96e5c51c228136a289a15422e871ce6f626415e4
53cfd58b-269e-4bbc-8d2b-55a2207cff1e	\\x000000067075626c696300000005636173657300000003626967	2005049279	2026-11-26 21:04:39.471727+00	1	\\x58058da15f7fcd80cc0c364ebb1454892da2fd6d3b8fcfb93834c5eb72c86515
53cfd58b-269e-4bbc-8d2b-55a2207cff1e	\\x000000067075626c696300000005636173657300000003666565	2005049279	2026-11-26 21:04:39.472056+00	1	\\xa1b8af82743323edf7c43f4225f9874450a493584951d91bf1a062c8e985cc8a
53cfd58b-269e-4bbc-8d2b-55a2207cff1e	\\x000000067075626c696300000005636173657300000003796573	2005049279	2026-11-26 21:04:39.472352+00	1	\\x7111accdce713a405c1f8853d971a93c832247fb50dacbdbc648df71533b8ef8
53cfd58b-269e-4bbc-8d2b-55a2207cff1e	\\x000000067075626c696300000005636173657300000004626f726e	2005049279	2026-11-26 21:04:39.472693+00	1	\\xba5c1b4de647f5fb530126c2642314c5ad4447703654dabb2af33746ffd87318
53cfd58b-269e-4bbc-8d2b-55a2207cff1e	\\x000000067075626c696300000005636173657300000007696e7374616e74	2005049279	2026-11-26 21:04:39.473056+00	1	\\x88f27421b4d873c36683336b911d8a36deede7d616cc1972f80fa7a5e8740dec
53cfd58b-269e-4bbc-8d2b-55a2207cff1e	\\x000000067075626c6963000000056361736573000000056964656e74	2005049279	2026-11-26 21:04:39.473432+00	1	\\xcb540a8e1fab999fed2dc5479165ef392ea691eecfe1f552f6d2543132e09a40
53cfd58b-269e-4bbc-8d2b-55a2207cff1e	\\x000000067075626c696300000005636173657300000003726177	2005049279	2026-11-26 21:04:39.473684+00	1	\\x4dc32a555be4de4a294748f7cadeda2fe8663bd4fd086f246d1c447bc4e5ba73
bbf19fb8-9404-4526-99d6-4217d0ae281b	\\x000000067075626c696300000005636173657300000004636f6465	2430401392	2026-11-26 21:04:39.515435+00	1	\\x3c69502d902e8cdd940aa44c22ca9b754f3aaf7881978df021e6b2f2864a072d
bbf19fb8-9404-4526-99d6-4217d0ae281b	\\x000000067075626c696300000005636173657300000003626967	2430401392	2026-11-26 21:04:39.515771+00	1	\\xb5f6f6e3f355f6ff9574fdd1be4ee4552bda790569016b9fc3c923d0a05c4466
bbf19fb8-9404-4526-99d6-4217d0ae281b	\\x000000067075626c696300000005636173657300000003666565	2430401392	2026-11-26 21:04:39.51603+00	1	\\x38fdaf8ef63c527f0ac8c1a288ec466b660ecc4de826e8ff66353da44687c9d6
bbf19fb8-9404-4526-99d6-4217d0ae281b	\\x000000067075626c696300000005636173657300000003796573	2430401392	2026-11-26 21:04:39.516947+00	1	\\x5743d872b7dffeece1ebd30cbfcf77bce080bdcfe179ee6288c643daeec3bb23
bbf19fb8-9404-4526-99d6-4217d0ae281b	\\x000000067075626c696300000005636173657300000004626f726e	2430401392	2026-11-26 21:04:39.517165+00	1	\\x21a8b8f2a9cd77de37539de2a8ed01e0a22f0a71e8607ce2a894a7f8f766980d
bbf19fb8-9404-4526-99d6-4217d0ae281b	\\x000000067075626c696300000005636173657300000007696e7374616e74	2430401392	2026-11-26 21:04:39.517389+00	1	\\xf8cd6d479ca4db4930def7425e9415914cc99186df3fc5e794ebde3e30560acf
bbf19fb8-9404-4526-99d6-4217d0ae281b	\\x000000067075626c6963000000056361736573000000056964656e74	2430401392	2026-11-26 21:04:39.517929+00	1	\\xfc16ffcd33dfd6d7b1972ef85b646531e46cc4a91deea0df3b3a1cdc67979495
bbf19fb8-9404-4526-99d6-4217d0ae281b	\\x000000067075626c696300000005636173657300000003726177	2430401392	2026-11-26 21:04:39.518164+00	1	\\xf537465d76a03a53173cc48c2d07f0c6b1ce59bfe9eaa59be6a5a8fb4556369d
\.


--
-- Data for Name: column_state; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_state (id, schema_name, table_name, column_name, origin, relation, attnum, column_id, family, type_oid, typmod, mode, domain, "normalize", unicode, pad, state, wanted, next_mode, before, scrubbed_at, retired, changed_at, version, mac) FROM stdin;
22be3e93-ad6f-4333-a35d-b8ae30fcbf55	public	cases	nothing	7712589022721188310/16386	16387	5	\\x000000067075626c6963000000056361736573000000076e6f7468696e67	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:34.917694+00	4	\\x74ab1b37adc5ea58b6ccb795bc602382e672ceb2e79f24265056286ccba43010
f10f15bb-d262-4b21-a898-5c856c67bea2	public	cases	ratio	7712589022721188310/16386	16387	10	\\x000000067075626c696300000005636173657300000005726174696f	float8	701	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:35.21811+00	4	\\x8a9537eff91b7b2862337ff79864a030492168ac1d9c3ad30c39581453c8ea82
75ac77e3-db6d-4b56-804e-b5065c0928d8	public	cases	raw	7712589022721188310/16386	16387	16	\\x000000067075626c696300000005636173657300000003726177	bytea	17	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:35.303178+00	4	\\x602d26fe6e63b5d1523888daf270c2957a98cb5a039c43abb3604778c83e38e4
3da4a223-eaa9-4d44-bf97-8feb697907b9	public	cases	tags	7712589022721188310/16386	16387	18	\\x000000067075626c69630000000563617365730000000474616773	text[]	1009	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:35.471126+00	4	\\x54265e909b1baa9bb87ca13f49de0dab3342c2077a72c7b7c0af39af2cb3a288
9d8f04fc-9b0d-40c4-8500-45fb090a5b64	public	cases	void	7712589022721188310/16386	16387	4	\\x000000067075626c696300000005636173657300000004766f6964	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:35.605833+00	4	\\xb999d8130f0779fcd26d38376be8bdb4a5daab5c3e9d683e0b43413e6069fe21
5978ead0-2061-4f9e-a5e2-ff393c2dc0f7	public	cases	whole	7712589022721188310/16386	16387	7	\\x000000067075626c69630000000563617365730000000577686f6c65	integer	23	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:35.736895+00	4	\\x73595266a346f566bba9ca1b121a7cba4564f330f3283cafe7dc9b2d93bcd338
6aa9a748-42c9-4dbc-b706-d79039a352af	public	cases	yes	7712589022721188310/16386	16387	11	\\x000000067075626c696300000005636173657300000003796573	boolean	16	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:35.842551+00	4	\\x5825095187fd8eff189debb20270d5fa4b842cd427afdb18ff0326eb5c952932
49e1d93d-f1e3-4453-a408-ab561365d293	public	notes	body	7712589022721188310/16386	16395	3	\\x000000067075626c6963000000056e6f74657300000004626f6479	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:36.945044+00	4	\\x952bda08b355e4512f653030c51fb81fb616895e23230dba2eaffa567cf53ba8
4a6e546c-2f43-4895-bd2c-11630b9d3b7c	public	cases	big	7712589022721188310/16386	16387	8	\\x000000067075626c696300000005636173657300000003626967	integer	20	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:33.170571+00	4	\\x57f32c5cc8c1b048464144050077410258fe6158b12db1106db46586b3038c32
31c12f28-2ff5-468f-af37-13c7777b3b7e	public	cases	born	7712589022721188310/16386	16387	12	\\x000000067075626c696300000005636173657300000004626f726e	date	1082	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:33.315486+00	4	\\xe90f7e441037b6427f20da8caa9d9291dafcbc4c8bf409ada89b89b5e54290a1
0d5d8b31-ba84-4871-b5bc-a75efb95163c	public	cases	code	7712589022721188310/16386	16387	6	\\x000000067075626c696300000005636173657300000004636f6465	text	1043	34	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:33.47798+00	4	\\xa839836cc037a98400e0bccb4b0c6afe34c1f36719bf4c00b4c0b55ad5a4c80a
dc1c8cf4-823b-4eaf-9805-01b53fcd0afd	public	cases	doc	7712589022721188310/16386	16387	17	\\x000000067075626c696300000005636173657300000003646f63	jsonb	3802	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:33.890032+00	4	\\x1dbb725e93440554a925ccc7aa44b9149c447ea89bce73bad815ec5c3632c300
e39da7b8-cf54-4ae7-a604-32c8cdd450c0	public	cases	fee	7712589022721188310/16386	16387	9	\\x000000067075626c696300000005636173657300000003666565	numeric	1700	524294	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:34.084567+00	4	\\xa44de2dbc2df23ecb4eee32cd2edd21fc2042ccaedd3132c2bd1d1abfa878c26
3f7e66e3-893c-47b6-930e-dda0c8ec4249	public	cases	ident	7712589022721188310/16386	16387	15	\\x000000067075626c6963000000056361736573000000056964656e74	uuid	2950	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:34.282877+00	4	\\x7c66d94d86c078f459b4ae5719b6b74f83540ec8f496db3947772be83d352e76
088ced0b-9aa2-45a4-bc71-5952707f824e	public	cases	instant	7712589022721188310/16386	16387	14	\\x000000067075626c696300000005636173657300000007696e7374616e74	timestamptz	1184	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:34.501448+00	4	\\xf04524b3675eba208c57bf6904552a20eba574360ad700b290cd57a9b746fd95
19171518-27cd-479c-b5bc-2a9ae6077f24	public	cases	moment	7712589022721188310/16386	16387	13	\\x000000067075626c6963000000056361736573000000066d6f6d656e74	timestamp	1114	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:34.609521+00	4	\\x31d4919c36c46ae2127fa757ff342bf45f05fe07df3087081008ac08f82fa1a4
209fc68b-66f0-4698-a8f0-e765f68500eb	public	cases	note	7712589022721188310/16386	16387	3	\\x000000067075626c6963000000056361736573000000046e6f7465	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:04:34.75494+00	4	\\xcf1d4fdd1770924fbf5ec9d9d3a0b9044351a24fe76ee7b7a8c3712a5e27f043
\.


--
-- Data for Name: data_key; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.data_key (key_number, tenant, wrapped_by, wrapped, key_arn, material_id, created_at, version, mac) FROM stdin;
2430401392	bbf19fb8-9404-4526-99d6-4217d0ae281b	\N	\\x017c30f2ca44e3e301b794ee7a2eecfb4c011b2b262d20493d8002ff1bfea96787ce9f4bbd39967cf798f249214f5c34cf1d467e9c6b9b57fd933656fa	local:master.key	ed2692a9b1c54ccb	2026-11-26 21:04:36.231791+00	1	\\x2bfdc8903415142f4d80bde509bcf2272d6cd394060ce468e82e56519ce0cca2
2005049279	53cfd58b-269e-4bbc-8d2b-55a2207cff1e	2709380726	\\x01e76d14182d4bec67cbd84eeefd2434cedf33b057260b4a68d6f7d180bccda3de9f176d344bf09344aa46e753bf5931f37eb278eeca6022d6f0143201	local:master.key		2026-11-26 21:04:36.152343+00	2	\\x0cf2f09f84387af38786caff6c304f0e582d4ac47333e0263862cc524109e6f0
2709380726	53cfd58b-269e-4bbc-8d2b-55a2207cff1e	\N	\\x011689eccd7abe38a56b1c4c0843319464d36b9f5c992b6aad1ab6e921222f5f977145d5dd1d1f016cae17f26fbd05d549c69bb9b6bfb7aa1ce8916f14	local:master.key	ed2692a9b1c54ccb	2026-11-26 21:04:39.952554+00	1	\\x0c8a167b923cbf366aa701cb6f1b91d1194e4b5400e628a6d0a961f80398be8a
\.


--
-- Data for Name: event; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event (writer, seq, epoch, at, tenant, kind, actor, detail, key_arn, requests, witness, previous, mac) FROM stdin;
2a170232-10ff-445d-95d0-c300a73d2c08	1	1	2026-11-26 21:04:30.468925+00	\N	policy in force	pgseal	f3ee24459d6f		{}	\\x	\\x	\\xa19af7648fedfc2b03f2100f48a024fd6557c5403f4d161d64fa2557a7852f6a
2a170232-10ff-445d-95d0-c300a73d2c08	2	1	2026-11-26 21:04:30.584881+00	\N	column readable	pgseal	public.cases.big		{}	\\x	\\xa19af7648fedfc2b03f2100f48a024fd6557c5403f4d161d64fa2557a7852f6a	\\x4b555044ed3da7abe8af88f97112caefd8364cabe7d1de847e2e9f5598d97fd8
2a170232-10ff-445d-95d0-c300a73d2c08	3	1	2026-11-26 21:04:30.62627+00	\N	column sealing	pgseal	public.cases.big		{}	\\x	\\x4b555044ed3da7abe8af88f97112caefd8364cabe7d1de847e2e9f5598d97fd8	\\x86f6b420fcac2bcedc9161cf999b263407dc53461ffa9b8326bcc6b6ac4dc09b
2a170232-10ff-445d-95d0-c300a73d2c08	4	1	2026-11-26 21:04:30.733593+00	\N	guard function made	pgseal			{}	\\x	\\x86f6b420fcac2bcedc9161cf999b263407dc53461ffa9b8326bcc6b6ac4dc09b	\\x653340c3837f21eb9849dfe7951ef130175dc9a23d78f087375a5c5c848a90d6
2a170232-10ff-445d-95d0-c300a73d2c08	5	1	2026-11-26 21:04:30.735079+00	\N	guard installed	pgseal	public.cases.big		{}	\\x	\\x653340c3837f21eb9849dfe7951ef130175dc9a23d78f087375a5c5c848a90d6	\\xab6106fe11463fed60abc164987b253701eb742f978e8fbcd45843540a7bc568
2a170232-10ff-445d-95d0-c300a73d2c08	6	1	2026-11-26 21:04:30.758312+00	\N	column readable	pgseal	public.cases.born		{}	\\x	\\xab6106fe11463fed60abc164987b253701eb742f978e8fbcd45843540a7bc568	\\x3c27fb62aa4c36a4ed2ffed2e3bf6cee841aacbebdd1087af315f9bcc026b7b0
2a170232-10ff-445d-95d0-c300a73d2c08	7	1	2026-11-26 21:04:31.238188+00	\N	column sealing	pgseal	public.cases.born		{}	\\x	\\x3c27fb62aa4c36a4ed2ffed2e3bf6cee841aacbebdd1087af315f9bcc026b7b0	\\x8a70902dc2bd745158b9f9a07018dc5957da24acdc335c201ebea83476819a7c
2a170232-10ff-445d-95d0-c300a73d2c08	8	1	2026-11-26 21:04:31.277275+00	\N	guard installed	pgseal	public.cases.born		{}	\\x	\\x8a70902dc2bd745158b9f9a07018dc5957da24acdc335c201ebea83476819a7c	\\xa3c5b8b19a0210c0b0a658400fc4fb804f9165b9f81f953e9ac0c6861b213ef9
2a170232-10ff-445d-95d0-c300a73d2c08	9	1	2026-11-26 21:04:31.337449+00	\N	column readable	pgseal	public.cases.code		{}	\\x	\\xa3c5b8b19a0210c0b0a658400fc4fb804f9165b9f81f953e9ac0c6861b213ef9	\\x42ed632e03c8da4006ccc221fe1ca7cea091a868ad96fc0fd490cb7d1d294530
2a170232-10ff-445d-95d0-c300a73d2c08	10	1	2026-11-26 21:04:31.343879+00	\N	column sealing	pgseal	public.cases.code		{}	\\x	\\x42ed632e03c8da4006ccc221fe1ca7cea091a868ad96fc0fd490cb7d1d294530	\\x827172e3f0ec705b0ceac1aa585425c28b23b44070a178563b0036f9cfc9c665
2a170232-10ff-445d-95d0-c300a73d2c08	11	1	2026-11-26 21:04:31.358027+00	\N	guard installed	pgseal	public.cases.code		{}	\\x	\\x827172e3f0ec705b0ceac1aa585425c28b23b44070a178563b0036f9cfc9c665	\\xab08132e613060e758fa13291c012524656edf65f617ce2e02539036abf7ce78
2a170232-10ff-445d-95d0-c300a73d2c08	12	1	2026-11-26 21:04:31.404974+00	\N	column readable	pgseal	public.cases.doc		{}	\\x	\\xab08132e613060e758fa13291c012524656edf65f617ce2e02539036abf7ce78	\\xe328a44e1325adc683a313ec79151774c8fb925a04b3bb3ee2effd60c5abf48a
2a170232-10ff-445d-95d0-c300a73d2c08	13	1	2026-11-26 21:04:31.444838+00	\N	column sealing	pgseal	public.cases.doc		{}	\\x	\\xe328a44e1325adc683a313ec79151774c8fb925a04b3bb3ee2effd60c5abf48a	\\xffe50088dbb809c962fdc4ec6d40453d26e45c0b94dc22c61db8db9f1201c6be
2a170232-10ff-445d-95d0-c300a73d2c08	14	1	2026-11-26 21:04:31.474771+00	\N	guard installed	pgseal	public.cases.doc		{}	\\x	\\xffe50088dbb809c962fdc4ec6d40453d26e45c0b94dc22c61db8db9f1201c6be	\\x009974ae4d2a711bf32cbb60bbca36839945b2a37c5b50d38d3171c5556007e5
2a170232-10ff-445d-95d0-c300a73d2c08	15	1	2026-11-26 21:04:31.543128+00	\N	column readable	pgseal	public.cases.fee		{}	\\x	\\x009974ae4d2a711bf32cbb60bbca36839945b2a37c5b50d38d3171c5556007e5	\\xbeab2fe0db3629de49bc2597424a79be646bbb591b1af24e5b4ba55816ec462e
2a170232-10ff-445d-95d0-c300a73d2c08	16	1	2026-11-26 21:04:31.588352+00	\N	column sealing	pgseal	public.cases.fee		{}	\\x	\\xbeab2fe0db3629de49bc2597424a79be646bbb591b1af24e5b4ba55816ec462e	\\x22d93765f40ec1cac54a770b7e7b558b11657548bfe3c5fc70ed183a2e4e388f
2a170232-10ff-445d-95d0-c300a73d2c08	17	1	2026-11-26 21:04:31.627061+00	\N	guard installed	pgseal	public.cases.fee		{}	\\x	\\x22d93765f40ec1cac54a770b7e7b558b11657548bfe3c5fc70ed183a2e4e388f	\\xd688a9d4a2bc842cbe51aa9a0a26e523b586d1543a5e43b9f55fd397e2c4f581
2a170232-10ff-445d-95d0-c300a73d2c08	18	1	2026-11-26 21:04:31.671517+00	\N	column readable	pgseal	public.cases.ident		{}	\\x	\\xd688a9d4a2bc842cbe51aa9a0a26e523b586d1543a5e43b9f55fd397e2c4f581	\\xc926ff94aa30477b74a5193c4034b93a60d175c54883cb5c3856b165e43ad817
2a170232-10ff-445d-95d0-c300a73d2c08	19	1	2026-11-26 21:04:31.692343+00	\N	column sealing	pgseal	public.cases.ident		{}	\\x	\\xc926ff94aa30477b74a5193c4034b93a60d175c54883cb5c3856b165e43ad817	\\x7943b99ad88a5de095ab03872e27a40c261d7c5575aa51d2a3ff261d465d760d
2a170232-10ff-445d-95d0-c300a73d2c08	20	1	2026-11-26 21:04:31.717848+00	\N	guard installed	pgseal	public.cases.ident		{}	\\x	\\x7943b99ad88a5de095ab03872e27a40c261d7c5575aa51d2a3ff261d465d760d	\\xabd0694d029639bd148ac8c732f77e883130f671d8b12ac44be5e41de6715ad0
2a170232-10ff-445d-95d0-c300a73d2c08	21	1	2026-11-26 21:04:31.750805+00	\N	column readable	pgseal	public.cases.instant		{}	\\x	\\xabd0694d029639bd148ac8c732f77e883130f671d8b12ac44be5e41de6715ad0	\\x2e0d2d7114926c703a7a1118cdffba8375fe17d83dd35f899b333966b2660c92
2a170232-10ff-445d-95d0-c300a73d2c08	22	1	2026-11-26 21:04:31.805561+00	\N	column sealing	pgseal	public.cases.instant		{}	\\x	\\x2e0d2d7114926c703a7a1118cdffba8375fe17d83dd35f899b333966b2660c92	\\x9a4e04d48a54e749462dc6aebcde64aecb7a2d4113f56b46a361ee528e2ad66a
2a170232-10ff-445d-95d0-c300a73d2c08	23	1	2026-11-26 21:04:31.847986+00	\N	guard installed	pgseal	public.cases.instant		{}	\\x	\\x9a4e04d48a54e749462dc6aebcde64aecb7a2d4113f56b46a361ee528e2ad66a	\\x6c4f7ead0907792fb29ec7fd80f140bac5437ada04db38640333583e8a5f6fca
2a170232-10ff-445d-95d0-c300a73d2c08	24	1	2026-11-26 21:04:32.104113+00	\N	column readable	pgseal	public.cases.moment		{}	\\x	\\x6c4f7ead0907792fb29ec7fd80f140bac5437ada04db38640333583e8a5f6fca	\\xea3337869238f4be3c7eb273456cc26e175c16080725731fb5b954f292a6d642
2a170232-10ff-445d-95d0-c300a73d2c08	25	1	2026-11-26 21:04:32.134402+00	\N	column sealing	pgseal	public.cases.moment		{}	\\x	\\xea3337869238f4be3c7eb273456cc26e175c16080725731fb5b954f292a6d642	\\x8ef385e40b4729131a52d502fd61438d52f0c939a899d79d64ec8b7b962c23a1
2a170232-10ff-445d-95d0-c300a73d2c08	26	1	2026-11-26 21:04:32.212681+00	\N	guard installed	pgseal	public.cases.moment		{}	\\x	\\x8ef385e40b4729131a52d502fd61438d52f0c939a899d79d64ec8b7b962c23a1	\\x5f8a7625aac62a41ff8ed7a71048d9b666603e4941bf33aa3161c71f21a10cf6
2a170232-10ff-445d-95d0-c300a73d2c08	27	1	2026-11-26 21:04:32.222234+00	\N	column readable	pgseal	public.cases.note		{}	\\x	\\x5f8a7625aac62a41ff8ed7a71048d9b666603e4941bf33aa3161c71f21a10cf6	\\xda9d0e934a39291e51a339e0cc8046d9930d68bb1942ef4dd71a1a4f8d68aac5
2a170232-10ff-445d-95d0-c300a73d2c08	28	1	2026-11-26 21:04:32.231644+00	\N	column sealing	pgseal	public.cases.note		{}	\\x	\\xda9d0e934a39291e51a339e0cc8046d9930d68bb1942ef4dd71a1a4f8d68aac5	\\xc4d6d6ab166f15ab06f5fd96d98619a7ead8c420800f3a715aaf73ee6677e140
2a170232-10ff-445d-95d0-c300a73d2c08	29	1	2026-11-26 21:04:32.232219+00	\N	guard installed	pgseal	public.cases.note		{}	\\x	\\xc4d6d6ab166f15ab06f5fd96d98619a7ead8c420800f3a715aaf73ee6677e140	\\x04deb04a138ec2a2adbc0fc9194915dcbc134bdbf79c13a590cd8c7c8bdb6310
2a170232-10ff-445d-95d0-c300a73d2c08	30	1	2026-11-26 21:04:32.241987+00	\N	column readable	pgseal	public.cases.nothing		{}	\\x	\\x04deb04a138ec2a2adbc0fc9194915dcbc134bdbf79c13a590cd8c7c8bdb6310	\\x61f7658c8c901210407c48e8fb86fd1093548f41a52c6e33d76885d12f3770a9
2a170232-10ff-445d-95d0-c300a73d2c08	31	1	2026-11-26 21:04:32.245543+00	\N	column sealing	pgseal	public.cases.nothing		{}	\\x	\\x61f7658c8c901210407c48e8fb86fd1093548f41a52c6e33d76885d12f3770a9	\\x103dc556071638c97a7cce149dbc4c6a755f0a47af1c6b6e11027d98bf70f93f
2a170232-10ff-445d-95d0-c300a73d2c08	32	1	2026-11-26 21:04:32.246507+00	\N	guard installed	pgseal	public.cases.nothing		{}	\\x	\\x103dc556071638c97a7cce149dbc4c6a755f0a47af1c6b6e11027d98bf70f93f	\\x13168bb0579b633a0937fb62916a38be38ce359a687b53e5c3f22b89acc75879
2a170232-10ff-445d-95d0-c300a73d2c08	33	1	2026-11-26 21:04:32.275011+00	\N	column readable	pgseal	public.cases.ratio		{}	\\x	\\x13168bb0579b633a0937fb62916a38be38ce359a687b53e5c3f22b89acc75879	\\xe4923436f969e6c8845e28d177fbff7beebddb8c9b3c2e6241a6d7803e25e447
2a170232-10ff-445d-95d0-c300a73d2c08	34	1	2026-11-26 21:04:32.297158+00	\N	column sealing	pgseal	public.cases.ratio		{}	\\x	\\xe4923436f969e6c8845e28d177fbff7beebddb8c9b3c2e6241a6d7803e25e447	\\xd4eb31f0e9bcdcd2abd16e930710bd353b4f1af24f2ed18a2fc2e4859b0dfb77
2a170232-10ff-445d-95d0-c300a73d2c08	35	1	2026-11-26 21:04:32.312383+00	\N	guard installed	pgseal	public.cases.ratio		{}	\\x	\\xd4eb31f0e9bcdcd2abd16e930710bd353b4f1af24f2ed18a2fc2e4859b0dfb77	\\xf73ae763027359516ce074e72c90081f832abd7388f6a2a66370b0e4cc2ba746
2a170232-10ff-445d-95d0-c300a73d2c08	36	1	2026-11-26 21:04:32.343116+00	\N	column readable	pgseal	public.cases.raw		{}	\\x	\\xf73ae763027359516ce074e72c90081f832abd7388f6a2a66370b0e4cc2ba746	\\x0fb1d772c29682f5bbd0bedd1b216b49a2bdd8ec8bbe091010cd219bf8ab6ad6
2a170232-10ff-445d-95d0-c300a73d2c08	37	1	2026-11-26 21:04:32.343839+00	\N	column sealing	pgseal	public.cases.raw		{}	\\x	\\x0fb1d772c29682f5bbd0bedd1b216b49a2bdd8ec8bbe091010cd219bf8ab6ad6	\\x5c6c13aef4169d507f11a52acfcf5bf6b447fbb4cbfed91efb89e96e62c30ba6
2a170232-10ff-445d-95d0-c300a73d2c08	38	1	2026-11-26 21:04:32.344495+00	\N	guard installed	pgseal	public.cases.raw		{}	\\x	\\x5c6c13aef4169d507f11a52acfcf5bf6b447fbb4cbfed91efb89e96e62c30ba6	\\xc5ceef1819d3f7555c522ba1081e1c6e83649550b701762e5c3c3d92d0600b1f
2a170232-10ff-445d-95d0-c300a73d2c08	39	1	2026-11-26 21:04:32.382394+00	\N	column readable	pgseal	public.cases.tags		{}	\\x	\\xc5ceef1819d3f7555c522ba1081e1c6e83649550b701762e5c3c3d92d0600b1f	\\x04dd51991f26d1357fa301f0a320c2dce1c8b3b7514bc57d6206cffb9a4b5729
2a170232-10ff-445d-95d0-c300a73d2c08	40	1	2026-11-26 21:04:32.404702+00	\N	column sealing	pgseal	public.cases.tags		{}	\\x	\\x04dd51991f26d1357fa301f0a320c2dce1c8b3b7514bc57d6206cffb9a4b5729	\\xd3f536e895c2fe8880c8a6b2189ad6c8c72ee62bdc61848ef5bb2eaf747e82d9
2a170232-10ff-445d-95d0-c300a73d2c08	41	1	2026-11-26 21:04:32.423213+00	\N	guard installed	pgseal	public.cases.tags		{}	\\x	\\xd3f536e895c2fe8880c8a6b2189ad6c8c72ee62bdc61848ef5bb2eaf747e82d9	\\x7235ea6e8cce47957abc9278e31208b8614f7c55816ad665ca6517e07bd85d24
2a170232-10ff-445d-95d0-c300a73d2c08	42	1	2026-11-26 21:04:32.477529+00	\N	column readable	pgseal	public.cases.void		{}	\\x	\\x7235ea6e8cce47957abc9278e31208b8614f7c55816ad665ca6517e07bd85d24	\\x058c3644d412b9b7ece6db135482b1b4c4fb62d55b334f90d600e1e03b4329b7
2a170232-10ff-445d-95d0-c300a73d2c08	43	1	2026-11-26 21:04:32.478335+00	\N	column sealing	pgseal	public.cases.void		{}	\\x	\\x058c3644d412b9b7ece6db135482b1b4c4fb62d55b334f90d600e1e03b4329b7	\\xc6f2f670cc03832540e5b4f4abc72a4f7dd01ef1c8a79263e68653ef51400775
2a170232-10ff-445d-95d0-c300a73d2c08	44	1	2026-11-26 21:04:32.479081+00	\N	guard installed	pgseal	public.cases.void		{}	\\x	\\xc6f2f670cc03832540e5b4f4abc72a4f7dd01ef1c8a79263e68653ef51400775	\\x506915b9ead278fe228f874f0fbe3e81a63a0487f41efe2781d9f44ed6b5d56a
2a170232-10ff-445d-95d0-c300a73d2c08	45	1	2026-11-26 21:04:32.519972+00	\N	column readable	pgseal	public.cases.whole		{}	\\x	\\x506915b9ead278fe228f874f0fbe3e81a63a0487f41efe2781d9f44ed6b5d56a	\\xe06dac727086807abc2b937205f403f3cc66fb66bae56b894b532a89b8767d45
2a170232-10ff-445d-95d0-c300a73d2c08	46	1	2026-11-26 21:04:32.55957+00	\N	column sealing	pgseal	public.cases.whole		{}	\\x	\\xe06dac727086807abc2b937205f403f3cc66fb66bae56b894b532a89b8767d45	\\xaf90a55e7c739b8c47ecce1a52e02e2e68ded07d6678afced5f6ad25299245ef
2a170232-10ff-445d-95d0-c300a73d2c08	47	1	2026-11-26 21:04:32.579804+00	\N	guard installed	pgseal	public.cases.whole		{}	\\x	\\xaf90a55e7c739b8c47ecce1a52e02e2e68ded07d6678afced5f6ad25299245ef	\\x7cdbf1b8d2151e7b1371577d75e4e631ec1f440a11928fc8bd2eff8e7662f472
2a170232-10ff-445d-95d0-c300a73d2c08	48	1	2026-11-26 21:04:32.631845+00	\N	column readable	pgseal	public.cases.yes		{}	\\x	\\x7cdbf1b8d2151e7b1371577d75e4e631ec1f440a11928fc8bd2eff8e7662f472	\\x68282ebc713cfbcebb2dae3f76c991bc16916fbb3604e6acbcfa15259d5ef987
2a170232-10ff-445d-95d0-c300a73d2c08	49	1	2026-11-26 21:04:32.660433+00	\N	column sealing	pgseal	public.cases.yes		{}	\\x	\\x68282ebc713cfbcebb2dae3f76c991bc16916fbb3604e6acbcfa15259d5ef987	\\x6a9092ea35dd273051ecd0f4202643325ec0854923c48872ab49419540d81afb
2a170232-10ff-445d-95d0-c300a73d2c08	50	1	2026-11-26 21:04:32.733501+00	\N	guard installed	pgseal	public.cases.yes		{}	\\x	\\x6a9092ea35dd273051ecd0f4202643325ec0854923c48872ab49419540d81afb	\\x22aac0817b863202f498417bf3ebf9e9aab0c9cd4e32c78d6e3fa51a5947e9b2
2a170232-10ff-445d-95d0-c300a73d2c08	51	1	2026-11-26 21:04:32.936018+00	\N	column readable	pgseal	public.notes.body		{}	\\x	\\x22aac0817b863202f498417bf3ebf9e9aab0c9cd4e32c78d6e3fa51a5947e9b2	\\x41455692c9268e85a797d86c7c465f1fcc32e0e1b38b4b3eecb3fda5fd7b0327
2a170232-10ff-445d-95d0-c300a73d2c08	52	1	2026-11-26 21:04:32.944068+00	\N	column sealing	pgseal	public.notes.body		{}	\\x	\\x41455692c9268e85a797d86c7c465f1fcc32e0e1b38b4b3eecb3fda5fd7b0327	\\xdeff700c38282c435d5ead5f4983903cc97f5ac3cd379d690582bab61f77099b
2a170232-10ff-445d-95d0-c300a73d2c08	53	1	2026-11-26 21:04:32.945114+00	\N	guard installed	pgseal	public.notes.body		{}	\\x	\\xdeff700c38282c435d5ead5f4983903cc97f5ac3cd379d690582bab61f77099b	\\x2f251371119079375ddebb706752251390f16de315b3acb7b57a52186a8d22fd
2a170232-10ff-445d-95d0-c300a73d2c08	54	1	2026-11-26 21:04:33.170571+00	\N	column sealed	pgseal	public.cases.big		{}	\\x	\\x2f251371119079375ddebb706752251390f16de315b3acb7b57a52186a8d22fd	\\xde0a5045f1b630e5f58cf706b85412d0be8f0ba96496a10f508f98ac8b452f09
2a170232-10ff-445d-95d0-c300a73d2c08	55	1	2026-11-26 21:04:33.315486+00	\N	column sealed	pgseal	public.cases.born		{}	\\x	\\xde0a5045f1b630e5f58cf706b85412d0be8f0ba96496a10f508f98ac8b452f09	\\x0b65fc814433eee331af7ba8ad1f221bc66ae31ef14937716943f3ead6a47191
2a170232-10ff-445d-95d0-c300a73d2c08	56	1	2026-11-26 21:04:33.47798+00	\N	column sealed	pgseal	public.cases.code		{}	\\x	\\x0b65fc814433eee331af7ba8ad1f221bc66ae31ef14937716943f3ead6a47191	\\x48eedda4966bd6bb3a36e2fb983b6d9789234db72e26069779c52efd5924da50
2a170232-10ff-445d-95d0-c300a73d2c08	57	1	2026-11-26 21:04:33.890032+00	\N	column sealed	pgseal	public.cases.doc		{}	\\x	\\x48eedda4966bd6bb3a36e2fb983b6d9789234db72e26069779c52efd5924da50	\\xfd6ce84dba3af17bdb4919a3ba4c656fe5c389551404f45ea3b16ff0dd95f9eb
2a170232-10ff-445d-95d0-c300a73d2c08	58	1	2026-11-26 21:04:34.084567+00	\N	column sealed	pgseal	public.cases.fee		{}	\\x	\\xfd6ce84dba3af17bdb4919a3ba4c656fe5c389551404f45ea3b16ff0dd95f9eb	\\xe7689daf9933002761143d9c812d208370ed184520319f96e939a246a9d951ad
2a170232-10ff-445d-95d0-c300a73d2c08	59	1	2026-11-26 21:04:34.282877+00	\N	column sealed	pgseal	public.cases.ident		{}	\\x	\\xe7689daf9933002761143d9c812d208370ed184520319f96e939a246a9d951ad	\\xb433ad16d8082ac3ec7af176c66cfb09960f7f4d83b0942989c584d153b64f47
2a170232-10ff-445d-95d0-c300a73d2c08	60	1	2026-11-26 21:04:34.501448+00	\N	column sealed	pgseal	public.cases.instant		{}	\\x	\\xb433ad16d8082ac3ec7af176c66cfb09960f7f4d83b0942989c584d153b64f47	\\xb87b91c626c38723a7d0fcf38e2ef6d10ac47af9f40dd47af260848972c69ea2
2a170232-10ff-445d-95d0-c300a73d2c08	61	1	2026-11-26 21:04:34.609521+00	\N	column sealed	pgseal	public.cases.moment		{}	\\x	\\xb87b91c626c38723a7d0fcf38e2ef6d10ac47af9f40dd47af260848972c69ea2	\\x2ca76c7807eeb7777bdadcb7ccd4a387853ad9ef17de44b6f62e037f948e8727
2a170232-10ff-445d-95d0-c300a73d2c08	62	1	2026-11-26 21:04:34.75494+00	\N	column sealed	pgseal	public.cases.note		{}	\\x	\\x2ca76c7807eeb7777bdadcb7ccd4a387853ad9ef17de44b6f62e037f948e8727	\\xc84f1dbc392a012bf64d8465acfcb37e72407d6c379dbb00e50998de2cdb0563
2a170232-10ff-445d-95d0-c300a73d2c08	63	1	2026-11-26 21:04:34.917694+00	\N	column sealed	pgseal	public.cases.nothing		{}	\\x	\\xc84f1dbc392a012bf64d8465acfcb37e72407d6c379dbb00e50998de2cdb0563	\\x6d6f2cc9c29af5fe95c06be0d4df448447ffc23b9b9f13d55a8c73a91284bae5
2a170232-10ff-445d-95d0-c300a73d2c08	64	1	2026-11-26 21:04:35.21811+00	\N	column sealed	pgseal	public.cases.ratio		{}	\\x	\\x6d6f2cc9c29af5fe95c06be0d4df448447ffc23b9b9f13d55a8c73a91284bae5	\\xbd5b0784d5ae7f9f950056655eb53b40e834ac4d115964c3f4395614416d2e8e
2a170232-10ff-445d-95d0-c300a73d2c08	65	1	2026-11-26 21:04:35.303178+00	\N	column sealed	pgseal	public.cases.raw		{}	\\x	\\xbd5b0784d5ae7f9f950056655eb53b40e834ac4d115964c3f4395614416d2e8e	\\x81755e2be8187f30e41263b4ba2d5709286bb4a79f615d655ccb8fcd8af3c268
2a170232-10ff-445d-95d0-c300a73d2c08	66	1	2026-11-26 21:04:35.471126+00	\N	column sealed	pgseal	public.cases.tags		{}	\\x	\\x81755e2be8187f30e41263b4ba2d5709286bb4a79f615d655ccb8fcd8af3c268	\\x8dd01fa3ceffffbc1f9429c622f882fc535f77d8125c8d170f705a578c883e4b
2a170232-10ff-445d-95d0-c300a73d2c08	67	1	2026-11-26 21:04:35.605833+00	\N	column sealed	pgseal	public.cases.void		{}	\\x	\\x8dd01fa3ceffffbc1f9429c622f882fc535f77d8125c8d170f705a578c883e4b	\\x598a863b4d74ef35e0b09b22ddefa83446b69892de4fe73c11480323eb81cf93
2a170232-10ff-445d-95d0-c300a73d2c08	68	1	2026-11-26 21:04:35.736895+00	\N	column sealed	pgseal	public.cases.whole		{}	\\x	\\x598a863b4d74ef35e0b09b22ddefa83446b69892de4fe73c11480323eb81cf93	\\x944139d0252c1ea0a63cfc34b7489d2f1f05468cdd62a36c958f3ef0265a324d
2a170232-10ff-445d-95d0-c300a73d2c08	69	1	2026-11-26 21:04:35.842551+00	\N	column sealed	pgseal	public.cases.yes		{}	\\x	\\x944139d0252c1ea0a63cfc34b7489d2f1f05468cdd62a36c958f3ef0265a324d	\\xbd672a7366e80d8d663f946eeae4207155393de138fd94d4b092a008045da64b
e4aa9925-6bd1-4ddc-b465-ddbe45aa9253	1	1	2026-11-26 21:04:36.152343+00	53cfd58b-269e-4bbc-8d2b-55a2207cff1e	tenant added	root@vm	provider local	local:master.key	{}	\\x2a17023210ff445d95d0c300a73d2c080000000000000045bd672a7366e80d8d663f946eeae42071	\\x	\\xf0092a58514495967de1919f285cf8dec168b992f6f63beaaa43a0788bcebf73
370d8e87-c35f-47c6-8035-5b60aaa474ad	1	1	2026-11-26 21:04:36.231791+00	bbf19fb8-9404-4526-99d6-4217d0ae281b	tenant added	root@vm	provider local	local:master.key	{}	\\xe4aa99256bd14ddcb465ddbe45aa92530000000000000001f0092a58514495967de1919f285cf8de2a17023210ff445d95d0c300a73d2c080000000000000045bd672a7366e80d8d663f946eeae42071	\\x	\\xd901eb72c33a9b9adfe2f902789f49a7863fd3d0a7b4bbd499993ed71d8875d6
f667c40a-2ce2-4098-bb47-c811c782beae	1	1	2026-11-26 21:04:36.686097+00	\N	checkpoint	root@vm			{}	\\x370d8e87c35f47c680355b60aaa474ad0000000000000001d901eb72c33a9b9adfe2f902789f49a7e4aa99256bd14ddcb465ddbe45aa92530000000000000001f0092a58514495967de1919f285cf8de2a17023210ff445d95d0c300a73d2c080000000000000045bd672a7366e80d8d663f946eeae42071	\\x	\\xccf183efbf9769c0ed4d932f2ab10c452a2a76176217a9a60b29c8b01d6b63ea
f667c40a-2ce2-4098-bb47-c811c782beae	2	1	2026-11-26 21:04:36.945044+00	\N	column sealed	pgseal	public.notes.body		{}	\\x	\\xccf183efbf9769c0ed4d932f2ab10c452a2a76176217a9a60b29c8b01d6b63ea	\\xa1580b145d96319ccb0bb4ecf2c1a25ac622ec8f4093f74c04a87fa9a56c7470
f667c40a-2ce2-4098-bb47-c811c782beae	3	1	2026-11-26 21:04:36.864772+00	bbf19fb8-9404-4526-99d6-4217d0ae281b	key fetched	root@vm	held until 2026-11-26T21:09:36Z	local	{}	\\x	\\xa1580b145d96319ccb0bb4ecf2c1a25ac622ec8f4093f74c04a87fa9a56c7470	\\x9d85e0a37dbeddb8d10674afd16788bc102c62ab159a20974533ca7645b84cbd
f667c40a-2ce2-4098-bb47-c811c782beae	4	1	2026-11-26 21:04:36.868647+00	53cfd58b-269e-4bbc-8d2b-55a2207cff1e	key fetched	root@vm	held until 2026-11-26T21:09:36Z	local	{}	\\x	\\x9d85e0a37dbeddb8d10674afd16788bc102c62ab159a20974533ca7645b84cbd	\\x20685d64caf0d3305b4ffd224b6010d26085dcec9772e5603efc28fa0dda82b8
f667c40a-2ce2-4098-bb47-c811c782beae	5	1	2026-11-26 21:04:38.02621+00	bbf19fb8-9404-4526-99d6-4217d0ae281b	key evicted	root@vm	the process ends	local	{}	\\x	\\x20685d64caf0d3305b4ffd224b6010d26085dcec9772e5603efc28fa0dda82b8	\\xaeac150fac205dc9098d92bdf85dfb1f6119674fd818f9de186bee792b297987
f667c40a-2ce2-4098-bb47-c811c782beae	6	1	2026-11-26 21:04:38.026238+00	53cfd58b-269e-4bbc-8d2b-55a2207cff1e	key evicted	root@vm	the process ends	local	{}	\\x	\\xaeac150fac205dc9098d92bdf85dfb1f6119674fd818f9de186bee792b297987	\\xdd2d87db4eaf01cc5b3797f0d2092306037172b4d90df0bee6adc288878f0078
157745f2-efa4-48c5-a053-506f4f0824b6	1	1	2026-11-26 21:04:39.285589+00	\N	checkpoint	vm:17512			{}	\\xf667c40a2ce24098bb47c811c782beae0000000000000006dd2d87db4eaf01cc5b3797f0d2092306370d8e87c35f47c680355b60aaa474ad0000000000000001d901eb72c33a9b9adfe2f902789f49a7e4aa99256bd14ddcb465ddbe45aa92530000000000000001f0092a58514495967de1919f285cf8de2a17023210ff445d95d0c300a73d2c080000000000000045bd672a7366e80d8d663f946eeae42071	\\x	\\xb4ae3cd64ebdf58aa4111775c9e17c12c54f752ee6412cea70b3401a8d4ada99
6bf5a85d-6a7d-4e22-9668-cf07056b7d5b	1	1	2026-11-26 21:04:39.952554+00	53cfd58b-269e-4bbc-8d2b-55a2207cff1e	new data key	root@vm	data key a17dde76 after 77829fbf	local:master.key	{}	\\x157745f2efa448c5a053506f4f0824b60000000000000001b4ae3cd64ebdf58aa4111775c9e17c12f667c40a2ce24098bb47c811c782beae0000000000000006dd2d87db4eaf01cc5b3797f0d2092306370d8e87c35f47c680355b60aaa474ad0000000000000001d901eb72c33a9b9adfe2f902789f49a7e4aa99256bd14ddcb465ddbe45aa92530000000000000001f0092a58514495967de1919f285cf8de2a17023210ff445d95d0c300a73d2c080000000000000045bd672a7366e80d8d663f946eeae42071	\\x	\\x2d5e8ec60fb08ec772b192d5c19df146a076ce3502b8398ade7fcb7ea75732a0
157745f2-efa4-48c5-a053-506f4f0824b6	2	1	2026-11-26 21:04:39.47084+00	53cfd58b-269e-4bbc-8d2b-55a2207cff1e	key fetched	vm:17512	held until 2026-11-26T21:09:39Z	local	{}	\\x	\\xb4ae3cd64ebdf58aa4111775c9e17c12c54f752ee6412cea70b3401a8d4ada99	\\x7f354b3824b5f85e357b0a2b0ff1f47b49cd367af5025d607b446126a1b75eab
157745f2-efa4-48c5-a053-506f4f0824b6	3	1	2026-11-26 21:04:39.51534+00	bbf19fb8-9404-4526-99d6-4217d0ae281b	key fetched	vm:17512	held until 2026-11-26T21:09:39Z	local	{}	\\x	\\x7f354b3824b5f85e357b0a2b0ff1f47b49cd367af5025d607b446126a1b75eab	\\xf2e1b4c19f7b99cc8dbde7b6d7fa49ae0e03a5f0b403e0e9eb49c1bdb3b2da80
157745f2-efa4-48c5-a053-506f4f0824b6	4	1	2026-11-26 21:04:39.962436+00	53cfd58b-269e-4bbc-8d2b-55a2207cff1e	key fetched	vm:17512	held until 2026-11-26T21:09:39Z	local	{}	\\x	\\xf2e1b4c19f7b99cc8dbde7b6d7fa49ae0e03a5f0b403e0e9eb49c1bdb3b2da80	\\xe5f3c963fd012dd9319b6aaaaa2c102c5f3318d92a335cf56b3391a1c180a736
087dccca-a85d-4fbb-86ad-71ef7c270dc9	1	1	2026-11-26 21:04:40.4228+00	53cfd58b-269e-4bbc-8d2b-55a2207cff1e	cache time set	root@vm	2m0s		{}	\\x6bf5a85d6a7d4e229668cf07056b7d5b00000000000000012d5e8ec60fb08ec772b192d5c19df146157745f2efa448c5a053506f4f0824b60000000000000001b4ae3cd64ebdf58aa4111775c9e17c12f667c40a2ce24098bb47c811c782beae0000000000000006dd2d87db4eaf01cc5b3797f0d2092306370d8e87c35f47c680355b60aaa474ad0000000000000001d901eb72c33a9b9adfe2f902789f49a7e4aa99256bd14ddcb465ddbe45aa92530000000000000001f0092a58514495967de1919f285cf8de2a17023210ff445d95d0c300a73d2c080000000000000045bd672a7366e80d8d663f946eeae42071	\\x	\\xff7f866dcd67ad93adba29ded8722aaff172e6d290c25eaa500832618963a5dc
43c374d3-33fb-4750-accb-683e3cd57665	1	1	2026-11-26 21:04:40.573135+00	bbf19fb8-9404-4526-99d6-4217d0ae281b	locked	root@vm			{}	\\x087dcccaa85d4fbb86ad71ef7c270dc90000000000000001ff7f866dcd67ad93adba29ded8722aaf157745f2efa448c5a053506f4f0824b60000000000000004e5f3c963fd012dd9319b6aaaaa2c102c6bf5a85d6a7d4e229668cf07056b7d5b00000000000000012d5e8ec60fb08ec772b192d5c19df146f667c40a2ce24098bb47c811c782beae0000000000000006dd2d87db4eaf01cc5b3797f0d2092306370d8e87c35f47c680355b60aaa474ad0000000000000001d901eb72c33a9b9adfe2f902789f49a7e4aa99256bd14ddcb465ddbe45aa92530000000000000001f0092a58514495967de1919f285cf8de2a17023210ff445d95d0c300a73d2c080000000000000045bd672a7366e80d8d663f946eeae42071	\\x	\\x1032c4ac9d81203caa9fa15380489a967f92e5f074b97027a1d33e554d8a01e8
157745f2-efa4-48c5-a053-506f4f0824b6	5	1	2026-11-26 21:04:41.314362+00	bbf19fb8-9404-4526-99d6-4217d0ae281b	key evicted	vm:17512	KU009 key_locked since 2026-11-26T21:04:40Z	local	{}	\\x	\\xe5f3c963fd012dd9319b6aaaaa2c102c5f3318d92a335cf56b3391a1c180a736	\\x6affcd170e509374ea512b1a70e966359ccdc54122e57709acad9135aacd6d32
157745f2-efa4-48c5-a053-506f4f0824b6	6	1	2026-11-26 21:04:41.378909+00	53cfd58b-269e-4bbc-8d2b-55a2207cff1e	key evicted	vm:17512	the process ends	local	{}	\\x	\\x6affcd170e509374ea512b1a70e966359ccdc54122e57709acad9135aacd6d32	\\xd24827df4467a551f48e282bb9e63083aa680e208c0ca7c8d2c8026d0e64f5ed
\.


--
-- Data for Name: event_head; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event_head (writer, seq, hash, changed_at, mac) FROM stdin;
2a170232-10ff-445d-95d0-c300a73d2c08	69	\\xbd672a7366e80d8d663f946eeae4207155393de138fd94d4b092a008045da64b	2026-11-26 21:04:35.8619+00	\\xda31f803740ba785516ba374195e4f77b520248c0858ace766902a40a3dce9fd
e4aa9925-6bd1-4ddc-b465-ddbe45aa9253	1	\\xf0092a58514495967de1919f285cf8dec168b992f6f63beaaa43a0788bcebf73	2026-11-26 21:04:36.155459+00	\\x8a5640d961aa35324daa80352fff743cef7302d044830c207bf6404480416543
370d8e87-c35f-47c6-8035-5b60aaa474ad	1	\\xd901eb72c33a9b9adfe2f902789f49a7863fd3d0a7b4bbd499993ed71d8875d6	2026-11-26 21:04:36.233315+00	\\xd192b8fba01f6153d7e581f611d3682420bd5381c8892f1f195ec0793a366127
f667c40a-2ce2-4098-bb47-c811c782beae	6	\\xdd2d87db4eaf01cc5b3797f0d2092306037172b4d90df0bee6adc288878f0078	2026-11-26 21:04:38.026533+00	\\x49c3f1c45001770e800267fe834b6c5c48d9d6560104fb5b9fb28ba4e754ee7c
6bf5a85d-6a7d-4e22-9668-cf07056b7d5b	1	\\x2d5e8ec60fb08ec772b192d5c19df146a076ce3502b8398ade7fcb7ea75732a0	2026-11-26 21:04:39.956637+00	\\x1730f073bfe0a5050f03ec33b184993858a81834126ffc1f0e74246b4852e0bd
087dccca-a85d-4fbb-86ad-71ef7c270dc9	1	\\xff7f866dcd67ad93adba29ded8722aaff172e6d290c25eaa500832618963a5dc	2026-11-26 21:04:40.430102+00	\\x7f1d0c88625fd62d958c713ba97c59915ccc881ebe6d73af858976ee4c51ea7d
43c374d3-33fb-4750-accb-683e3cd57665	1	\\x1032c4ac9d81203caa9fa15380489a967f92e5f074b97027a1d33e554d8a01e8	2026-11-26 21:04:40.583425+00	\\xeadf4300cb285cc4c9edef58bb6d4db30bff4fefadf4bacd145b8aa493ec2d08
157745f2-efa4-48c5-a053-506f4f0824b6	6	\\xd24827df4467a551f48e282bb9e63083aa680e208c0ca7c8d2c8026d0e64f5ed	2026-11-26 21:04:41.392981+00	\\x09cd0105497a374ea1d170906c1e0ac050bb89d8fac3d455f9218bfd5dccca67
\.


--
-- Data for Name: key_history; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_history (id, at, tenant, "position", key_number, action, provider, configured, role_arn, key_arn, material_id, actor, mac) FROM stdin;
7b521b79-29b4-4b29-a522-047c8ec7d13e	2026-11-26 21:04:36.152343+00	53cfd58b-269e-4bbc-8d2b-55a2207cff1e	1	2005049279	created	local			local:master.key	ed2692a9b1c54ccb	root@vm	\\x29a1031c20b44dec5c220e850eb46417cb2f6aa3781c625c866328e23122676f
a681e385-6962-40f3-844c-c1283e355f2b	2026-11-26 21:04:36.231791+00	bbf19fb8-9404-4526-99d6-4217d0ae281b	1	2430401392	created	local			local:master.key	ed2692a9b1c54ccb	root@vm	\\xb67818345d39685644b721885171d7330af0888f4f4fa0c22fbfcd2c7e96dfaf
7a8d8e99-6a8c-40f6-bdbb-04a8d7a23169	2026-11-26 21:04:39.952554+00	53cfd58b-269e-4bbc-8d2b-55a2207cff1e	2	2709380726	rotated	local			local:master.key	ed2692a9b1c54ccb	root@vm	\\xcc4effce279b3d350eab7d0186a6750fcdd3240284d2473f7f714126a1c6eb10
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
1	2026-11-26 21:04:30.049056+00
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
1	completed	1	32767	2026-11-26 21:04:36.729136+00	2026-11-26 21:04:36.669096+00	2026-11-26 21:04:37.122024+00	2026-11-26 21:04:36.669096+00	1	{"column": "49e1d93df1e34453a408ab561365d293"}	{vm_2026_11_26T21_04_36_686158}	\N	pgseal_column	{}	pgseal	{}	\\xe69066f9942ef92e99f9b78b9e560942dbfc69914eafef3c03ecc65c1921d119	11110001
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
main	1	2026-11-26 21:04:30.113954+00
main	2	2026-11-26 21:04:30.145699+00
main	3	2026-11-26 21:04:30.24746+00
main	4	2026-11-26 21:04:30.248714+00
main	5	2026-11-26 21:04:30.276131+00
main	6	2026-11-26 21:04:30.389367+00
main	7	2026-11-26 21:04:30.39906+00
main	8	2026-11-26 21:04:30.450117+00
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
pgseal	2026-11-26 21:04:36.714384+00	{}	\N	2026-11-26 21:04:39.316949+00
\.


--
-- Data for Name: store; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.store (singleton, id, tag, family, epoch, policy, created_at, version, mac) FROM stdin;
t	49d8eeeb-0f7a-ca11-3d01-44a5cf83a569	\\xbfc3	49d8eeeb-0f7a-ca11-3d01-44a5cf83a569	1	\\xf3ee24459d6fb3c18d684815d0de112c0f064ae0a0e00a96343d03f18bcf59a2	2026-11-26 21:04:29.870846+00	2	\\xa24fd63bf663b522a8ec01ec9dc04cc68de94649fd334548d935b549c57322c7
\.


--
-- Data for Name: tenant; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.tenant (id, name, provider, key_arn, resolved_arn, role_arn, external_id, endpoint, cache_ms, locked, locked_since, locked_by, retired, drill_id, drill_ordered, drill_until, drill_by, drill_proxies, probes, current_key, created_at, version, mac) FROM stdin;
53cfd58b-269e-4bbc-8d2b-55a2207cff1e	acme	local		local:master.key				120000	f	\N		f	\N	\N	\N		{}	0	2709380726	2026-11-26 21:04:36.150841+00	3	\\x986ef573e971d2067ccaa8cc2d98babc6009e317e7b7005c0539e49567cf3dca
bbf19fb8-9404-4526-99d6-4217d0ae281b	globex	local		local:master.key				300000	t	2026-11-26 21:04:40.573135+00	root@vm	f	\N	\N	\N		{}	0	2430401392	2026-11-26 21:04:36.231599+00	2	\\x620485ee7f1794d61e96efcc4f1fad2ef33444bdc84bf504f91995f6fb01304d
\.


--
-- Data for Name: usage; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.usage (tenant, day, proxy, proxy_name, sealed, opened, fetched, failed, refused, updated_at, version, mac) FROM stdin;
53cfd58b-269e-4bbc-8d2b-55a2207cff1e	2026-11-26	bf37bcea-d68f-47b0-a8c4-de174c42371b	vm:17407	60	40	1	0	0	2026-11-26 21:04:37.84549+00	1	\\x814880b649543a71bb51a2e3bd3b7985b7346c15c602ead711e4daab8e8d5971
bbf19fb8-9404-4526-99d6-4217d0ae281b	2026-11-26	bf37bcea-d68f-47b0-a8c4-de174c42371b	vm:17407	60	40	1	0	0	2026-11-26 21:04:37.845491+00	1	\\x9fbad51d19e73f58a72d0fc6a58a8fb02412321e95b4015dc604d4699b251778
53cfd58b-269e-4bbc-8d2b-55a2207cff1e	2026-11-26	76be421e-fab6-411e-ab6c-ff7df79be0b1	vm:17512	31	51	2	0	0	2026-11-26 21:04:41.378945+00	1	\\x197c42e47f0d8693988abbc996fbd6fac95d2e646c8cce58a959d6a39a7c2457
bbf19fb8-9404-4526-99d6-4217d0ae281b	2026-11-26	76be421e-fab6-411e-ab6c-ff7df79be0b1	vm:17512	15	45	1	0	1	2026-11-26 21:04:41.378946+00	1	\\xd6ef4e95404fb51cb7a646e35ed1d46a0ac29add1a34c4ee760f7b396bfea0d7
\.


--
-- Data for Name: cases; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.cases (id, firm, note, void, nothing, code, whole, big, fee, ratio, yes, born, moment, instant, ident, raw, doc, tags) FROM stdin;
1	acme	pgs1_Ab_Dd4Kfv4VlnRAzt9ACFwJplZoSKR_qcJwQJoUSuhSbCGJC3tunFt8FUAi4uuEXWzyb2J5F4o5__lryzpIKU8-ljIbLnXn2YbveyZdKQgVLaeUS_i6bc6CrXIsmLiF52D-3	pgs1_Ab_Dd4KfvxK72T1ruhuCJRczj8ixX1uGg70AoWAMFRGrZ5GncMzxwcXAv45Ig78	\N	pgs1_Ar_Dd4Kfv_P7oth59BiqcK47baWwwbaukMedMa0MOvnutEeWxhlQirpgrRm-GcSRFBA	\\x01bfc377829fbfdd0e04c600a28efbf87e38ddfaa49fe35c7bc9c226f12af5c60d3d16f817e1a7d788b54c5007f9bb73d77d318813a4ba	\\x02bfc377829fbfce1a8006080aeaa860ae2e17af83ff5744229a3457d288ccda111483cc1c474c7397cdb5	\\x02bfc377829fbf9ab0bdba3e1332ab4065fa937eeef497ac0af825095e92449aab44ce8d6a64c49a	\\x01bfc377829fbf6d7b9b8e4aa0b8622fb02135d27ca2d4e302d1b342153e404c9ec5c202816befcac582237d493385c7cd3c288cbcb903	\\x02bfc377829fbf2d0c578f05a76be97e1c908c799d7c703eed4f6f615289794cb4289cb3	\\x02bfc377829fbfb5bd5c3cfaf383cf883182767d288fea6f395a90930d2ef80fa4a0af206f7c89	\\x01bfc377829fbffb00e969285085315ef414b3be0af5e9f5534eb39c3ef51132dd9e59848d14b18ad655d5e35a7b0043da17b41dd4e003	\\x02bfc377829fbf743b74fa32c2a3660848f542d6cf3da9790fb8f8f25b0eed12a7b29011d626b962177897	\\x02bfc377829fbf76523e4c038d5e08a76799e073295a94ee21bbc45da247d6e58a68c2d59e681cc474098f26c1e4a3bccf587d	\\x02bfc377829fbff0a92309c00c01336c68980c1b29eefa355f4711584999d3d5acc01cedc87c	\\x01bfc377829fbf70f80b659577a7fd374f9f7dc74012fbb6e5c7ea9e4a201f52a8f733fffdfe3c1dd1287a4dc59343a0bc2086226139833b504df4e297ceadb1f5e4cd5804eecca046da4348bfc43d	\\x01bfc377829fbf9af0175fa59b9c4eafe8b3ebdca75521b86b1277c0e545164b0f1fae83a7596e6af57f2741c38a0adae1b010b7368df3eba16692646012124b998d3009936e055ec097b676f6cc9179dd82fdc9660ba74a333c
2	globex	pgs1_Ab_DkNz7cCYSQj3InvT30Pv0z4y3kZAclq8tAZNWSmegDasoNJf9kD_8lVNIFDDaLy0fWtddNP4Lx0Qf4Pr4V4_E5Pcipu7GQmkVF6XkOksaCVaJa8bXLxAKbKiGLCTsyrAo	pgs1_Ab_DkNz7cFMG3drhe07vus_NrAjks7VxgAWkTmV18jRzyoF-XZwHXwjPQohuVrY	\N	pgs1_Ar_DkNz7cIueuIu7XzhQKL15ibk8LAhmgF5561TXxK8MGkrkbR_j0hKE1_2vQWtz_Ho	\\x01bfc390dcfb70dd1982092e80e8646b4927e32f1785578f80868441e16ce94309e7b80e098d03575c3d5545683a5734102676d4b7d78f	\\x02bfc390dcfb70a0b55f8af51425e6640dbb7dee92d6319d626e5b9edcaa0449ed416f94830937eccb6af2	\\x02bfc390dcfb70e7fd94fd73c55c4a81e3ea7b918b53ab9d093c59fc388ae5bba86f3eae985bb631	\\x01bfc390dcfb706427c80309f5af2929cfe77afbf081d15e791964dc98444d5c7d9d50b8da48e709382ee4eb348c8e541568df5dc02cf6	\\x02bfc390dcfb707785b4c809bda4da0d5ea7f5f0846565f88ae82410854d7821a50b73a0	\\x02bfc390dcfb70f89cd7b451e5991b124c267f71b95463f205141e09b2b11906031cf93b6dcabe	\\x01bfc390dcfb70033c00c842e9855c3bfca6f6b96673bc08c8337272418a4095da6fd95a4afcff517432fc41ea873d2343d1738a06a2c3	\\x02bfc390dcfb7088152438f1bfea6397e2013c3adf07f298679dee75b72bb3407d2d7f14b05aa761d9f907	\\x02bfc390dcfb702be8b4ce6b0da25c0443ab8e5fbd4139cb99f7a9b7fde4f5348450fa3240d88ac7a399b203cce8d7ea755c3b	\\x02bfc390dcfb70f80578a9ad095618cce50c45227091733ee53d9b7eb1ea9c42bfaa0b92c89f	\\x01bfc390dcfb70a088106e9524b8a61119858d91cf7d2d68ab77aff6d8b12fe68d6cd97ff680149e79731843f60603d64a2c35758962143a4e338d4fc9e037f7db248c6c6f39394efeb5c77d5882b6	\\x01bfc390dcfb70d9412bbfd9c7cb645f449e0552c825a81928831ad63d3a320a864cfd8750127c9bc9c6d2815501965556d54d28b5c9616d9a647f49ed0c2c4a0cb8b0c2c4ab42e8d4daa9b1eac5d6f264a4998996c267a1d483
3	acme	pgs1_Ab_DoX3edj8TuT-0vr-E9xKAiX0EIfmHxi7xv_zSPlrIjgZPcpMDT4B8Stg6QW7Og-HiPgQN9A7Bnp3lsdTkWsc0uZmu3DqGoBO72ahz8-Wziyi1NmyeMAHvqjfS88r4Jnu-	pgs1_Ab_DoX3edhdM7bFw-dumyVz1PE3O-5B93MvsCpYZAC3gWq3EjRPrApgvBGh5dtA	\N	pgs1_Ar_Dd4Kfv_P7oth59BiqcK47baWwwbaukMedMa0MOvnutEeWxhlQirpgrRm-GcSRFBA	\\x01bfc3a17dde76f4f240833515cef1c92357b705940f5f78378fbf6889e80238f7c577c2aef2aa7672f837248266ed3ac4403b78a65984	\\x02bfc377829fbfce1a8006080aeaa860ae2e17af83ff5744229a3457d288ccda111483cc1c474c7397cdb5	\\x02bfc377829fbf9ab0bdba3e1332ab4065fa937eeef497ac0af825095e92449aab44ce8d6a64c49a	\\x01bfc3a17dde7621fc92a9bedac8d86377e13e5989d9108bc6a1492d420cbada4d620db39e7be220e349a3971c8a68a174dfdc6240e521	\\x02bfc377829fbf2d0c578f05a76be97e1c908c799d7c703eed4f6f615289794cb4289cb3	\\x02bfc377829fbfb5bd5c3cfaf383cf883182767d288fea6f395a90930d2ef80fa4a0af206f7c89	\\x01bfc3a17dde7679b9376c26e23eebac049a77f7858e8d3ce9260c5b646996cfeac646b8cc7a02304c5b1aef9a3fbfdb58a9753667410d	\\x02bfc377829fbf743b74fa32c2a3660848f542d6cf3da9790fb8f8f25b0eed12a7b29011d626b962177897	\\x02bfc377829fbf76523e4c038d5e08a76799e073295a94ee21bbc45da247d6e58a68c2d59e681cc474098f26c1e4a3bccf587d	\\x02bfc377829fbff0a92309c00c01336c68980c1b29eefa355f4711584999d3d5acc01cedc87c	\\x01bfc3a17dde76f256a063227318bf6811e5370db103a46475d7ca87988fd32242985f2e9a907f1247e0be810ca8e8a39bbf455d2e1c8a810a0f7f4a2e5bfa33d6c0a60b30c0ea4cb615f7aacac47e	\\x01bfc3a17dde7652428b9638108bec9dd89c445b25007b91399064f4687177751553f870e8409cdc2132f7cf79008c55c702fca97a23c697378290fd39d8048d670b38561e93e3e72833ec33b53b3de10a84bf27c708bea9fa99
\.


--
-- Data for Name: notes; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.notes (id, firm, body) FROM stdin;
1	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBY2QR0SpGqWVH31pZ428QRSYHq4K6OR-ya1QN6mQizKT3nlrBFQO9y8kig
2	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeFs8le4iuU71Kq2ZhHMQJk_OlV-owa8EAoHmwSEA3BweDEYFKtAxo81Ddg
3	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBc5HmfNH8lOpDPW2cthkvjtSNXcK_mjqLkJarx3JN8OtFp07CwpJ7eR6bQ
4	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeIT1HWejYHrFaL1XQH_LQMa5a3y5DLiM0-aZ0e496RRJu3EpMuMYb6FvQw
5	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBU5M0E8ZuPhK_NopISwQtF1m4Kmx7M0-ZjbNFpxwtnWdNAShleBzXAJSOQ
6	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeIgd_i9iU18l2MHFbWg7FHzqQawdQsz31VBKBSGUbAJOWNM41vRDSdSdFA
7	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBcpM2vYOIV4hfiin82PWaybyP_0Php81y_MYZip3byOARS0O9Jehrhwj-w
8	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeOt94mu5VSrjfx5lSYgb9bg0oqXyMrSsuEsIRE6SDhLU_zXD8lmvDDuA1Q
9	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBdYrZG9WCP7yamqwUdmsjNwEP1qq-X9Z-dCJQpyksDOyNXpohyVXMyY3QQ
10	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeFA5Z1unmgRddoxQZlt_UACisR9cBtlFfGGa82aDNzR6C5l9BwGmyGNQwSM
11	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBUgnscnUfmb00OKR5f4aq2I-GgRrFPwDl7EUmVNBIQJh1E-qrIDb2WadeUQ
12	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeOv--z8XP_q2MLLStoSXaSp6CEKUYhgaPIJ5GkY2GgJDKUVZcFHY6d4VBxc
13	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBQ0bKOkpX4iWqirc0TvGzUPfWU3sn-MBJvleIhyOvx4cbIbsbUmHvCtOcME
14	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeNwOJNj16YBk84DrI0Mm_zJxyt2HluQRA8h9hnEiZg1WYKRs-wC25cx8lD4
15	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBUWx8GGwQNOxMyxi5ivcCgE3f6HeUveXKfdVn_KUeZBYRCTY59aBwkt-X80
16	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeMMJ9mZHKQ_f65QA_z_eDCLIeewX_o1UlKO3qxEV5OoAEyaR64fs3dANWbs
17	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBT-f-Q8Kf3Lvo3MweYFa8xpXRIPcvxXW9fIpm5JNOcHjU-gjElOJ7_qJYK4
18	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeJRo0vpugd2Vw6BTuD4tfpEwF4Ggu_yWO9ENFdH3msi6fl_C6w0irPt8bQw
19	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBfNlq7Vt5hnXvcbWqcFFKFuPHXYfEwLrX5S2uIynloTpiwuLfhfLhIUpL0g
20	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeLxv2aTvFCOy8JgJIlSFhO42TrnasCn9kCuIEyQdF6pHM257ldtWuAwbHg4
21	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBegyAIGR6QMhA13re2dLAJPx2JyqkDpafscvLweJ1X5BQf1QGivzMKazvQc
22	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeIX-z7tYYustZ9h4uLNU04PEt4bjQ2s9OJa0gTCieW6__gAcyO8TLQQC7-c
23	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBfD__bBi59IisDkiQNYKKpqsF3OfYZjVwfSlYy8o4uQgGakZDsNfDssk5lE
24	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeIrWHVbdB6adihXteeT3SN3DuqwlbnrT2TGUN8pN8yxGtXebNMWLQMSTM5I
25	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBadZ6Y5v0nchBRKoBNiyciSB47ywvempLR_xYmlE_stsKQtrtFjSwr0lDAI
26	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeDRPQbvWr-SALZY1MHh2RA1dnVpKXRD-FpwFxy2FSjI8Ft91qZwQuTf-CnA
27	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBaB1IDE3iYjzc4d6rD2gLTJ_Oa4YW1RtKSLBumpCaELqhEAIKVud14pmsx8
28	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeEa5Iq3TnvgXyHgT-L2ekW2GuDQgbWepAH70gL5kNLitNLkgVr0Wkv4QNww
29	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBT8nbK3WsnzEusjUdlULNzEJo5jFPOEE_voLYTzStaE4Q4cWAg59kEED7tU
30	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeKMRTt_mlDT57uj9FiH7CBcUbfZRlEppriv8eDHTyJt0mp0edtg3-o5Z_mo
31	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBbCslN69mR1nIc4ixnUJ2kx0Ye7slz1bqgjNEC7HPpnCkmtb0AjARTo-MJ0
32	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeErEvuPqOdiR7BPajRLeaBcBmdGGtAd7QYFAObIcINtXVeH94UPlsKKAqYI
33	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBaex7HeUCncNNRV6Z8qiTLV32Y0AZoG8Gi7VQ0FX5IWq3_XVW1-La651VM8
34	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeMEvpUpejyrA6lvqfBnQVLGwgeBiZ4LgFP9GDIQQi5n8qp2ISO_MEs0M3fQ
35	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBceSNPkRxzZ0wfoEOlyXXYBS3cDcrpXEl-UBp1Yc5SL0-OFOm7I9ouIZKN8
36	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeHadPrZQ3A5f0Pj89EYar1q-4OMhCfCqDew6B1SZW5aN_r09OEMJH8Dutp4
37	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBbKOF4JufK17QW8UWoogPl2yHDPsv9dgzckwNeAsLXDOtg0DvWzwS6oukII
38	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeHp98NCF-Is0XAD_Oe2PFVTyQZ7TbTFyc1mow0ym1JZ8OSRFIOtMwC2_5Lg
39	globex	pgs1_Ab_DkNz7cGPpvMJSfEnFBMwoBclaLL_VXFIJ_Gu8YQ25yj8VQAa95IYqM0OiFKVfUp6Ft2hDDJItQDE02GU
40	acme	pgs1_Ab_Dd4Kfv8CKbhgHa0ZUhYgAeCISytfdCY_0yPwfos8TL3s4HQlG5fGMpmJV-TbuUIEqWGYDsSB6Xw42zOM
100	acme	pgs1_Ab_DoX3edkvIalnfOCi_fURrrEozqEv5AFLM1KnGsv_iEmG-ln6jg3g8Oix2tKBm-84qbbIbOXYOO_frneGX
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

CREATE CONSTRAINT TRIGGER "  pgseal after insert big 2a21fe6d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert big 2a21fe6d";


--
-- Name: notes   pgseal after insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert body 230d8358" AFTER INSERT ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after insert body 230d8358";


--
-- Name: cases   pgseal after insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert born 08229637" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert born 08229637";


--
-- Name: cases   pgseal after insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert code 5694d08a" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert code 5694d08a";


--
-- Name: cases   pgseal after insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert doc 139d544b" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert doc 139d544b";


--
-- Name: cases   pgseal after insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert fee b80cdaae" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert fee b80cdaae";


--
-- Name: cases   pgseal after insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ident e77c4b3f" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ident e77c4b3f";


--
-- Name: cases   pgseal after insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert instant 618dc583" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert instant 618dc583";


--
-- Name: cases   pgseal after insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert moment 72110207" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert moment 72110207";


--
-- Name: cases   pgseal after insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert note edb46562" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert note edb46562";


--
-- Name: cases   pgseal after insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert nothing 1785cfc3" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert nothing 1785cfc3";


--
-- Name: cases   pgseal after insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ratio 2f04a79e" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ratio 2f04a79e";


--
-- Name: cases   pgseal after insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert raw d7439bee" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert raw d7439bee";


--
-- Name: cases   pgseal after insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert tags 978c2f89" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert tags 978c2f89";


--
-- Name: cases   pgseal after insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert void 445be54d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert void 445be54d";


--
-- Name: cases   pgseal after insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert whole 5d5766cf" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert whole 5d5766cf";


--
-- Name: cases   pgseal after insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert yes 8a798890" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert yes 8a798890";


--
-- Name: cases   pgseal after update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update big 2a21fe6d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update big 2a21fe6d";


--
-- Name: notes   pgseal after update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update body 230d8358" AFTER UPDATE ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after update body 230d8358";


--
-- Name: cases   pgseal after update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update born 08229637" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update born 08229637";


--
-- Name: cases   pgseal after update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update code 5694d08a" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update code 5694d08a";


--
-- Name: cases   pgseal after update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update doc 139d544b" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update doc 139d544b";


--
-- Name: cases   pgseal after update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update fee b80cdaae" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update fee b80cdaae";


--
-- Name: cases   pgseal after update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ident e77c4b3f" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ident e77c4b3f";


--
-- Name: cases   pgseal after update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update instant 618dc583" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update instant 618dc583";


--
-- Name: cases   pgseal after update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update moment 72110207" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update moment 72110207";


--
-- Name: cases   pgseal after update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update note edb46562" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update note edb46562";


--
-- Name: cases   pgseal after update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update nothing 1785cfc3" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update nothing 1785cfc3";


--
-- Name: cases   pgseal after update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ratio 2f04a79e" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ratio 2f04a79e";


--
-- Name: cases   pgseal after update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update raw d7439bee" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update raw d7439bee";


--
-- Name: cases   pgseal after update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update tags 978c2f89" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update tags 978c2f89";


--
-- Name: cases   pgseal after update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update void 445be54d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update void 445be54d";


--
-- Name: cases   pgseal after update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update whole 5d5766cf" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update whole 5d5766cf";


--
-- Name: cases   pgseal after update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update yes 8a798890" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update yes 8a798890";


--
-- Name: cases   pgseal before insert big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert big 2a21fe6d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert big 2a21fe6d";


--
-- Name: notes   pgseal before insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert body 230d8358" BEFORE INSERT ON public.notes FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before insert body 230d8358";


--
-- Name: cases   pgseal before insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert born 08229637" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert born 08229637";


--
-- Name: cases   pgseal before insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert code 5694d08a" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert code 5694d08a";


--
-- Name: cases   pgseal before insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert doc 139d544b" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert doc 139d544b";


--
-- Name: cases   pgseal before insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert fee b80cdaae" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert fee b80cdaae";


--
-- Name: cases   pgseal before insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ident e77c4b3f" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ident e77c4b3f";


--
-- Name: cases   pgseal before insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert instant 618dc583" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert instant 618dc583";


--
-- Name: cases   pgseal before insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert moment 72110207" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert moment 72110207";


--
-- Name: cases   pgseal before insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert note edb46562" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert note edb46562";


--
-- Name: cases   pgseal before insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert nothing 1785cfc3" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert nothing 1785cfc3";


--
-- Name: cases   pgseal before insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ratio 2f04a79e" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ratio 2f04a79e";


--
-- Name: cases   pgseal before insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert raw d7439bee" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert raw d7439bee";


--
-- Name: cases   pgseal before insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert tags 978c2f89" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert tags 978c2f89";


--
-- Name: cases   pgseal before insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert void 445be54d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert void 445be54d";


--
-- Name: cases   pgseal before insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert whole 5d5766cf" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert whole 5d5766cf";


--
-- Name: cases   pgseal before insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert yes 8a798890" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert yes 8a798890";


--
-- Name: cases   pgseal before update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update big 2a21fe6d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update big 2a21fe6d";


--
-- Name: notes   pgseal before update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update body 230d8358" BEFORE UPDATE ON public.notes FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before update body 230d8358";


--
-- Name: cases   pgseal before update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update born 08229637" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update born 08229637";


--
-- Name: cases   pgseal before update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update code 5694d08a" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update code 5694d08a";


--
-- Name: cases   pgseal before update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update doc 139d544b" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update doc 139d544b";


--
-- Name: cases   pgseal before update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update fee b80cdaae" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update fee b80cdaae";


--
-- Name: cases   pgseal before update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ident e77c4b3f" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ident e77c4b3f";


--
-- Name: cases   pgseal before update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update instant 618dc583" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update instant 618dc583";


--
-- Name: cases   pgseal before update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update moment 72110207" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update moment 72110207";


--
-- Name: cases   pgseal before update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update note edb46562" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update note edb46562";


--
-- Name: cases   pgseal before update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update nothing 1785cfc3" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update nothing 1785cfc3";


--
-- Name: cases   pgseal before update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ratio 2f04a79e" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ratio 2f04a79e";


--
-- Name: cases   pgseal before update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update raw d7439bee" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update raw d7439bee";


--
-- Name: cases   pgseal before update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update tags 978c2f89" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update tags 978c2f89";


--
-- Name: cases   pgseal before update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update void 445be54d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ab_D'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ar_D'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update void 445be54d";


--
-- Name: cases   pgseal before update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update whole 5d5766cf" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update whole 5d5766cf";


--
-- Name: cases   pgseal before update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update yes 8a798890" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x01bfc3'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02bfc3'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

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

\unrestrict Vxt2ljtIdmkiuZazgmUEfuiPebq17balJFm1H7L9fc1Tt6sZ9e1jTQLKZGjpVyw

