// Package postgres gives tests a real PostgreSQL of their own: see package
// cluster for how it is made and how it ends.
//
//	db := postgres.Start(t, postgres.Options{})        // ends with the test
//	conn := db.Conn(t, "postgres", "")                 // superuser
//	name := db.NewDatabase(t)                          // one cluster, many databases
//
// Several tests of a package may share one cluster by way of Open in TestMain.
package postgres
