// Package api is the JSON API of the admin page: what openapi.yaml says, for programs, below /api/v1/. It stands behind access.Guard's Wrap, as the page does,
// and does the same by the same admin.Operations; a program logs in with a token or with basic authentication.
//
// Answers are JSON. What was not done is told as a problem (RFC 9457) with a code: an SQLSTATE of pgseal's, or a word. What the user must not know of is told
// like what does not exist. A change may carry If-Match with the ETag that GET .../key gave: it is refused (412) where somebody else has changed the settings
// since. That somebody is not logged in (401), or asks for more at a time than is answered (429), access.Guard says, in the same form.
package api
