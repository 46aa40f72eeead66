package plan

// Prepare is a PREPARE. Where its query names nothing protected there is only the name, which stood for something else before.
type Prepare struct {
	Name string
	Plan *Plan    // of its query, as if it had come in a Parse
	SQL  []byte   // the query as the client wrote it
	OIDs []uint32 // of the types that it declares its parameters with; 0 where the server is to find out
}
