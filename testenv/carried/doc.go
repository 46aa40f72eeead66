// Package carried looks at what becomes of sealed data that is carried to where it was not sealed, with the real program and real servers: to a physical
// standby, to a subscriber of a publication, to a later major version of PostgreSQL, and to a later version of pgseal itself. It is never imported by
// shipped code.
//
// testdata/store-NNNN is a store as the release wrote it whose schema has that number: a dump of the database, its control key and local master key (which
// protect nothing but these tests), a key export, and the rows as their tenants see them. The folder of a released version never changes again. The
// present version's is written by
//
//	go test ./testenv/carried -run TestFixture -update
package carried
