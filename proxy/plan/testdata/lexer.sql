SELECT 1
----
select a.b, "C"."d""e", t.* from s.t as t where a = 'x''y' and b <> $1
----
SELECT 'a'
'b'
----
SELECT 'a' -- a remark
   'b'
----
SELECT 'a' 'b'
----
SELECT E'a\'b\\', e'\n\x41\u0041\101', E'one'
'two\''
----
SELECT 'back\slash', 'end\'
----
SELECT U&'d\0061t\+000061', u&"d!0061t" UESCAPE '!'
----
SELECT U&'a'
'\0061'
----
SELECT B'0101', x'1F', b'', X'ff'
----
SELECT N'national', n'x'
----
SELECT $$a 'quoted' $1 body$$, $tag$with $$ inside$tag$, $a$ $b$ $a$
----
SELECT $é$x$é$
----
SELECT a$b, a$1, _x, é, "é", Größe
----
SELECT 1, 1.5, 1., .5, 1e10, 1.5E-3, 1.e+5, 0x1F, 0b101, 0o17, 1_000, 1_0.5_0
----
SELECT 1..2
----
SELECT $1, $2::text, $12 + $3
----
SELECT a+-1, a- -1, a - 1, a@-1, a ~-1, a*-b, a<-b, a=-1, a||-b, a|/b, a||/b, @-5, !!3
----
SELECT a->'b', a->>'b', a#>'{x}', a#>>'{x}', a@>b, a<@b, a?b, a?|b, a?&b, a&&b
----
SELECT a<>b, a!=b, a<=b, a>=b, a=>b, a::int, b:=1
----
SELECT /* one /* nested */ still */ 1 -- to the end
----
SELECT 1 /**/ + /***/ 2 /*/*/*/ */ */ */ + 3 /* **/
----
SELECT 1--not minus
----
SELECT 1-/* x */-2
----
SELECT 1 -- one
-- two
, 2
----
SELECT a[1], a[1:2], a[:], (a).b, (a).*
----
SELECT ARRAY[1,2,3], ROW(1,'a'), CAST('1' AS int), '1'::int, int '1', DATE '2020-01-01'
----
SELECT interval '1 day', interval(3) '1', timestamp with time zone '2020-01-01', time '1:00'
----
SELECT f(a => 1, b := 2, VARIADIC c)
----
SELECT a OPERATOR(pg_catalog.+) b, a AT TIME ZONE 'UTC'
----
SELECT x FROM t WHERE a IN (1,-2,'3',NULL,TRUE)
----
INSERT INTO t (a, b) VALUES ('x', 1), (NULL, -2), ($1, $2) ON CONFLICT (a) DO UPDATE SET b = EXCLUDED.b RETURNING *
----
UPDATE t SET (a, b) = ('x', 2) WHERE c LIKE 'a%' ESCAPE '\'
----
DELETE FROM ONLY t USING u WHERE t.a = u.a
----
WITH RECURSIVE r(n) AS (VALUES (1) UNION ALL SELECT n+1 FROM r WHERE n < 100) SELECT * FROM r
----
CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql AS $body$ BEGIN RETURN a + 1; END $body$
----
DO $$ BEGIN PERFORM 1; END $$
----
COPY t (a, b) FROM STDIN WITH (FORMAT csv, DELIMITER E'\t')
----
SET standard_conforming_strings = off; SHOW ALL
----
SELECT 'tab	and
newline'
----
SELECT "a
b"
----
SELECT ''''
----
SELECT '', E'', $$$$, U&''
----
SELECT 1;;SELECT 2;
----
SELECT a.b.c.d, a . b, a. b
----
SELECT * FROM t TABLESAMPLE system(10) REPEATABLE (5)
----
SELECT - 5, + 5, -5::int, (-5)::int, - - 5
----
SELECT 5%3, 5^2, 5/2, 5*2, 5&3, 5|3, 5#3, ~5, 5<<1, 5>>1
----
SELECT a IS DISTINCT FROM b, a IS NOT NULL, a ISNULL, a BETWEEN SYMMETRIC 1 AND 2
----
SELECT CASE WHEN a THEN 'x' ELSE 'y' END
----
SELECT JSON_VALUE(a, '$.b' RETURNING text)
----
SELECT e, E, u, U, b, n, x, u & 'a', e 'x'
----
SELECT 'x'  	'y'
----
SELECT	tab,formfeed
FROM t
----
EXPLAIN (ANALYZE, BUFFERS) SELECT 1
