--
-- PostgreSQL database dump
--

\restrict 1DzvdHl091HlB6RbuiUDRMJpogOmbtyRiTbGYSxGJzaKQiYnWiPnh8c04fBE14G

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
    CONSTRAINT pgseal_sealed_big_2a21fe6d CHECK ((((substr(big, 1, 3) = '\x01da3f'::bytea) AND (octet_length(big) >= 47)) OR ((substr(big, 1, 3) = '\x02da3f'::bytea) AND (octet_length(big) >= 35)))),
    CONSTRAINT pgseal_sealed_born_08229637 CHECK ((((substr(born, 1, 3) = '\x01da3f'::bytea) AND (octet_length(born) >= 47)) OR ((substr(born, 1, 3) = '\x02da3f'::bytea) AND (octet_length(born) >= 35)))),
    CONSTRAINT pgseal_sealed_code_5694d08a CHECK (((((substr(code, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(code) >= 68)) OR (((substr(code, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(code) >= 52)))),
    CONSTRAINT pgseal_sealed_doc_139d544b CHECK ((((substr(doc, 1, 3) = '\x01da3f'::bytea) AND (octet_length(doc) >= 47)) OR ((substr(doc, 1, 3) = '\x02da3f'::bytea) AND (octet_length(doc) >= 35)))),
    CONSTRAINT pgseal_sealed_fee_b80cdaae CHECK ((((substr(fee, 1, 3) = '\x01da3f'::bytea) AND (octet_length(fee) >= 47)) OR ((substr(fee, 1, 3) = '\x02da3f'::bytea) AND (octet_length(fee) >= 35)))),
    CONSTRAINT pgseal_sealed_ident_e77c4b3f CHECK ((((substr(ident, 1, 3) = '\x01da3f'::bytea) AND (octet_length(ident) >= 47)) OR ((substr(ident, 1, 3) = '\x02da3f'::bytea) AND (octet_length(ident) >= 35)))),
    CONSTRAINT pgseal_sealed_instant_618dc583 CHECK ((((substr(instant, 1, 3) = '\x01da3f'::bytea) AND (octet_length(instant) >= 47)) OR ((substr(instant, 1, 3) = '\x02da3f'::bytea) AND (octet_length(instant) >= 35)))),
    CONSTRAINT pgseal_sealed_moment_72110207 CHECK ((((substr(moment, 1, 3) = '\x01da3f'::bytea) AND (octet_length(moment) >= 47)) OR ((substr(moment, 1, 3) = '\x02da3f'::bytea) AND (octet_length(moment) >= 35)))),
    CONSTRAINT pgseal_sealed_note_edb46562 CHECK (((((substr(note, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(note) >= 68)) OR (((substr(note, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(note) >= 52)))),
    CONSTRAINT pgseal_sealed_nothing_1785cfc3 CHECK (((((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(nothing) >= 68)) OR (((substr(nothing, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(nothing) >= 52)))),
    CONSTRAINT pgseal_sealed_ratio_2f04a79e CHECK ((((substr(ratio, 1, 3) = '\x01da3f'::bytea) AND (octet_length(ratio) >= 47)) OR ((substr(ratio, 1, 3) = '\x02da3f'::bytea) AND (octet_length(ratio) >= 35)))),
    CONSTRAINT pgseal_sealed_raw_d7439bee CHECK ((((substr(raw, 1, 3) = '\x01da3f'::bytea) AND (octet_length(raw) >= 47)) OR ((substr(raw, 1, 3) = '\x02da3f'::bytea) AND (octet_length(raw) >= 35)))),
    CONSTRAINT pgseal_sealed_tags_978c2f89 CHECK ((((substr(tags, 1, 3) = '\x01da3f'::bytea) AND (octet_length(tags) >= 47)) OR ((substr(tags, 1, 3) = '\x02da3f'::bytea) AND (octet_length(tags) >= 35)))),
    CONSTRAINT pgseal_sealed_void_445be54d CHECK (((((substr(void, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(void) >= 68)) OR (((substr(void, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(void) >= 52)))),
    CONSTRAINT pgseal_sealed_whole_5d5766cf CHECK ((((substr(whole, 1, 3) = '\x01da3f'::bytea) AND (octet_length(whole) >= 47)) OR ((substr(whole, 1, 3) = '\x02da3f'::bytea) AND (octet_length(whole) >= 35)))),
    CONSTRAINT pgseal_sealed_yes_8a798890 CHECK ((((substr(yes, 1, 3) = '\x01da3f'::bytea) AND (octet_length(yes) >= 47)) OR ((substr(yes, 1, 3) = '\x02da3f'::bytea) AND (octet_length(yes) >= 35))))
);


ALTER TABLE public.cases OWNER TO postgres;

--
-- Name: notes; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.notes (
    id bigint NOT NULL,
    firm text NOT NULL,
    body text,
    CONSTRAINT pgseal_sealed_body_230d8358 CHECK (((((substr(body, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(body) >= 68)) OR (((substr(body, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(body) >= 52))))
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
c8d26e1b-914a-49d5-b10c-3529f4e1decb	done			encrypt	verifying	1	16396	{}	none		root@vm	0	40	40	0	40	40	40	\\x764ed678e49adeed0128914fdba80c472d08655f107b1cdc9a0828c8f037ccf2	\\x764ed678e49adeed0128914fdba80c472d08655f107b1cdc9a0828c8f037ccf2	2026-11-26 21:50:48.200268+00	2026-11-26 21:50:49.378494+00	2026-11-26 21:50:49.37829+00	5	\\xe033c8aa56ff024f6ab1a649c20fcffb03deeec5a00753b138ae2e41db5ca681
\.


--
-- Data for Name: column_pin; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_pin (tenant, column_id, key_number, created_at, version, mac) FROM stdin;
360b2cba-add6-4c3b-b203-a6568b8c1f32	\\x0000000670677365616c0000000373756d000000206338643236653162393134613439643562313063333532396634653164656362	863854008	2026-11-26 21:50:48.85351+00	1	\\x7dcbe5d7f0b221496cc34050573853ab5dafa5177e9f02fdff9d24ac5a719daf
27af1ff4-57f7-42f9-91b9-f0e64f4add58	\\x0000000670677365616c0000000373756d000000206338643236653162393134613439643562313063333532396634653164656362	244978412	2026-11-26 21:50:48.869445+00	1	\\x1493a9b4cb715d32ac2bd286e4ac1a8c0e69b81860e750717f3a2e43ab9ebc84
27af1ff4-57f7-42f9-91b9-f0e64f4add58	\\x000000067075626c696300000005636173657300000004636f6465	244978412	2026-11-26 21:50:51.479601+00	1	\\x69d04ab2165fbb9c3ffb2b0af30c6ec972f38e0f4d73b8628ee6a119b016a5bd
27af1ff4-57f7-42f9-91b9-f0e64f4add58	\\x000000067075626c696300000005636173657300000003626967	244978412	2026-11-26 21:50:51.480475+00	1	\\x89d478a109a55d00b6d5875bf13e5896d8ad72081582e8eefef6c6538ffaebd3
27af1ff4-57f7-42f9-91b9-f0e64f4add58	\\x000000067075626c696300000005636173657300000003666565	244978412	2026-11-26 21:50:51.489967+00	1	\\x3a34ce9ca43d3e14bec49a02541f99fb298c488e5d8997f717f9b52ea0f8e946
27af1ff4-57f7-42f9-91b9-f0e64f4add58	\\x000000067075626c696300000005636173657300000003796573	244978412	2026-11-26 21:50:51.490887+00	1	\\x38f56bc8222479725de03eb7cfa6042092780732e28a5450564005ba6a70e9c1
27af1ff4-57f7-42f9-91b9-f0e64f4add58	\\x000000067075626c696300000005636173657300000004626f726e	244978412	2026-11-26 21:50:51.494537+00	1	\\xffc3b0a604d9a06118b83e379a88183da839c8a23bc6aae17cd46927ce55b1ba
27af1ff4-57f7-42f9-91b9-f0e64f4add58	\\x000000067075626c696300000005636173657300000007696e7374616e74	244978412	2026-11-26 21:50:51.510413+00	1	\\x1b9ffbc5d63400aa118568f33e6eca726284f008858c8b86a2be16aa3a1001c6
27af1ff4-57f7-42f9-91b9-f0e64f4add58	\\x000000067075626c6963000000056361736573000000056964656e74	244978412	2026-11-26 21:50:51.511883+00	1	\\xa415175bc50274d1fa785e80e60a8c991cdd30b10054120cd942597bb1c93fcc
27af1ff4-57f7-42f9-91b9-f0e64f4add58	\\x000000067075626c696300000005636173657300000003726177	244978412	2026-11-26 21:50:51.516065+00	1	\\x3d0a04b235774c732806bd0354163a2bc24b291e1434616e06276d0931cc07a2
360b2cba-add6-4c3b-b203-a6568b8c1f32	\\x000000067075626c696300000005636173657300000004636f6465	863854008	2026-11-26 21:50:51.631343+00	1	\\xf53e864a1beabe4cef62e30f1f72275a36f816acb96fde39f7ab18dcf277db04
360b2cba-add6-4c3b-b203-a6568b8c1f32	\\x000000067075626c696300000005636173657300000003626967	863854008	2026-11-26 21:50:51.632668+00	1	\\x1f6b16aa2ba91d6a17c24ed295420f8c4ce7feda53a59572989340ac183710e8
360b2cba-add6-4c3b-b203-a6568b8c1f32	\\x000000067075626c696300000005636173657300000003666565	863854008	2026-11-26 21:50:51.636391+00	1	\\x00d741f75041f7678197dd8d4686a448b43bff68986876069ccd4ee4fe33903b
360b2cba-add6-4c3b-b203-a6568b8c1f32	\\x000000067075626c696300000005636173657300000003796573	863854008	2026-11-26 21:50:51.639687+00	1	\\xf85c6077b2a6f71809ac2adb3aa58f3b95cb8d59a2d96a9664b46602f4fc7359
360b2cba-add6-4c3b-b203-a6568b8c1f32	\\x000000067075626c696300000005636173657300000004626f726e	863854008	2026-11-26 21:50:51.643453+00	1	\\x01228c9ced379548a48baea74a55fccbfa00725a5300b46f84f37fb887aa783c
360b2cba-add6-4c3b-b203-a6568b8c1f32	\\x000000067075626c696300000005636173657300000007696e7374616e74	863854008	2026-11-26 21:50:51.644192+00	1	\\x5fd4f39a86c4b82f17022b800f00d790a3f01584669a1897c82e5ac752841aee
360b2cba-add6-4c3b-b203-a6568b8c1f32	\\x000000067075626c6963000000056361736573000000056964656e74	863854008	2026-11-26 21:50:51.646153+00	1	\\xbca9e23cd28a033a200b32f3ae2e7bac97420e970d2e3def9e839bbc446faf2f
360b2cba-add6-4c3b-b203-a6568b8c1f32	\\x000000067075626c696300000005636173657300000003726177	863854008	2026-11-26 21:50:51.656803+00	1	\\xf1daa13b61a095bffc268d3c3dcfa818d2845f62ff007883dd6f9d11591419c3
\.


--
-- Data for Name: column_state; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.column_state (id, schema_name, table_name, column_name, origin, relation, attnum, column_id, family, type_oid, typmod, mode, domain, "normalize", unicode, pad, state, wanted, next_mode, before, scrubbed_at, retired, changed_at, version, mac) FROM stdin;
18bbd974-fc7b-49a4-b41c-fc79925d1179	public	cases	nothing	7712600896958139933/16386	16387	5	\\x000000067075626c6963000000056361736573000000076e6f7468696e67	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:45.573239+00	4	\\xceaf0ae617ee3f7f0b3959b11dcbff1b220451e0795b8a9b8ec88f4eded774f6
3fffaf48-2e97-4ee5-b168-86bec0cad2fb	public	cases	ratio	7712600896958139933/16386	16387	10	\\x000000067075626c696300000005636173657300000005726174696f	float8	701	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:45.85684+00	4	\\x32880204151e651a5ec0928d24c092c7c9ea845596eeff11abc90c7597ef84aa
baf496bd-778b-40eb-9e25-2357bf9b7d88	public	cases	raw	7712600896958139933/16386	16387	16	\\x000000067075626c696300000005636173657300000003726177	bytea	17	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:46.189771+00	4	\\x6956c5b59ca16b0ec38fda983c372f985be6b7c4040fb2d1b059699223d8d97e
dfb52fbe-3c60-415a-936f-f872ee539f5c	public	cases	tags	7712600896958139933/16386	16387	18	\\x000000067075626c69630000000563617365730000000474616773	text[]	1009	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:46.356313+00	4	\\x79eca675aa0854470a216f1a484bca193c6a6a54b038d4a057d6033ba4b11c47
7bc3a4e3-cdd8-4a2c-add1-77b9328e4509	public	cases	void	7712600896958139933/16386	16387	4	\\x000000067075626c696300000005636173657300000004766f6964	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:46.544587+00	4	\\xbd7eeeab12ecbc4c7b6760c0aadf475085be9b5a28783cea57dd125ca9c40d38
f17cff28-992c-4144-8015-2335cada9ac2	public	cases	whole	7712600896958139933/16386	16387	7	\\x000000067075626c69630000000563617365730000000577686f6c65	integer	23	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:46.947669+00	4	\\x6158fd79d6871070af4c731055622e237219fd2fa5ef55f63a1f70f86ad93fc5
aecf8ee4-a810-4bf0-830b-182c5c6e80ec	public	cases	yes	7712600896958139933/16386	16387	11	\\x000000067075626c696300000005636173657300000003796573	boolean	16	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:47.130064+00	4	\\xfe47c650846def00c1cc5ccdb455acb3a7594d6a7fae49c41964de942a6c4339
c8d26e1b-914a-49d5-b10c-3529f4e1decb	public	notes	body	7712600896958139933/16386	16395	3	\\x000000067075626c6963000000056e6f74657300000004626f6479	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:49.230977+00	4	\\xd5eb82f35fc08e79f76fbf689f31f2d676602b2e997e301825d44419e93a6a2a
c75b9dd1-e296-4006-8d84-c19db078c868	public	cases	big	7712600896958139933/16386	16387	8	\\x000000067075626c696300000005636173657300000003626967	integer	20	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:44.168799+00	4	\\xce26bcd7cb4c4d9c9a7b1edb71862229883e490cbd382b948f1fd0c68fd7e1c8
1f80b4e3-b74b-4ba5-abc9-fce69a6254c5	public	cases	born	7712600896958139933/16386	16387	12	\\x000000067075626c696300000005636173657300000004626f726e	date	1082	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:44.359398+00	4	\\x32ed079e5f7503cf044eb5a2a0cbdcd9f4a81289aa3bbff209e614aafec84986
2fb2f88b-d471-49e3-bd47-8fd10788fc8e	public	cases	code	7712600896958139933/16386	16387	6	\\x000000067075626c696300000005636173657300000004636f6465	text	1043	34	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:44.497989+00	4	\\x8dea141a8c1e92d711ae1cca91b45ebf082f8aed6422dd6e5086c50ed06102ac
4ca9ba23-44d6-43f0-9ee3-07515af7a0e0	public	cases	doc	7712600896958139933/16386	16387	17	\\x000000067075626c696300000005636173657300000003646f63	jsonb	3802	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:44.629868+00	4	\\xe1c6e7c03ffc7507367bb60ea8a2da38bf03aa8dcb21495e15a93b1d05d3078e
49a0c0ed-8252-4f4e-90a5-505da79076af	public	cases	fee	7712600896958139933/16386	16387	9	\\x000000067075626c696300000005636173657300000003666565	numeric	1700	524294	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:44.840588+00	4	\\xf3300b509b7a745161ea9b8035783e039d428193e59a008a85279b8503a0259b
d69e67d2-0f4e-49a6-a759-eecdead33596	public	cases	ident	7712600896958139933/16386	16387	15	\\x000000067075626c6963000000056361736573000000056964656e74	uuid	2950	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:45.015502+00	4	\\xa94ca17a5a1049bd2a1a585a23bfcebf7f2d8503f2885139319d6f6e7a3fb4e5
2475a12c-78be-4de9-927e-e98ce10b5984	public	cases	instant	7712600896958139933/16386	16387	14	\\x000000067075626c696300000005636173657300000007696e7374616e74	timestamptz	1184	-1	2		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:45.177342+00	4	\\xc69297f2321b1aaa3cd325509a2750208b4835b09d4646e5850907533016e6d9
db354508-bb9c-409d-a96c-e09b8340ee27	public	cases	moment	7712600896958139933/16386	16387	13	\\x000000067075626c6963000000056361736573000000066d6f6d656e74	timestamp	1114	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:45.319663+00	4	\\x3afec2d42d0c847bfca19080270ca56436bbe9da10a691330241e11dda8066fa
5ba5cbf1-7154-436d-bdf1-11a6ee60d836	public	cases	note	7712600896958139933/16386	16387	3	\\x000000067075626c6963000000056361736573000000046e6f7465	text	25	-1	1		{}		0	sealed		0	{}	\N	f	2026-11-26 21:50:45.473881+00	4	\\x0400e79c15fe1f5ff5241105bc398f48a2f281a24a75f425ee1994aa17846d2b
\.


--
-- Data for Name: data_key; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.data_key (key_number, tenant, wrapped_by, wrapped, key_arn, material_id, created_at, version, mac) FROM stdin;
863854008	360b2cba-add6-4c3b-b203-a6568b8c1f32	\N	\\x0140928b67aa1c7478a30d817458ebe7278e1dab3be70393ba2afaa6e98d21e9d32be7b01685d833678da2d658dd9d90204b4881cd4cb2e6f2d00e6a0f	local:master.key	35e20d47270e5374	2026-11-26 21:50:47.825945+00	1	\\x79c130838aaafbce178e2d82ba77443412f385fb0ed57f84d9fa31bdbfaf2a18
244978412	27af1ff4-57f7-42f9-91b9-f0e64f4add58	2884865974	\\x01032dde45303d831d8e5197d4a28b50399a1076ac71680396b49d13d9ddfbf7d4205ce83384af8afae2e0482825300214d174ff8e6125cd018f2f7a68	local:master.key		2026-11-26 21:50:47.758392+00	2	\\x382bbdea7f3782ddad0a4f43a92fd006cba6ee8668698edb5c69b14d22048769
2884865974	27af1ff4-57f7-42f9-91b9-f0e64f4add58	\N	\\x01ea92d01e9f9df6eccb28b1bb3c3c8c40b1185087b607ea74542adf98208be6e8a63b0c689eb177191f88b80488de6bca17b8f8ef3f71a3377e5c1350	local:master.key	35e20d47270e5374	2026-11-26 21:50:51.916895+00	1	\\x90e47e7264d8157734de639957ed622a9fe3569ce5ff753e9bf75b5e64d19dcc
\.


--
-- Data for Name: event; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event (writer, seq, epoch, at, tenant, kind, actor, detail, key_arn, requests, witness, previous, mac) FROM stdin;
162c9be0-195c-4d16-a6ce-8c72de00eed2	1	1	2026-11-26 21:50:41.379767+00	\N	policy in force	pgseal	f3ee24459d6f		{}	\\x	\\x	\\x622fba6e58dbe5bc8204cf87c87e3fea1d1ce358f12e7ea1dfc28ca289e4d1c8
162c9be0-195c-4d16-a6ce-8c72de00eed2	2	1	2026-11-26 21:50:41.536669+00	\N	column readable	pgseal	public.cases.big		{}	\\x	\\x622fba6e58dbe5bc8204cf87c87e3fea1d1ce358f12e7ea1dfc28ca289e4d1c8	\\x3caf6e44001d71fe689d1aec06838b5aaafed2b88d91fdc66d4c17ba53cc7391
162c9be0-195c-4d16-a6ce-8c72de00eed2	3	1	2026-11-26 21:50:41.56871+00	\N	column sealing	pgseal	public.cases.big		{}	\\x	\\x3caf6e44001d71fe689d1aec06838b5aaafed2b88d91fdc66d4c17ba53cc7391	\\xca729b173dabdc11a92a4bc4c6fda1e8182c0a5f343880696ffc4ff4d85c5a5a
162c9be0-195c-4d16-a6ce-8c72de00eed2	4	1	2026-11-26 21:50:41.646783+00	\N	guard function made	pgseal			{}	\\x	\\xca729b173dabdc11a92a4bc4c6fda1e8182c0a5f343880696ffc4ff4d85c5a5a	\\xf41b72be7b836847a9c3ee7cbb19679284e5aaff4273cb3aca0f20d6d5adb5cb
162c9be0-195c-4d16-a6ce-8c72de00eed2	5	1	2026-11-26 21:50:41.661264+00	\N	guard installed	pgseal	public.cases.big		{}	\\x	\\xf41b72be7b836847a9c3ee7cbb19679284e5aaff4273cb3aca0f20d6d5adb5cb	\\x8a4b34d86bf600c952d47318860e3ac7595faf4f846fdcb30788a3d8e3a51bc4
162c9be0-195c-4d16-a6ce-8c72de00eed2	6	1	2026-11-26 21:50:41.724832+00	\N	column readable	pgseal	public.cases.born		{}	\\x	\\x8a4b34d86bf600c952d47318860e3ac7595faf4f846fdcb30788a3d8e3a51bc4	\\x4898bb1268e1f92f741c90543a346ccc2891918338828fff946291058e9a332c
162c9be0-195c-4d16-a6ce-8c72de00eed2	7	1	2026-11-26 21:50:41.789423+00	\N	column sealing	pgseal	public.cases.born		{}	\\x	\\x4898bb1268e1f92f741c90543a346ccc2891918338828fff946291058e9a332c	\\x7a26e5a77cb687db160b75e5af09d3e6ae22f3af295ae5da1de598f49560556a
162c9be0-195c-4d16-a6ce-8c72de00eed2	8	1	2026-11-26 21:50:41.83102+00	\N	guard installed	pgseal	public.cases.born		{}	\\x	\\x7a26e5a77cb687db160b75e5af09d3e6ae22f3af295ae5da1de598f49560556a	\\x5753d1c0134e6a4d17f80b1ca65ba9f055f36a7a73780fb6e3fecfe0372d6174
162c9be0-195c-4d16-a6ce-8c72de00eed2	9	1	2026-11-26 21:50:41.900613+00	\N	column readable	pgseal	public.cases.code		{}	\\x	\\x5753d1c0134e6a4d17f80b1ca65ba9f055f36a7a73780fb6e3fecfe0372d6174	\\xdf3910edb710aaaba40c10ea79097af11e334eb6b1ea6c640570b9464e24a886
162c9be0-195c-4d16-a6ce-8c72de00eed2	10	1	2026-11-26 21:50:41.948858+00	\N	column sealing	pgseal	public.cases.code		{}	\\x	\\xdf3910edb710aaaba40c10ea79097af11e334eb6b1ea6c640570b9464e24a886	\\x452e5fcde82d33987f3290fbcb7c1a19b5eef7e5a2d7ec0641fca4120a54c35f
162c9be0-195c-4d16-a6ce-8c72de00eed2	11	1	2026-11-26 21:50:41.973649+00	\N	guard installed	pgseal	public.cases.code		{}	\\x	\\x452e5fcde82d33987f3290fbcb7c1a19b5eef7e5a2d7ec0641fca4120a54c35f	\\x516a7a5cf13cdd3f4ff876e9aa3949024f2f805d78e4b29d2adb870b5f0609fb
162c9be0-195c-4d16-a6ce-8c72de00eed2	12	1	2026-11-26 21:50:42.101112+00	\N	column readable	pgseal	public.cases.doc		{}	\\x	\\x516a7a5cf13cdd3f4ff876e9aa3949024f2f805d78e4b29d2adb870b5f0609fb	\\xe1c67394b3ca7e594f4662bc8a71c7ce1731a6fd38eccc8cfa5ae41b8c7a025f
162c9be0-195c-4d16-a6ce-8c72de00eed2	13	1	2026-11-26 21:50:42.142765+00	\N	column sealing	pgseal	public.cases.doc		{}	\\x	\\xe1c67394b3ca7e594f4662bc8a71c7ce1731a6fd38eccc8cfa5ae41b8c7a025f	\\xcc5a1cfc866651dcec6e29d8465da5af9a55f256eb8cdb8257f7cfb36dfe3460
162c9be0-195c-4d16-a6ce-8c72de00eed2	14	1	2026-11-26 21:50:42.174439+00	\N	guard installed	pgseal	public.cases.doc		{}	\\x	\\xcc5a1cfc866651dcec6e29d8465da5af9a55f256eb8cdb8257f7cfb36dfe3460	\\x3ad41c0657aa2d5b128651b99226a236597a5318c2c094869e1339c609f0be58
162c9be0-195c-4d16-a6ce-8c72de00eed2	15	1	2026-11-26 21:50:42.20556+00	\N	column readable	pgseal	public.cases.fee		{}	\\x	\\x3ad41c0657aa2d5b128651b99226a236597a5318c2c094869e1339c609f0be58	\\x61eb2634b90195864571c3062aad14afbc03307616dfdb38adfc796880212b9f
162c9be0-195c-4d16-a6ce-8c72de00eed2	16	1	2026-11-26 21:50:42.225969+00	\N	column sealing	pgseal	public.cases.fee		{}	\\x	\\x61eb2634b90195864571c3062aad14afbc03307616dfdb38adfc796880212b9f	\\x22c67f51ce86f21bd094896586fe492d3213e1f7c17b2cd41f411f38454647ca
162c9be0-195c-4d16-a6ce-8c72de00eed2	17	1	2026-11-26 21:50:42.30158+00	\N	guard installed	pgseal	public.cases.fee		{}	\\x	\\x22c67f51ce86f21bd094896586fe492d3213e1f7c17b2cd41f411f38454647ca	\\x2f21a87c39d59e4c364e6e80bde927f0f809028aad54ffc2e1e58caeb3ba4d98
162c9be0-195c-4d16-a6ce-8c72de00eed2	18	1	2026-11-26 21:50:42.388251+00	\N	column readable	pgseal	public.cases.ident		{}	\\x	\\x2f21a87c39d59e4c364e6e80bde927f0f809028aad54ffc2e1e58caeb3ba4d98	\\x14950d84325662bb7708f5c72e537561af14cd1b6125f9d02dacb81644b7aede
162c9be0-195c-4d16-a6ce-8c72de00eed2	19	1	2026-11-26 21:50:42.42906+00	\N	column sealing	pgseal	public.cases.ident		{}	\\x	\\x14950d84325662bb7708f5c72e537561af14cd1b6125f9d02dacb81644b7aede	\\xb1e75d8bcb0f9671b043ef8a3e4f8f399906ce41f3d2ba4e819396d0698f5313
162c9be0-195c-4d16-a6ce-8c72de00eed2	20	1	2026-11-26 21:50:42.479244+00	\N	guard installed	pgseal	public.cases.ident		{}	\\x	\\xb1e75d8bcb0f9671b043ef8a3e4f8f399906ce41f3d2ba4e819396d0698f5313	\\xa1f257711720c0107b4331961a9223a8a1234b97914848a6e23026da364f5098
162c9be0-195c-4d16-a6ce-8c72de00eed2	21	1	2026-11-26 21:50:42.539999+00	\N	column readable	pgseal	public.cases.instant		{}	\\x	\\xa1f257711720c0107b4331961a9223a8a1234b97914848a6e23026da364f5098	\\xd705f1572dbe010b591a2fdd097cbcae6b7276dfa6a8245cc5a8a171cd507e51
162c9be0-195c-4d16-a6ce-8c72de00eed2	22	1	2026-11-26 21:50:42.590459+00	\N	column sealing	pgseal	public.cases.instant		{}	\\x	\\xd705f1572dbe010b591a2fdd097cbcae6b7276dfa6a8245cc5a8a171cd507e51	\\x7b9b8bc27f057271f978afad01581524892e6704fe7d0369501d75974feb22ca
162c9be0-195c-4d16-a6ce-8c72de00eed2	23	1	2026-11-26 21:50:42.612905+00	\N	guard installed	pgseal	public.cases.instant		{}	\\x	\\x7b9b8bc27f057271f978afad01581524892e6704fe7d0369501d75974feb22ca	\\x8337e48614d2f657d90b3f0757eeb6c71f35a8f2f8a121e25d763181a877bd9e
162c9be0-195c-4d16-a6ce-8c72de00eed2	24	1	2026-11-26 21:50:42.678782+00	\N	column readable	pgseal	public.cases.moment		{}	\\x	\\x8337e48614d2f657d90b3f0757eeb6c71f35a8f2f8a121e25d763181a877bd9e	\\x9c666bfcbaf9bfac22cc47ac4668b4e8f8a64ed927c9b318785100f581271eff
162c9be0-195c-4d16-a6ce-8c72de00eed2	25	1	2026-11-26 21:50:42.724545+00	\N	column sealing	pgseal	public.cases.moment		{}	\\x	\\x9c666bfcbaf9bfac22cc47ac4668b4e8f8a64ed927c9b318785100f581271eff	\\xefd6fd07f97e09003ba05f07c7299d409192f55a4a4a74ea4c12f41a0987a82b
162c9be0-195c-4d16-a6ce-8c72de00eed2	26	1	2026-11-26 21:50:42.768578+00	\N	guard installed	pgseal	public.cases.moment		{}	\\x	\\xefd6fd07f97e09003ba05f07c7299d409192f55a4a4a74ea4c12f41a0987a82b	\\xbbebc78031013f04a1e964fc2b7066360858ecc1f11300840fba5da0e6e57443
162c9be0-195c-4d16-a6ce-8c72de00eed2	27	1	2026-11-26 21:50:42.865438+00	\N	column readable	pgseal	public.cases.note		{}	\\x	\\xbbebc78031013f04a1e964fc2b7066360858ecc1f11300840fba5da0e6e57443	\\x16d9399b312cd6d779e8382da94a9c3a76e81634f5b32812402f083239dcbcc5
162c9be0-195c-4d16-a6ce-8c72de00eed2	28	1	2026-11-26 21:50:42.870621+00	\N	column sealing	pgseal	public.cases.note		{}	\\x	\\x16d9399b312cd6d779e8382da94a9c3a76e81634f5b32812402f083239dcbcc5	\\x2c3bdb14aa5843faa9b45248ece0b88421c5e20554737187dfc503a2e2f3ea27
162c9be0-195c-4d16-a6ce-8c72de00eed2	29	1	2026-11-26 21:50:42.885849+00	\N	guard installed	pgseal	public.cases.note		{}	\\x	\\x2c3bdb14aa5843faa9b45248ece0b88421c5e20554737187dfc503a2e2f3ea27	\\xd923029b44006b4c94ecfa55bc4a39a4d6aa4bbb634059b22a2d23c52dd847d8
162c9be0-195c-4d16-a6ce-8c72de00eed2	30	1	2026-11-26 21:50:42.984299+00	\N	column readable	pgseal	public.cases.nothing		{}	\\x	\\xd923029b44006b4c94ecfa55bc4a39a4d6aa4bbb634059b22a2d23c52dd847d8	\\x049ec5e45d1979a49f7f5c394cdb7b23f839a976a35f7410dcf50ef0555ac6f1
162c9be0-195c-4d16-a6ce-8c72de00eed2	31	1	2026-11-26 21:50:42.994006+00	\N	column sealing	pgseal	public.cases.nothing		{}	\\x	\\x049ec5e45d1979a49f7f5c394cdb7b23f839a976a35f7410dcf50ef0555ac6f1	\\x462cd7c8da145f72634fc3987d20e1993099f40d14a2204ea73c16be97b4acb1
162c9be0-195c-4d16-a6ce-8c72de00eed2	32	1	2026-11-26 21:50:42.998109+00	\N	guard installed	pgseal	public.cases.nothing		{}	\\x	\\x462cd7c8da145f72634fc3987d20e1993099f40d14a2204ea73c16be97b4acb1	\\xc08249ac13e86a24aeb9a9c361bfa377d9dc2541cb7c08b14cbcafb839838efb
162c9be0-195c-4d16-a6ce-8c72de00eed2	33	1	2026-11-26 21:50:43.07267+00	\N	column readable	pgseal	public.cases.ratio		{}	\\x	\\xc08249ac13e86a24aeb9a9c361bfa377d9dc2541cb7c08b14cbcafb839838efb	\\x5f654b41b233055852d4dca59793f14228d2f4e881b893ab08adf0796b3bd193
162c9be0-195c-4d16-a6ce-8c72de00eed2	34	1	2026-11-26 21:50:43.107727+00	\N	column sealing	pgseal	public.cases.ratio		{}	\\x	\\x5f654b41b233055852d4dca59793f14228d2f4e881b893ab08adf0796b3bd193	\\x0c0ac74f36a17f2292677afb6c220e0386e8d802559d41ec85be994e7ca01ff7
162c9be0-195c-4d16-a6ce-8c72de00eed2	35	1	2026-11-26 21:50:43.141149+00	\N	guard installed	pgseal	public.cases.ratio		{}	\\x	\\x0c0ac74f36a17f2292677afb6c220e0386e8d802559d41ec85be994e7ca01ff7	\\xdc117e28d459de5021310274ac061366438e812025c5607c499c23a59204b47f
162c9be0-195c-4d16-a6ce-8c72de00eed2	36	1	2026-11-26 21:50:43.199368+00	\N	column readable	pgseal	public.cases.raw		{}	\\x	\\xdc117e28d459de5021310274ac061366438e812025c5607c499c23a59204b47f	\\x78c10a35b6c9de6cb29fc41101853bf68869838eed2b7d6219f4532fc2f535f6
162c9be0-195c-4d16-a6ce-8c72de00eed2	37	1	2026-11-26 21:50:43.207322+00	\N	column sealing	pgseal	public.cases.raw		{}	\\x	\\x78c10a35b6c9de6cb29fc41101853bf68869838eed2b7d6219f4532fc2f535f6	\\xe5a1e8a63bf039b753cca9e74eae78dfa24c3ac198035ea255ec0ab23b43f5cf
162c9be0-195c-4d16-a6ce-8c72de00eed2	38	1	2026-11-26 21:50:43.2093+00	\N	guard installed	pgseal	public.cases.raw		{}	\\x	\\xe5a1e8a63bf039b753cca9e74eae78dfa24c3ac198035ea255ec0ab23b43f5cf	\\x724916d92f9af3bc9ade6775bf86cc31771b47356518e3ff16dca5accd932680
162c9be0-195c-4d16-a6ce-8c72de00eed2	39	1	2026-11-26 21:50:43.283288+00	\N	column readable	pgseal	public.cases.tags		{}	\\x	\\x724916d92f9af3bc9ade6775bf86cc31771b47356518e3ff16dca5accd932680	\\xbe23eb82be65bef46331fd03833f9368095c7ad928c10a468c614c446128f8fb
162c9be0-195c-4d16-a6ce-8c72de00eed2	40	1	2026-11-26 21:50:43.322297+00	\N	column sealing	pgseal	public.cases.tags		{}	\\x	\\xbe23eb82be65bef46331fd03833f9368095c7ad928c10a468c614c446128f8fb	\\x1ae6a0b2dc6a85a5178504c791bbf5cf0d2715f30811b09ee69b3dee9089ba86
162c9be0-195c-4d16-a6ce-8c72de00eed2	41	1	2026-11-26 21:50:43.353543+00	\N	guard installed	pgseal	public.cases.tags		{}	\\x	\\x1ae6a0b2dc6a85a5178504c791bbf5cf0d2715f30811b09ee69b3dee9089ba86	\\xc7d0b0b87bced3f695dc8726c82d7377c564f4b2b78aad07693f553530c65d40
162c9be0-195c-4d16-a6ce-8c72de00eed2	42	1	2026-11-26 21:50:43.461684+00	\N	column readable	pgseal	public.cases.void		{}	\\x	\\xc7d0b0b87bced3f695dc8726c82d7377c564f4b2b78aad07693f553530c65d40	\\xca2cd577f15f48fa81ebcac1c99a7e771a2acc30dba8903fe30fa6715ca32658
162c9be0-195c-4d16-a6ce-8c72de00eed2	43	1	2026-11-26 21:50:43.462464+00	\N	column sealing	pgseal	public.cases.void		{}	\\x	\\xca2cd577f15f48fa81ebcac1c99a7e771a2acc30dba8903fe30fa6715ca32658	\\xd92b682daef314debcd4bf5f5f744f1d3e4995a59fbdc281c9ff23e85e3e8831
162c9be0-195c-4d16-a6ce-8c72de00eed2	44	1	2026-11-26 21:50:43.466004+00	\N	guard installed	pgseal	public.cases.void		{}	\\x	\\xd92b682daef314debcd4bf5f5f744f1d3e4995a59fbdc281c9ff23e85e3e8831	\\xa2f5d0506213364fb2a81072d658ff7fb424278bb186872b072405f183f5af15
162c9be0-195c-4d16-a6ce-8c72de00eed2	45	1	2026-11-26 21:50:43.562044+00	\N	column readable	pgseal	public.cases.whole		{}	\\x	\\xa2f5d0506213364fb2a81072d658ff7fb424278bb186872b072405f183f5af15	\\x80eeb1fbe4ace494708ae70a436231e739fd092202d1e6149227403e33d3bb00
162c9be0-195c-4d16-a6ce-8c72de00eed2	46	1	2026-11-26 21:50:43.607651+00	\N	column sealing	pgseal	public.cases.whole		{}	\\x	\\x80eeb1fbe4ace494708ae70a436231e739fd092202d1e6149227403e33d3bb00	\\xf77a7960214062b7ec642f48a62352781890e4e0cea736fb95f3e44db66e46e7
162c9be0-195c-4d16-a6ce-8c72de00eed2	47	1	2026-11-26 21:50:43.654559+00	\N	guard installed	pgseal	public.cases.whole		{}	\\x	\\xf77a7960214062b7ec642f48a62352781890e4e0cea736fb95f3e44db66e46e7	\\xe94f1007a9b001572670aaa1d1dfcc7962796ecf3e5a6336bd92a8c396a4d741
162c9be0-195c-4d16-a6ce-8c72de00eed2	48	1	2026-11-26 21:50:43.735071+00	\N	column readable	pgseal	public.cases.yes		{}	\\x	\\xe94f1007a9b001572670aaa1d1dfcc7962796ecf3e5a6336bd92a8c396a4d741	\\x8b9dcccff05e266fcc6f2c15723b55c71a71056195b6ca8620c4911c6c850a27
162c9be0-195c-4d16-a6ce-8c72de00eed2	49	1	2026-11-26 21:50:43.78284+00	\N	column sealing	pgseal	public.cases.yes		{}	\\x	\\x8b9dcccff05e266fcc6f2c15723b55c71a71056195b6ca8620c4911c6c850a27	\\x33fcd111d4f801a717e649fae39dac252fefcaeb435731f72cba53e8f340ff36
162c9be0-195c-4d16-a6ce-8c72de00eed2	50	1	2026-11-26 21:50:43.840011+00	\N	guard installed	pgseal	public.cases.yes		{}	\\x	\\x33fcd111d4f801a717e649fae39dac252fefcaeb435731f72cba53e8f340ff36	\\x4e90a6eb49a1d47e6790a0d477598fcbc27aaade0d51b3fe6fa589ab36c2c611
162c9be0-195c-4d16-a6ce-8c72de00eed2	51	1	2026-11-26 21:50:43.923536+00	\N	column readable	pgseal	public.notes.body		{}	\\x	\\x4e90a6eb49a1d47e6790a0d477598fcbc27aaade0d51b3fe6fa589ab36c2c611	\\xc1aa6a2ba7decaff44f8259951c7801b9fd1050bb2a33611562291089080c48a
162c9be0-195c-4d16-a6ce-8c72de00eed2	52	1	2026-11-26 21:50:43.955136+00	\N	column sealing	pgseal	public.notes.body		{}	\\x	\\xc1aa6a2ba7decaff44f8259951c7801b9fd1050bb2a33611562291089080c48a	\\x9a0785358b3d0128a93ca3dfcc5829c09af2c627552146dffff789d01b482c19
162c9be0-195c-4d16-a6ce-8c72de00eed2	53	1	2026-11-26 21:50:43.958853+00	\N	guard installed	pgseal	public.notes.body		{}	\\x	\\x9a0785358b3d0128a93ca3dfcc5829c09af2c627552146dffff789d01b482c19	\\xd794556a2cb6be0ad94d616463e849c0ff38600a343ab610ba929ba091de183d
162c9be0-195c-4d16-a6ce-8c72de00eed2	54	1	2026-11-26 21:50:44.168799+00	\N	column sealed	pgseal	public.cases.big		{}	\\x	\\xd794556a2cb6be0ad94d616463e849c0ff38600a343ab610ba929ba091de183d	\\x27f2bcc29c892246a8f8cc30f90dda989b0f93446754b26d9ef109028267a3a5
162c9be0-195c-4d16-a6ce-8c72de00eed2	55	1	2026-11-26 21:50:44.359398+00	\N	column sealed	pgseal	public.cases.born		{}	\\x	\\x27f2bcc29c892246a8f8cc30f90dda989b0f93446754b26d9ef109028267a3a5	\\x3c2a9ae67cd63062e23d12cb45336e8e8ae6fefc5a3125d59d19828e73494746
162c9be0-195c-4d16-a6ce-8c72de00eed2	56	1	2026-11-26 21:50:44.497989+00	\N	column sealed	pgseal	public.cases.code		{}	\\x	\\x3c2a9ae67cd63062e23d12cb45336e8e8ae6fefc5a3125d59d19828e73494746	\\x95067a844611130cd42fe1757a98e51e30fe8b45dc92fb07a2d969510230d6a0
162c9be0-195c-4d16-a6ce-8c72de00eed2	57	1	2026-11-26 21:50:44.629868+00	\N	column sealed	pgseal	public.cases.doc		{}	\\x	\\x95067a844611130cd42fe1757a98e51e30fe8b45dc92fb07a2d969510230d6a0	\\x1368cb4b1af833374b79cc6294bcaab76e0b134892d655c8a611882ce5833b57
162c9be0-195c-4d16-a6ce-8c72de00eed2	58	1	2026-11-26 21:50:44.840588+00	\N	column sealed	pgseal	public.cases.fee		{}	\\x	\\x1368cb4b1af833374b79cc6294bcaab76e0b134892d655c8a611882ce5833b57	\\xa6f0846f0d6a9ee4c1613db6ac56f6c4e5dd4e5d450de53088eca4f02299f218
162c9be0-195c-4d16-a6ce-8c72de00eed2	59	1	2026-11-26 21:50:45.015502+00	\N	column sealed	pgseal	public.cases.ident		{}	\\x	\\xa6f0846f0d6a9ee4c1613db6ac56f6c4e5dd4e5d450de53088eca4f02299f218	\\xcf109d33a575fa6ec743c9cfd024991939c4b2778d5002b78b581e933ab10a5a
162c9be0-195c-4d16-a6ce-8c72de00eed2	60	1	2026-11-26 21:50:45.177342+00	\N	column sealed	pgseal	public.cases.instant		{}	\\x	\\xcf109d33a575fa6ec743c9cfd024991939c4b2778d5002b78b581e933ab10a5a	\\xe7062147e64d89a88a7b7cdee48c971bdc88afebd9f7f026ac6fa04298561b59
162c9be0-195c-4d16-a6ce-8c72de00eed2	61	1	2026-11-26 21:50:45.319663+00	\N	column sealed	pgseal	public.cases.moment		{}	\\x	\\xe7062147e64d89a88a7b7cdee48c971bdc88afebd9f7f026ac6fa04298561b59	\\xffe2be32d3b285dffa3ae157c14774a8629982d8eff9648700e095156316e60b
162c9be0-195c-4d16-a6ce-8c72de00eed2	62	1	2026-11-26 21:50:45.473881+00	\N	column sealed	pgseal	public.cases.note		{}	\\x	\\xffe2be32d3b285dffa3ae157c14774a8629982d8eff9648700e095156316e60b	\\xfdeedb241967ff111392b913e58d048ec3982d75140f5f76e68a83c36e17d977
162c9be0-195c-4d16-a6ce-8c72de00eed2	63	1	2026-11-26 21:50:45.573239+00	\N	column sealed	pgseal	public.cases.nothing		{}	\\x	\\xfdeedb241967ff111392b913e58d048ec3982d75140f5f76e68a83c36e17d977	\\x18407e5672f921a97b20c574fd1f57cc1e30652bedf614596920f3cb459680a2
162c9be0-195c-4d16-a6ce-8c72de00eed2	64	1	2026-11-26 21:50:45.85684+00	\N	column sealed	pgseal	public.cases.ratio		{}	\\x	\\x18407e5672f921a97b20c574fd1f57cc1e30652bedf614596920f3cb459680a2	\\x2fcb1479c63622bf0340108b9e4cc9c87f42cb72f54f44fa3caf1e0a56aa9927
162c9be0-195c-4d16-a6ce-8c72de00eed2	65	1	2026-11-26 21:50:46.189771+00	\N	column sealed	pgseal	public.cases.raw		{}	\\x	\\x2fcb1479c63622bf0340108b9e4cc9c87f42cb72f54f44fa3caf1e0a56aa9927	\\xb491e9ba0c9956bc0695582766a7d8550371b8c5b705d0fbbb9428ba7f87cb73
162c9be0-195c-4d16-a6ce-8c72de00eed2	66	1	2026-11-26 21:50:46.356313+00	\N	column sealed	pgseal	public.cases.tags		{}	\\x	\\xb491e9ba0c9956bc0695582766a7d8550371b8c5b705d0fbbb9428ba7f87cb73	\\x4a92fbdfa60153fdfeec139e88943ed324d081becc5852c430f8f05552478a9e
162c9be0-195c-4d16-a6ce-8c72de00eed2	67	1	2026-11-26 21:50:46.544587+00	\N	column sealed	pgseal	public.cases.void		{}	\\x	\\x4a92fbdfa60153fdfeec139e88943ed324d081becc5852c430f8f05552478a9e	\\x467043a48b870c383bea23c05367076a087654358a0ee2c4396bf60ba438d0e0
162c9be0-195c-4d16-a6ce-8c72de00eed2	68	1	2026-11-26 21:50:46.947669+00	\N	column sealed	pgseal	public.cases.whole		{}	\\x	\\x467043a48b870c383bea23c05367076a087654358a0ee2c4396bf60ba438d0e0	\\x457ae67a88b565475ce1af82eb7e799158761fe3f94a5a4e79ee99bc3311121e
162c9be0-195c-4d16-a6ce-8c72de00eed2	69	1	2026-11-26 21:50:47.130064+00	\N	column sealed	pgseal	public.cases.yes		{}	\\x	\\x457ae67a88b565475ce1af82eb7e799158761fe3f94a5a4e79ee99bc3311121e	\\xef33141863c7f3ec5bdb7dd4354001599ab531398566797bffc7d55e221de64a
0af7cd4f-dd43-4f1d-88cd-72a2fa7ef3f8	1	1	2026-11-26 21:50:47.758392+00	27af1ff4-57f7-42f9-91b9-f0e64f4add58	tenant added	root@vm	provider local	local:master.key	{}	\\x162c9be0195c4d16a6ce8c72de00eed20000000000000045ef33141863c7f3ec5bdb7dd435400159	\\x	\\xef3ab3484a38d376bbc46471d7b443f5fa2aece7e86d973b69ced45d2b668493
f0695a8f-e9c2-4033-9ef7-1d887b80eb84	1	1	2026-11-26 21:50:47.825945+00	360b2cba-add6-4c3b-b203-a6568b8c1f32	tenant added	root@vm	provider local	local:master.key	{}	\\x0af7cd4fdd434f1d88cd72a2fa7ef3f80000000000000001ef3ab3484a38d376bbc46471d7b443f5162c9be0195c4d16a6ce8c72de00eed20000000000000045ef33141863c7f3ec5bdb7dd435400159	\\x	\\x515f7bba07a59217e0f8da51c4a517a303b63e40f7c19f8cf35415843cbb0dcc
444d4b94-1865-4d49-a53d-da5bda36ff03	1	1	2026-11-26 21:50:48.263428+00	\N	checkpoint	root@vm			{}	\\xf0695a8fe9c240339ef71d887b80eb840000000000000001515f7bba07a59217e0f8da51c4a517a30af7cd4fdd434f1d88cd72a2fa7ef3f80000000000000001ef3ab3484a38d376bbc46471d7b443f5162c9be0195c4d16a6ce8c72de00eed20000000000000045ef33141863c7f3ec5bdb7dd435400159	\\x	\\x731779fd0f6049c468265ef5fef5fda0398144888d07ef2ad79bfa600087a93c
444d4b94-1865-4d49-a53d-da5bda36ff03	2	1	2026-11-26 21:50:49.230977+00	\N	column sealed	pgseal	public.notes.body		{}	\\x	\\x731779fd0f6049c468265ef5fef5fda0398144888d07ef2ad79bfa600087a93c	\\xc5560487d840d596e1b6c706b79923cbf7dba3b87790f239bd07f425a4dcb9a5
444d4b94-1865-4d49-a53d-da5bda36ff03	3	1	2026-11-26 21:50:48.853417+00	360b2cba-add6-4c3b-b203-a6568b8c1f32	key fetched	root@vm	held until 2026-11-26T21:55:48Z	local	{}	\\x	\\xc5560487d840d596e1b6c706b79923cbf7dba3b87790f239bd07f425a4dcb9a5	\\x111c57d3d2823bc1f8df92220a779919ddeea9ffd3efce87292919373f6273e3
444d4b94-1865-4d49-a53d-da5bda36ff03	4	1	2026-11-26 21:50:48.869357+00	27af1ff4-57f7-42f9-91b9-f0e64f4add58	key fetched	root@vm	held until 2026-11-26T21:55:48Z	local	{}	\\x	\\x111c57d3d2823bc1f8df92220a779919ddeea9ffd3efce87292919373f6273e3	\\x500b902430f758d1628b24f342e787e79df33d6facddbe1d18c6330f5320ca39
444d4b94-1865-4d49-a53d-da5bda36ff03	5	1	2026-11-26 21:50:49.981934+00	360b2cba-add6-4c3b-b203-a6568b8c1f32	key evicted	root@vm	the process ends	local	{}	\\x	\\x500b902430f758d1628b24f342e787e79df33d6facddbe1d18c6330f5320ca39	\\x5cdea98a80133d7289cfdae8e767a3dd668f2a75415e7ca0cccb12cd20698ce8
444d4b94-1865-4d49-a53d-da5bda36ff03	6	1	2026-11-26 21:50:49.981964+00	27af1ff4-57f7-42f9-91b9-f0e64f4add58	key evicted	root@vm	the process ends	local	{}	\\x	\\x5cdea98a80133d7289cfdae8e767a3dd668f2a75415e7ca0cccb12cd20698ce8	\\xaefa6fac35be6c077713aab50cbcdabe9d728bad9c7836e3cf0e5edd36348926
a216d0d3-7dee-42cd-87d3-54b52b09d1cb	1	1	2026-11-26 21:50:50.806762+00	\N	checkpoint	vm:27171			{}	\\x444d4b9418654d49a53dda5bda36ff030000000000000006aefa6fac35be6c077713aab50cbcdabef0695a8fe9c240339ef71d887b80eb840000000000000001515f7bba07a59217e0f8da51c4a517a30af7cd4fdd434f1d88cd72a2fa7ef3f80000000000000001ef3ab3484a38d376bbc46471d7b443f5162c9be0195c4d16a6ce8c72de00eed20000000000000045ef33141863c7f3ec5bdb7dd435400159	\\x	\\xa680b9701ff7c641eab28617ccdfb0b26b0d56a64d8692113a670a087e64e868
a216d0d3-7dee-42cd-87d3-54b52b09d1cb	2	1	2026-11-26 21:50:51.479481+00	27af1ff4-57f7-42f9-91b9-f0e64f4add58	key fetched	vm:27171	held until 2026-11-26T21:55:51Z	local	{}	\\x	\\xa680b9701ff7c641eab28617ccdfb0b26b0d56a64d8692113a670a087e64e868	\\x5872caaa9c78d78c2629b3bdb8a0a504abb52f9c5343cbadbbd32e698a216c9f
a216d0d3-7dee-42cd-87d3-54b52b09d1cb	3	1	2026-11-26 21:50:51.631247+00	360b2cba-add6-4c3b-b203-a6568b8c1f32	key fetched	vm:27171	held until 2026-11-26T21:55:51Z	local	{}	\\x	\\x5872caaa9c78d78c2629b3bdb8a0a504abb52f9c5343cbadbbd32e698a216c9f	\\xc53d9f4745372cc69c192c1802530c41d807dbc5b6ac2e592f5764787d8a313d
bb3679c7-06b6-4bcb-9c06-af73a0a8b5ee	1	1	2026-11-26 21:50:51.916895+00	27af1ff4-57f7-42f9-91b9-f0e64f4add58	new data key	root@vm	data key abf38fb6 after 0e9a12ec	local:master.key	{}	\\xa216d0d37dee42cd87d354b52b09d1cb0000000000000003c53d9f4745372cc69c192c1802530c41444d4b9418654d49a53dda5bda36ff030000000000000006aefa6fac35be6c077713aab50cbcdabef0695a8fe9c240339ef71d887b80eb840000000000000001515f7bba07a59217e0f8da51c4a517a30af7cd4fdd434f1d88cd72a2fa7ef3f80000000000000001ef3ab3484a38d376bbc46471d7b443f5162c9be0195c4d16a6ce8c72de00eed20000000000000045ef33141863c7f3ec5bdb7dd435400159	\\x	\\x9f061c49330353e9cc2e2211569205a0fd4a1eca900a16c5ab274d54eb2d5d9b
a216d0d3-7dee-42cd-87d3-54b52b09d1cb	4	1	2026-11-26 21:50:52.094255+00	27af1ff4-57f7-42f9-91b9-f0e64f4add58	key fetched	vm:27171	held until 2026-11-26T21:55:52Z	local	{}	\\x	\\xc53d9f4745372cc69c192c1802530c41d807dbc5b6ac2e592f5764787d8a313d	\\x470796ad09bcfe06eeaa2927807d1b69f510a4eec55c01577aeb804aa748c8d2
81685a67-7d8a-47b5-9697-63525e490f3d	1	1	2026-11-26 21:50:52.821568+00	27af1ff4-57f7-42f9-91b9-f0e64f4add58	cache time set	root@vm	2m0s		{}	\\xa216d0d37dee42cd87d354b52b09d1cb0000000000000004470796ad09bcfe06eeaa2927807d1b69bb3679c706b64bcb9c06af73a0a8b5ee00000000000000019f061c49330353e9cc2e2211569205a0444d4b9418654d49a53dda5bda36ff030000000000000006aefa6fac35be6c077713aab50cbcdabef0695a8fe9c240339ef71d887b80eb840000000000000001515f7bba07a59217e0f8da51c4a517a30af7cd4fdd434f1d88cd72a2fa7ef3f80000000000000001ef3ab3484a38d376bbc46471d7b443f5162c9be0195c4d16a6ce8c72de00eed20000000000000045ef33141863c7f3ec5bdb7dd435400159	\\x	\\x51faba0b744618eb12e22de1737b70586fbeb2b9b39a438901d4baab485d875b
63a7b2ed-d090-40e5-bc4c-2e529b5b2531	1	1	2026-11-26 21:50:53.312349+00	360b2cba-add6-4c3b-b203-a6568b8c1f32	locked	root@vm			{}	\\x81685a677d8a47b5969763525e490f3d000000000000000151faba0b744618eb12e22de1737b7058a216d0d37dee42cd87d354b52b09d1cb0000000000000004470796ad09bcfe06eeaa2927807d1b69bb3679c706b64bcb9c06af73a0a8b5ee00000000000000019f061c49330353e9cc2e2211569205a0444d4b9418654d49a53dda5bda36ff030000000000000006aefa6fac35be6c077713aab50cbcdabef0695a8fe9c240339ef71d887b80eb840000000000000001515f7bba07a59217e0f8da51c4a517a30af7cd4fdd434f1d88cd72a2fa7ef3f80000000000000001ef3ab3484a38d376bbc46471d7b443f5162c9be0195c4d16a6ce8c72de00eed20000000000000045ef33141863c7f3ec5bdb7dd435400159	\\x	\\xb5a48bd0dc4bcfca01a4a76b5c3b5b43c416de33749ac4bcb4853481fdd46f5c
a216d0d3-7dee-42cd-87d3-54b52b09d1cb	5	1	2026-11-26 21:50:53.344836+00	360b2cba-add6-4c3b-b203-a6568b8c1f32	key evicted	vm:27171	KU009 key_locked since 2026-11-26T21:50:53Z	local	{}	\\x	\\x470796ad09bcfe06eeaa2927807d1b69f510a4eec55c01577aeb804aa748c8d2	\\x11e77de6f48073b4844c4cca0b7b47ce87951c8b6599ee2854136fb8e207f295
a216d0d3-7dee-42cd-87d3-54b52b09d1cb	6	1	2026-11-26 21:50:53.360893+00	27af1ff4-57f7-42f9-91b9-f0e64f4add58	key evicted	vm:27171	the process ends	local	{}	\\x	\\x11e77de6f48073b4844c4cca0b7b47ce87951c8b6599ee2854136fb8e207f295	\\x69443912ee9d50c4748f177525af67e31547642d3f2bd9c092a6e72006450897
\.


--
-- Data for Name: event_head; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.event_head (writer, seq, hash, changed_at, mac) FROM stdin;
162c9be0-195c-4d16-a6ce-8c72de00eed2	69	\\xef33141863c7f3ec5bdb7dd4354001599ab531398566797bffc7d55e221de64a	2026-11-26 21:50:47.224246+00	\\x578965ce3b038c627ea09a6bc092a69e1970c12e85212d188869f9bbdd82bf34
0af7cd4f-dd43-4f1d-88cd-72a2fa7ef3f8	1	\\xef3ab3484a38d376bbc46471d7b443f5fa2aece7e86d973b69ced45d2b668493	2026-11-26 21:50:47.760458+00	\\x5e54fb82e98b1280494bdeb90bd98c8f1a4c74e47267bc02b9fde660e0f83b28
f0695a8f-e9c2-4033-9ef7-1d887b80eb84	1	\\x515f7bba07a59217e0f8da51c4a517a303b63e40f7c19f8cf35415843cbb0dcc	2026-11-26 21:50:47.831191+00	\\xcda87969df185fed77bd10bb9f5ac3746a3e21c5bc16ddd84610c40e556a6e04
444d4b94-1865-4d49-a53d-da5bda36ff03	6	\\xaefa6fac35be6c077713aab50cbcdabe9d728bad9c7836e3cf0e5edd36348926	2026-11-26 21:50:49.997703+00	\\xc715ac058c8a4ee2c16a559231e9001ce9e3020d09f8a2d904f99ba6c32c0019
bb3679c7-06b6-4bcb-9c06-af73a0a8b5ee	1	\\x9f061c49330353e9cc2e2211569205a0fd4a1eca900a16c5ab274d54eb2d5d9b	2026-11-26 21:50:51.978143+00	\\x7bf93dac76d86ba3c75cff0319444a2c5b61eeb923406bf3061286db28538c74
81685a67-7d8a-47b5-9697-63525e490f3d	1	\\x51faba0b744618eb12e22de1737b70586fbeb2b9b39a438901d4baab485d875b	2026-11-26 21:50:52.881833+00	\\x3bdd90c6832b5b792b83aa5dbe10202fb48b9105779a542f1f9c782be6dd98de
63a7b2ed-d090-40e5-bc4c-2e529b5b2531	1	\\xb5a48bd0dc4bcfca01a4a76b5c3b5b43c416de33749ac4bcb4853481fdd46f5c	2026-11-26 21:50:53.329186+00	\\x84aefe3f044085a8112dac7b2add95e0551e94d09940a4bc64108137d9625d95
a216d0d3-7dee-42cd-87d3-54b52b09d1cb	6	\\x69443912ee9d50c4748f177525af67e31547642d3f2bd9c092a6e72006450897	2026-11-26 21:50:53.371122+00	\\xff7d2009fa9ec4a0da7397b5f8ca9643203eca12067882fb1b7f64dc6d6da4ca
\.


--
-- Data for Name: key_history; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.key_history (id, at, tenant, "position", key_number, action, provider, configured, role_arn, key_arn, material_id, actor, mac) FROM stdin;
3977e064-678d-499b-b288-a5f0bfd9f7fc	2026-11-26 21:50:47.758392+00	27af1ff4-57f7-42f9-91b9-f0e64f4add58	1	244978412	created	local			local:master.key	35e20d47270e5374	root@vm	\\x7d09a990af59ef5d5f9871f58a19a72eebd34e01849776d660ccf01c4158556a
5a504d5a-cf3e-431f-9e2e-7ca1661610ae	2026-11-26 21:50:47.825945+00	360b2cba-add6-4c3b-b203-a6568b8c1f32	1	863854008	created	local			local:master.key	35e20d47270e5374	root@vm	\\x628386704671038e4da561d60fb1ffbf18bef43fd94023ac2166397f65fc255c
f533abcd-e3c5-4c40-b16b-d6312d632cf3	2026-11-26 21:50:51.916895+00	27af1ff4-57f7-42f9-91b9-f0e64f4add58	2	2884865974	rotated	local			local:master.key	35e20d47270e5374	root@vm	\\x39bd9db2ef074595f3759a9b140aefd2e01593a96bc3933bc13da551d007c7ad
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
1	2026-11-26 21:50:40.691561+00
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
1	completed	1	32767	2026-11-26 21:50:48.390837+00	2026-11-26 21:50:48.201357+00	2026-11-26 21:50:49.379339+00	2026-11-26 21:50:48.201357+00	1	{"column": "c8d26e1b914a49d5b10c3529f4e1decb"}	{vm_2026_11_26T21_50_48_263190}	\N	pgseal_column	{}	pgseal	{}	\\xf2f4263c4ce24d4a251ac5e57947b9bb3d8d91242053cba4663fcf2a88fd1661	11110001
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
main	1	2026-11-26 21:50:40.775847+00
main	2	2026-11-26 21:50:40.833888+00
main	3	2026-11-26 21:50:41.013067+00
main	4	2026-11-26 21:50:41.022775+00
main	5	2026-11-26 21:50:41.086648+00
main	6	2026-11-26 21:50:41.264468+00
main	7	2026-11-26 21:50:41.289184+00
main	8	2026-11-26 21:50:41.364861+00
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
pgseal	2026-11-26 21:50:48.348643+00	{}	\N	2026-11-26 21:50:50.949886+00
\.


--
-- Data for Name: store; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.store (singleton, id, tag, family, epoch, policy, created_at, version, mac) FROM stdin;
t	1326f2f6-5607-3bc3-c854-edd9d0a50cdb	\\xda3f	1326f2f6-5607-3bc3-c854-edd9d0a50cdb	1	\\xf3ee24459d6fb3c18d684815d0de112c0f064ae0a0e00a96343d03f18bcf59a2	2026-11-26 21:50:40.337395+00	2	\\xc570b5cc25bfe2d07061b89e88204833c24aa27c1cb5d76d69f56ba97a26eff9
\.


--
-- Data for Name: tenant; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.tenant (id, name, provider, key_arn, resolved_arn, role_arn, external_id, endpoint, cache_ms, locked, locked_since, locked_by, retired, drill_id, drill_ordered, drill_until, drill_by, drill_proxies, probes, current_key, created_at, version, mac) FROM stdin;
27af1ff4-57f7-42f9-91b9-f0e64f4add58	acme	local		local:master.key				120000	f	\N		f	\N	\N	\N		{}	0	2884865974	2026-11-26 21:50:47.758113+00	3	\\xa85d56d41307189d6efcad106eca2d4e5c23b8737dc6718d38f03463911636b8
360b2cba-add6-4c3b-b203-a6568b8c1f32	globex	local		local:master.key				300000	t	2026-11-26 21:50:53.312349+00	root@vm	f	\N	\N	\N		{}	0	863854008	2026-11-26 21:50:47.824156+00	2	\\x032019c4e0598a3e811f814d5d5e6a9866683ef8efe0316ecd9db1c6d53de86f
\.


--
-- Data for Name: usage; Type: TABLE DATA; Schema: pgseal; Owner: postgres
--

COPY pgseal.usage (tenant, day, proxy, proxy_name, sealed, opened, fetched, failed, refused, updated_at, version, mac) FROM stdin;
27af1ff4-57f7-42f9-91b9-f0e64f4add58	2026-11-26	9562687b-edd2-47dc-9db2-a3f6c694432b	vm:26291	60	40	1	0	0	2026-11-26 21:50:49.942738+00	1	\\x94fb0437f0a754afb104b95be1d9e1c9917286a0ccc7515bbcf80d9dd928a93b
360b2cba-add6-4c3b-b203-a6568b8c1f32	2026-11-26	9562687b-edd2-47dc-9db2-a3f6c694432b	vm:26291	60	40	1	0	0	2026-11-26 21:50:49.942738+00	1	\\x9b269f17ac0b48e894f4712fe3de6424b9aaa3008df65e0c75fff8dadd74b1c2
27af1ff4-57f7-42f9-91b9-f0e64f4add58	2026-11-26	169447c8-93eb-423c-8595-41f9aea342ad	vm:27171	32	51	2	0	0	2026-11-26 21:50:53.36094+00	1	\\xea28cbea51179e0222ae6b360e11dc57f1710b3d9acd951036332c53e36b7581
360b2cba-add6-4c3b-b203-a6568b8c1f32	2026-11-26	169447c8-93eb-423c-8595-41f9aea342ad	vm:27171	15	35	1	0	1	2026-11-26 21:50:53.36094+00	1	\\xd2cc334c795300bd5183b54a20ff27489132a58e848d57acea333117e8d2184f
\.


--
-- Data for Name: cases; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.cases (id, firm, note, void, nothing, code, whole, big, fee, ratio, yes, born, moment, instant, ident, raw, doc, tags) FROM stdin;
1	acme	pgs1_Ado_DpoS7ADXDoRzNcqZdAlb8oBzVYVHyOBGnHSU9yGvWUaBKRkn83osmdhtw5AHtoytNT35jgMas9aVeu-M8lCOg23B2uxITMA2gQcZ_AxWJzvrnwxwz8yUwQg812uonaGt	pgs1_Ado_DpoS7GOzct83TScAl6cBDu-RfGOCpmrRODO6ZKhGJEc9qnm-gjE6arwpNlA	\N	pgs1_Ato_DpoS7EBpeWQElilhNQm--5XaTn27QI5DTQTcqX7D8llUWjuyumCHuCuKaXnExM8	\\x01da3f0e9a12ec8da0aabf02f090dd4e6749f42d0bec482005240cfe84db29345c83353e3d7c4b5d68eb89497ffb9d503eff0c6e80753f	\\x02da3f0e9a12ec5c5f9d9c3ad47f4574b60100f4795101c4541db0998c2955b33ec7dbdd0db721c852c418	\\x02da3f0e9a12ec293b642a5b72fbb1d508c6382d0a005a56541e4c0281bcf55b089a5c2156814ec8	\\x01da3f0e9a12eca088009ffc532a0a6822b27cf28cb4858816e3147475ace96f3b1ab135a3529cc39506c5e413c3c154b9086aae64c93b	\\x02da3f0e9a12ec4eed6c7056ff955af06c1bbcb94290745b6e5910064cf87079014a99e2	\\x02da3f0e9a12ec4590a3dac0ab3223e944fb6b2bd650d950f9ba3b1fec69930643c30d5ed85998	\\x01da3f0e9a12ecdedda418f019c65dbcef302105b2fa80374666c9c198a2ce46c3d70300271538f79b0e8eea75bb617f25d8c490c2cbb7	\\x02da3f0e9a12ecf7a691c830ab4e88797205f61131254d2047c10d5fbde14929ca5b082998e39bc4139ca8	\\x02da3f0e9a12ec13642a89db4709948300283c8e4d7802951786e6b45dd115952c2c5af7806f4f7b2e5c9370b34832ef34ab0d	\\x02da3f0e9a12ec522e4c46406e8c081d43ed5ee1f7db574eadf0b4a2ea166bda1da7583fe91d	\\x01da3f0e9a12ec1465996d3aebdb33657b81d428ecded0907ebd4aabbb3df19bdc68dd9acf85872b24fc08146b4506c8d67aa66d2e87bd5cd8b2871bde31510df3e532e7462391b9d25f5e5498d67b	\\x01da3f0e9a12ecd328f5c9477f0fe5a194f9479374ad7943b12a2b17f54716fdce034eae346ae5dadfcde74c31e7af4d0ce286a307d4db10e5d516d0a8a28b7520495011778328f47db248705d7b6286149e115fb9dd4ef212d2
2	globex	pgs1_Ado_M31duETmoniWVY50lSDEnlhDqB2RNuZHb0Ip7NiWsSOkTcHb34ID8oTlwoZU8O7bjpDdGx2fLjIXY5jyHbAY1TdxJbCnLji1DyiBUydMdNked5DC3Yyj4YhiI0iwGXB-	pgs1_Ado_M31duHVoNQg3PI57QFwDF_6GuHgeKWDmOREhkHt301AfKeC3aWdJeGxhEo0	\N	pgs1_Ato_M31duPLCfCa5e4fIuCvfR0MHJo3oGalv986iPlp42ZFY-zpe9gunSvX1Kr5ZMEc	\\x01da3f337d5db853777084b16d72b63bcb0fb219f44d75aa7fbb607404bcbe64f078c073b720e852a8a78fa9bfce444a0ec70844b34b64	\\x02da3f337d5db8c16d701c957609cfc551da6e9e8cbef375297244aefa8903f86c0563f6d1ef0a3c414665	\\x02da3f337d5db8840a23073c5dfa6db170c364b0ddcf4aff4364aa51ab47b35a4f67c92e8034ffaa	\\x01da3f337d5db88a74f89f6b977524c8d02d08203b6a232bf768b13c99c7fa979207d8e9e25bed943644ba1f723d4dd528fb19e7e9b37f	\\x02da3f337d5db8e05d2044ee81da5dac7f07533e9b04469aad678fd9c373b0f7e0a486d1	\\x02da3f337d5db8f88414add04c37ec80a77efbe3479d0422a4f262cbf257051bff704da07394e3	\\x01da3f337d5db8562e3b33c1f276c52cd7d03adace3a7a9522b072871e88ff91b33708051e3afddcbe02f3379519f6f1c8bf2c980da84b	\\x02da3f337d5db88f274ec79c4b5c15932584eafafe850b0e015e6f0a80809547ec10590865215d4e338afa	\\x02da3f337d5db8538e154559c56747e1032c66eb3c05feb723b446292c93433e684ceb1f97b45609ea035fbc9bd7055f22d4e5	\\x02da3f337d5db884be7991fe8b344238c1b41a75eed1cc65ff65f4e343d3a5ff83eab71bf636	\\x01da3f337d5db81203e0c011ba3d99d98c8e8cdcb9fe40511c8e710289bab87f22a9f9e9afd4b02e2c12b85645831d600d8c9eeb4b20b0d8b296671d6d82bb66d7351ce225903da2d7950e3fd36dc8	\\x01da3f337d5db8d0cf36c20df4082445e54890c0d5d3ddc537552e095cb50db6ec5b71ade0459bd2ca757fb7e63adc1ba2c3ad06232ee9fc1b3bc85c0e738d8fdcc38142ee376782c140ae5a67ce3990856f3fc25c72add573e0
3	acme	pgs1_Ado_q_OPth9efD12mJiCHZKWUVFfJshDgKX32j2Nx8LT3u4PvAZSHlFYrAGL1P_UUi2SzlVGHMdMGlkNvyfks0c-xp5Ba-MrX4-ISu3QJdphIULIovDSe5MyqONt8oBHXfEk	pgs1_Ado_q_OPttLnZuOySDTIYnfURqkjj6hBl46hdsk5-QicNeM2dHBWeVWnX0A0Bxc	\N	pgs1_Ato_DpoS7EBpeWQElilhNQm--5XaTn27QI5DTQTcqX7D8llUWjuyumCHuCuKaXnExM8	\\x01da3fabf38fb62c1b6c66c19b3493c1d847be273a96c9633ddb636ae561f72f7f66e64f70b63f48f54e057b68e242204efc0e5b4fcc0c	\\x02da3f0e9a12ec5c5f9d9c3ad47f4574b60100f4795101c4541db0998c2955b33ec7dbdd0db721c852c418	\\x02da3f0e9a12ec293b642a5b72fbb1d508c6382d0a005a56541e4c0281bcf55b089a5c2156814ec8	\\x01da3fabf38fb62209ffe077edd7dc970157d4a69b810326d14c0a6926acfc5006685cd1dfe9a0ae50859802125a3d51351b6a97d6d296	\\x02da3f0e9a12ec4eed6c7056ff955af06c1bbcb94290745b6e5910064cf87079014a99e2	\\x02da3f0e9a12ec4590a3dac0ab3223e944fb6b2bd650d950f9ba3b1fec69930643c30d5ed85998	\\x01da3fabf38fb6b96de7489b2916e1ad380bf8f39f87af915d0a028d07df011643c009a58c9d27b0fd5a0704f325539ea81ef7f7515993	\\x02da3f0e9a12ecf7a691c830ab4e88797205f61131254d2047c10d5fbde14929ca5b082998e39bc4139ca8	\\x02da3f0e9a12ec13642a89db4709948300283c8e4d7802951786e6b45dd115952c2c5af7806f4f7b2e5c9370b34832ef34ab0d	\\x02da3f0e9a12ec522e4c46406e8c081d43ed5ee1f7db574eadf0b4a2ea166bda1da7583fe91d	\\x01da3fabf38fb649fb13af602145c0d75039af801f2cc84674457816239e7b1e18ebca2b005c9a7ca280c2cc4c91edcf785f717d7c33b239e5de5f091ea0dc044143df98528b505c098195cbadd745	\\x01da3fabf38fb68bf9f9e0164d4e5c2844b6c4e61ec39db0fe3947af180c5ac3b728bccd81dd0877a2a4139bee53ccb222cc0917fbd02807e1b29382df61910a68568e582209a88ecfadac2e82ca4a0ce950be95d53c6f2f4dd8
\.


--
-- Data for Name: notes; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.notes (id, firm, body) FROM stdin;
1	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FIjuse2t33lsqcNfZ4kJx6lv7DDhDiKcdDLqnh-Sl-5oqvWGS0MCegsaWg
2	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKE_QBPrgLFdZpy5WwM2w-ov7jmDCtSzS_XBvuMIAyY9RfGHyzDjlAB5qxg
3	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FE8pti3z2iDjjNnUePH9hcpDGLDgVxe0CTFsBUmE4SsMdvrsr7x52-ihaA
4	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKElBN-LMBoQ7053UzaG-fEKbzflyW2ZTKcgzd568TlzpuRmGTX8v9p2heA
5	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FCOkamxGeQDdQbPIAZ8wDQtnN4grPOAfaPbltv88cvoF29D1B0nnl81C_g
6	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKEv_06KWKszUV7TQXqJFtoxjW8fJP7oEH__hnGqLw3hvkRYFcN5SO9YNmQ
7	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FMdCag5XdXCV8b5EZYgn7DH5piRNTgOA7frEaFtoUvwri7Nmn695_RXKdA
8	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKBoYZhSfa0brgItBILvfVUQYbf9T8jID3i1JVmjVGhYLscZQQ0c98JOYSA
9	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FCRkGuNQAa2Q2dCzv3qseOaS-xyH_z290uTj-QXLuIEsX9If0DVy9932qg
10	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKAviYQxgRvIbX98J1VffmxtNkeK8Hc-JNdAvOBQ005mIEMwdoZzxS69abKk
11	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FOQjpwcKhuc6qsZa7_mAPXK4vTSTW1pEbpbkVA9pjMF-EPnz6ihZRDKnaK0
12	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKFeAgKIz0k8fB9_oa2CDDTLFwqCxpyZY17jpJvdwNUKGLB4mcuJ9_f4wFaQ
13	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FDgxhchATT-rjjlFWHF4iHm4e4blY9MeDu15V3z8VMZeun22l5MVihQGcRE
14	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKJQ1H6RifT44dFDtOFStDzgL5RE7g7KrDZ6PnMQY7LQFIscKzgGtdi4adq4
15	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FAL3greK36aBKQ1xtqn5c6rRQVb3HatqfrssUWTYEt8jBCT-ufgCbcIzkhY
16	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKIBwlUou1EYQigvLDFkEt1qDWkmvUMXxjBfOQAtzvvfGuF3ymMpq0i09lF0
17	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FMBQnZEsLIt1ejlhsvSUstY1NnkFX45kW_fpcJ1q4VuSOjBv5qmHzEuT0OU
18	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKJfoIWJE0KIKm8r8oAAgbmwMEO9GVXVCmDF-86BJ_fUawNUCP4TS7om8_8U
19	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FP-hMqWbConhuIe6i70lD64R6dWY-r-LB_HWLYAswnPcOkys8YcytyE-g2o
20	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKAKwDP-wij30vTBBOQvzT3zs0pJESRfqZTR4aZ5_RgQunltVvg19sUpjorg
21	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FNc1FFgA4kFuAVLLLX8NaDrIqV-nTj4eDhcLNAASzCtVqT_HU7OBITb5--8
22	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKPLZnvuj_cvIVa_fzRgP-hfJNLoq4nj3CropnBk2uJpvmjvkpXbbUFpc2BQ
23	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FIQZ5Ux7ZK0yn3wSVJkWz77JbhzJ4nHq2wOYSrBneuuf3e0fgzugu51yjns
24	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKFapa0j5qTA8xvYyPo3OEpwRcVjxwPhqc8YzmhNIEKGPyOXvD9jllAWWaSM
25	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FDGGPQV2YbPcwO1Hy-c8SkYvwm4qcGeMwPVGiAbaRI0ETYJ254g39Eh802o
26	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKBg_Bu_1nZ_srYM9T350iKmaNllBJKq2t8u5BdAyplOYV_2hmymuItItZg8
27	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FBO9nssc9HDwAOF-Lb_NLiQ6tHq5fRhQZdU6YlooUS252GNlerQBRBbwG38
28	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKC5r0Ol9oWVjNEwDWFQVmV864eKtnD5uLF-1P006lHIGpRIp1EdUfBxs6eQ
29	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FMa3XoUy89OSnSPNz-elAZKEBZZdtE4aZDU08MvT2irmde5s_TnycPX_M08
30	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKPyPJ7gFQq9IDpDkwH3T_hJxF49QN4E9JtnOnO_UfL17ocrGYLRY8dcQ_Bs
31	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FFpg980dBnkt13T1EFTSX-kodT9nnbns3Pj-L5XbbHxswG--QUo2SqJDm5Q
32	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKPiKITKSSU0IQU3JZP1DMEvSoeA0faEBqdUA88XXdT3_g0Yt-oy-INQw0ow
33	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FJs2_ybD5Vi046GhgiRFtKi75CKDiK41YHVG3WqVIFp8__443AfOQQJ4sRw
34	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKOw4yWGJNODIslZVR3tppGX9SUSWde1wGqXKGiUsp39P3HDwP_u-_ryi1Vs
35	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FDwugCIQOfEVy8izE_Tn6qjdEJ5QQJ0w_QTry9-k4DHZfDoDvYTiuHxy7BQ
36	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKGT4YgfaKi7NjaojJkoHgdP6qyuT3TA3iNGkedflEJiIP_fqa9wTSmqqPyY
37	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FM9FYNGQxo-XQLC1s-nx0pZEsXIeER6rVmBGfiUrdUU1kAzZcYI2f5cfaKc
38	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKLAt5yUL1YZGb56R6HIR3Ku8SCsnI3x3JNL-2DUMwKhmlpm_sq1F_lrouPI
39	globex	pgs1_Ado_M31duG2Eq9nMO_kmMMA5FHQYkV_MxYcCmRCMfg7wzVZ41ABfefHtY3AyjCEfRdPzrOyreqIMx3jZ1qo
40	acme	pgs1_Ado_DpoS7C_oK41zEuqWI2AVKOqs74FqRjjmKLPB-Q3YrY25scB2dDS8qMakcXYYyv8TNFdOet24EbEPQ28
100	acme	pgs1_Ado_q_OPtlFkEBlGl0nusTaX4mefbgjnE3aNBsDTb_UrqVmTM5ZSO1TaG5OuRT_J9iQtgQ3duNOu2PHy9ip-
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

CREATE CONSTRAINT TRIGGER "  pgseal after insert big 2a21fe6d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert big 2a21fe6d";


--
-- Name: notes   pgseal after insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert body 230d8358" AFTER INSERT ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after insert body 230d8358";


--
-- Name: cases   pgseal after insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert born 08229637" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert born 08229637";


--
-- Name: cases   pgseal after insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert code 5694d08a" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert code 5694d08a";


--
-- Name: cases   pgseal after insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert doc 139d544b" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert doc 139d544b";


--
-- Name: cases   pgseal after insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert fee b80cdaae" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert fee b80cdaae";


--
-- Name: cases   pgseal after insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ident e77c4b3f" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ident e77c4b3f";


--
-- Name: cases   pgseal after insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert instant 618dc583" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert instant 618dc583";


--
-- Name: cases   pgseal after insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert moment 72110207" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert moment 72110207";


--
-- Name: cases   pgseal after insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert note edb46562" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert note edb46562";


--
-- Name: cases   pgseal after insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert nothing 1785cfc3" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert nothing 1785cfc3";


--
-- Name: cases   pgseal after insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert ratio 2f04a79e" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert ratio 2f04a79e";


--
-- Name: cases   pgseal after insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert raw d7439bee" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert raw d7439bee";


--
-- Name: cases   pgseal after insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert tags 978c2f89" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert tags 978c2f89";


--
-- Name: cases   pgseal after insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert void 445be54d" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert void 445be54d";


--
-- Name: cases   pgseal after insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert whole 5d5766cf" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert whole 5d5766cf";


--
-- Name: cases   pgseal after insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after insert yes 8a798890" AFTER INSERT ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after insert yes 8a798890";


--
-- Name: cases   pgseal after update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update big 2a21fe6d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update big 2a21fe6d";


--
-- Name: notes   pgseal after update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update body 230d8358" AFTER UPDATE ON public.notes NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal after update body 230d8358";


--
-- Name: cases   pgseal after update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update born 08229637" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update born 08229637";


--
-- Name: cases   pgseal after update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update code 5694d08a" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update code 5694d08a";


--
-- Name: cases   pgseal after update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update doc 139d544b" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update doc 139d544b";


--
-- Name: cases   pgseal after update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update fee b80cdaae" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update fee b80cdaae";


--
-- Name: cases   pgseal after update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ident e77c4b3f" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ident e77c4b3f";


--
-- Name: cases   pgseal after update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update instant 618dc583" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update instant 618dc583";


--
-- Name: cases   pgseal after update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update moment 72110207" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update moment 72110207";


--
-- Name: cases   pgseal after update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update note edb46562" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update note edb46562";


--
-- Name: cases   pgseal after update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update nothing 1785cfc3" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update nothing 1785cfc3";


--
-- Name: cases   pgseal after update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update ratio 2f04a79e" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update ratio 2f04a79e";


--
-- Name: cases   pgseal after update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update raw d7439bee" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update raw d7439bee";


--
-- Name: cases   pgseal after update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update tags 978c2f89" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update tags 978c2f89";


--
-- Name: cases   pgseal after update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update void 445be54d" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update void 445be54d";


--
-- Name: cases   pgseal after update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update whole 5d5766cf" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update whole 5d5766cf";


--
-- Name: cases   pgseal after update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER "  pgseal after update yes 8a798890" AFTER UPDATE ON public.cases NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal after update yes 8a798890";


--
-- Name: cases   pgseal before insert big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert big 2a21fe6d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.big, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.big) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert big 2a21fe6d";


--
-- Name: notes   pgseal before insert body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert body 230d8358" BEFORE INSERT ON public.notes FOR EACH ROW WHEN ((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.body) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before insert body 230d8358";


--
-- Name: cases   pgseal before insert born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert born 08229637" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.born, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.born) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert born 08229637";


--
-- Name: cases   pgseal before insert code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert code 5694d08a" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.code) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert code 5694d08a";


--
-- Name: cases   pgseal before insert doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert doc 139d544b" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.doc, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.doc) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert doc 139d544b";


--
-- Name: cases   pgseal before insert fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert fee b80cdaae" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.fee, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.fee) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert fee b80cdaae";


--
-- Name: cases   pgseal before insert ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ident e77c4b3f" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ident, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.ident) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ident e77c4b3f";


--
-- Name: cases   pgseal before insert instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert instant 618dc583" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.instant, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.instant) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert instant 618dc583";


--
-- Name: cases   pgseal before insert moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert moment 72110207" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.moment, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.moment) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert moment 72110207";


--
-- Name: cases   pgseal before insert note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert note edb46562" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.note) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert note edb46562";


--
-- Name: cases   pgseal before insert nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert nothing 1785cfc3" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.nothing) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert nothing 1785cfc3";


--
-- Name: cases   pgseal before insert ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert ratio 2f04a79e" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.ratio, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.ratio) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert ratio 2f04a79e";


--
-- Name: cases   pgseal before insert raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert raw d7439bee" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.raw, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.raw) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert raw d7439bee";


--
-- Name: cases   pgseal before insert tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert tags 978c2f89" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.tags, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.tags) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert tags 978c2f89";


--
-- Name: cases   pgseal before insert void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert void 445be54d" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.void) >= 52))))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert void 445be54d";


--
-- Name: cases   pgseal before insert whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert whole 5d5766cf" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.whole, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.whole) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert whole 5d5766cf";


--
-- Name: cases   pgseal before insert yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before insert yes 8a798890" BEFORE INSERT ON public.cases FOR EACH ROW WHEN ((NOT (((substr(new.yes, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.yes) >= 35))))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before insert yes 8a798890";


--
-- Name: cases   pgseal before update big 2a21fe6d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update big 2a21fe6d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.big, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.big) >= 47)) OR ((substr(new.big, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.big) >= 35)))) AND (new.big IS DISTINCT FROM old.big))) EXECUTE FUNCTION pgseal.refuse_plaintext('big');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update big 2a21fe6d";


--
-- Name: notes   pgseal before update body 230d8358; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update body 230d8358" BEFORE UPDATE ON public.notes FOR EACH ROW WHEN (((NOT ((((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.body) >= 68)) OR (((substr(new.body, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.body) >= 52)))) AND ((new.body COLLATE "C") IS DISTINCT FROM (old.body COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('body');

ALTER TABLE public.notes ENABLE ALWAYS TRIGGER "  pgseal before update body 230d8358";


--
-- Name: cases   pgseal before update born 08229637; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update born 08229637" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.born, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.born) >= 47)) OR ((substr(new.born, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.born) >= 35)))) AND (new.born IS DISTINCT FROM old.born))) EXECUTE FUNCTION pgseal.refuse_plaintext('born');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update born 08229637";


--
-- Name: cases   pgseal before update code 5694d08a; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update code 5694d08a" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.code) >= 68)) OR (((substr(new.code, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.code) >= 52)))) AND ((new.code COLLATE "C") IS DISTINCT FROM (old.code COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('code');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update code 5694d08a";


--
-- Name: cases   pgseal before update doc 139d544b; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update doc 139d544b" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.doc, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.doc) >= 47)) OR ((substr(new.doc, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.doc) >= 35)))) AND (new.doc IS DISTINCT FROM old.doc))) EXECUTE FUNCTION pgseal.refuse_plaintext('doc');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update doc 139d544b";


--
-- Name: cases   pgseal before update fee b80cdaae; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update fee b80cdaae" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.fee, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.fee) >= 47)) OR ((substr(new.fee, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.fee) >= 35)))) AND (new.fee IS DISTINCT FROM old.fee))) EXECUTE FUNCTION pgseal.refuse_plaintext('fee');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update fee b80cdaae";


--
-- Name: cases   pgseal before update ident e77c4b3f; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ident e77c4b3f" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ident, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.ident) >= 47)) OR ((substr(new.ident, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.ident) >= 35)))) AND (new.ident IS DISTINCT FROM old.ident))) EXECUTE FUNCTION pgseal.refuse_plaintext('ident');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ident e77c4b3f";


--
-- Name: cases   pgseal before update instant 618dc583; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update instant 618dc583" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.instant, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.instant) >= 47)) OR ((substr(new.instant, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.instant) >= 35)))) AND (new.instant IS DISTINCT FROM old.instant))) EXECUTE FUNCTION pgseal.refuse_plaintext('instant');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update instant 618dc583";


--
-- Name: cases   pgseal before update moment 72110207; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update moment 72110207" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.moment, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.moment) >= 47)) OR ((substr(new.moment, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.moment) >= 35)))) AND (new.moment IS DISTINCT FROM old.moment))) EXECUTE FUNCTION pgseal.refuse_plaintext('moment');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update moment 72110207";


--
-- Name: cases   pgseal before update note edb46562; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update note edb46562" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.note) >= 68)) OR (((substr(new.note, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.note) >= 52)))) AND ((new.note COLLATE "C") IS DISTINCT FROM (old.note COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('note');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update note edb46562";


--
-- Name: cases   pgseal before update nothing 1785cfc3; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update nothing 1785cfc3" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.nothing) >= 68)) OR (((substr(new.nothing, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.nothing) >= 52)))) AND ((new.nothing COLLATE "C") IS DISTINCT FROM (old.nothing COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('nothing');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update nothing 1785cfc3";


--
-- Name: cases   pgseal before update ratio 2f04a79e; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update ratio 2f04a79e" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.ratio, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.ratio) >= 47)) OR ((substr(new.ratio, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.ratio) >= 35)))) AND (new.ratio IS DISTINCT FROM old.ratio))) EXECUTE FUNCTION pgseal.refuse_plaintext('ratio');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update ratio 2f04a79e";


--
-- Name: cases   pgseal before update raw d7439bee; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update raw d7439bee" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.raw, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.raw) >= 47)) OR ((substr(new.raw, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.raw) >= 35)))) AND (new.raw IS DISTINCT FROM old.raw))) EXECUTE FUNCTION pgseal.refuse_plaintext('raw');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update raw d7439bee";


--
-- Name: cases   pgseal before update tags 978c2f89; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update tags 978c2f89" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.tags, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.tags) >= 47)) OR ((substr(new.tags, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.tags) >= 35)))) AND (new.tags IS DISTINCT FROM old.tags))) EXECUTE FUNCTION pgseal.refuse_plaintext('tags');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update tags 978c2f89";


--
-- Name: cases   pgseal before update void 445be54d; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update void 445be54d" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT ((((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ado_'::text) AND (octet_length(new.void) >= 68)) OR (((substr(new.void, 1, 9) COLLATE "C") = 'pgs1_Ato_'::text) AND (octet_length(new.void) >= 52)))) AND ((new.void COLLATE "C") IS DISTINCT FROM (old.void COLLATE "C")))) EXECUTE FUNCTION pgseal.refuse_plaintext('void');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update void 445be54d";


--
-- Name: cases   pgseal before update whole 5d5766cf; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update whole 5d5766cf" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.whole, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.whole) >= 47)) OR ((substr(new.whole, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.whole) >= 35)))) AND (new.whole IS DISTINCT FROM old.whole))) EXECUTE FUNCTION pgseal.refuse_plaintext('whole');

ALTER TABLE public.cases ENABLE ALWAYS TRIGGER "  pgseal before update whole 5d5766cf";


--
-- Name: cases   pgseal before update yes 8a798890; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER "  pgseal before update yes 8a798890" BEFORE UPDATE ON public.cases FOR EACH ROW WHEN (((NOT (((substr(new.yes, 1, 3) = '\x01da3f'::bytea) AND (octet_length(new.yes) >= 47)) OR ((substr(new.yes, 1, 3) = '\x02da3f'::bytea) AND (octet_length(new.yes) >= 35)))) AND (new.yes IS DISTINCT FROM old.yes))) EXECUTE FUNCTION pgseal.refuse_plaintext('yes');

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

\unrestrict 1DzvdHl091HlB6RbuiUDRMJpogOmbtyRiTbGYSxGJzaKQiYnWiPnh8c04fBE14G

