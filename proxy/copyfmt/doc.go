// Package copyfmt reads and writes the three formats of COPY data: text, CSV and binary
// (https://www.postgresql.org/docs/current/sql-copy.html, section "File Formats").
//
// The data of a COPY are one stream: where a message ends says nothing about where a row does. Rows finds the rows in a stream that comes
// in pieces of any size, and keeps nothing but the beginning of a row whose end has not come yet:
//
//	rows.Feed(piece)
//	  rows.Next()      a row, or something else that belongs to the stream; More once the piece is used up
//	    rows.Fields()  the row's fields: where each one stands, and what it means
//	rows.End()         no more pieces: what is left is the last row
//
// A field that is to be replaced is written by Options.AppendField in the place where the old one stood; everything else of the stream can
// be passed on as it came, so that the server reads it as the client wrote it.
//
// # What is read, and how
//
// Lines and fields are told apart exactly as PostgreSQL does (src/backend/commands/copyfromparse.c, versions 13 to 18): if the two disagreed,
// a value would be taken for another column's. The tests hold the package against a simple reference, and against the server itself.
// Whatever is not of the format is an *Error, with the code and message of PostgreSQL's; the row is then not given out at all.
//
//   - Text: a backslash takes the next character along, a line end too; fields are separated by the delimiter; \b \f \n \r \t \v, \ooo and \xhh
//     are decoded. A field that is, as it stands in the line, the NULL string is NULL.
//   - CSV: line ends and delimiters within quotes are data; a quote in a field that is not at its beginning counts too. A field is NULL if it is the
//     NULL string and nothing of it was quoted.
//   - The first line end says which line ends there are: LF, CR or CRLF; others are refused.
//   - \. ends the data (Marker); what follows is passed over by the server.
//   - Binary: signature, flags, extension; rows of a count and fields with a length each; -1 as the trailer.
//
// Lengths are hostile: a row longer than the limit is ErrTooLong, and nothing is allocated for a length that was merely announced.
package copyfmt
