-- A rental shop, in the manner of the sample databases that teach SQL: views, triggers, foreign keys, an enum, a domain, partitions, a table that inherits.
CREATE TYPE rating AS ENUM ('general', 'guided', 'adults');
CREATE DOMAIN year_of AS integer CHECK (VALUE BETWEEN 1900 AND 2200);

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.last_update := now();
	RETURN NEW;
END $$;

CREATE TABLE city (city_id serial PRIMARY KEY, city text NOT NULL, last_update timestamptz NOT NULL DEFAULT now());
CREATE TABLE address (address_id serial PRIMARY KEY, address text NOT NULL, district varchar(40), city_id int NOT NULL REFERENCES city,
	phone varchar(120) NOT NULL, last_update timestamptz NOT NULL DEFAULT now());
CREATE TABLE customer (customer_id serial PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, email text, address_id int NOT NULL REFERENCES address ON DELETE RESTRICT,
	active boolean NOT NULL DEFAULT true, last_update timestamptz NOT NULL DEFAULT now());
CREATE TABLE film (film_id serial PRIMARY KEY, title text NOT NULL, description text, release_year year_of, rating rating NOT NULL DEFAULT 'general',
	features text[], last_update timestamptz NOT NULL DEFAULT now());
CREATE TABLE inventory (inventory_id serial PRIMARY KEY, film_id int NOT NULL REFERENCES film);
CREATE TABLE rental (rental_id serial PRIMARY KEY, inventory_id int NOT NULL REFERENCES inventory, customer_id int NOT NULL REFERENCES customer,
	rented timestamptz NOT NULL DEFAULT now(), returned timestamptz);
CREATE TABLE payment (payment_id bigserial, customer_id int NOT NULL REFERENCES customer, amount numeric(7,2) NOT NULL, paid date NOT NULL, remark text,
	PRIMARY KEY (payment_id, paid)) PARTITION BY RANGE (paid);
CREATE TABLE payment_01 PARTITION OF payment FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE payment_02 PARTITION OF payment FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
CREATE TABLE payment_rest PARTITION OF payment DEFAULT;
CREATE TABLE note (note_id bigint NOT NULL, body text);
CREATE TABLE note_of_staff (author text) INHERITS (note);

CREATE INDEX ON payment (customer_id);
CREATE INDEX customer_name ON customer (last_name, first_name);
CREATE INDEX address_phone ON address (district) WHERE district IS NOT NULL;

CREATE TRIGGER last_updated BEFORE UPDATE ON address FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER last_updated BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER last_updated BEFORE UPDATE ON film FOR EACH ROW EXECUTE FUNCTION touch();

CREATE VIEW customer_list AS
	SELECT c.customer_id AS id, c.first_name, c.last_name, a.address, a.phone, y.city, c.email FROM customer c JOIN address a USING (address_id) JOIN city y USING (city_id);
CREATE VIEW turnover AS SELECT customer_id, sum(amount) AS total, count(*) AS n FROM payment GROUP BY customer_id;
CREATE MATERIALIZED VIEW films_by_rating AS SELECT rating, count(*) AS n FROM film GROUP BY rating;

INSERT INTO city (city) SELECT 'city ' || i FROM generate_series(1, 20) i;
INSERT INTO address (address, district, city_id, phone) SELECT 'street ' || i, 'd' || i % 9, 1 + i % 20, 'zq7734 phone ' || i FROM generate_series(1, :rows) i;
INSERT INTO customer (first_name, last_name, email, address_id)
	SELECT 'first ' || i, 'last ' || i % 97, CASE WHEN i % 10 = 0 THEN NULL ELSE 'zq7734.' || i || '@example.org' END, i FROM generate_series(1, :rows) i;
INSERT INTO film (title, description) SELECT 'film ' || i, 'about ' || i FROM generate_series(1, 100) i;
INSERT INTO inventory (film_id) SELECT 1 + i % 100 FROM generate_series(1, 300) i;
INSERT INTO rental (inventory_id, customer_id) SELECT 1 + i % 300, 1 + i % :rows FROM generate_series(1, :rows) i;
INSERT INTO payment (customer_id, amount, paid, remark)
	SELECT 1 + i % :rows, i % 100, date '2026-01-01' + i % 90, CASE WHEN i % 7 = 0 THEN NULL ELSE 'zq7734 remark ' || i || repeat(' and', i % 60) END FROM generate_series(1, :rows) i;
INSERT INTO note SELECT i, 'zq7734 note ' || i FROM generate_series(1, :rows / 2) i;
INSERT INTO note_of_staff SELECT i, 'zq7734 note ' || i, 'staff' FROM generate_series(:rows / 2 + 1, :rows) i;
