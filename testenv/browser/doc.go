// Package browser drives a real Chromium (Debian's) for the tests of pages: what people see, click and type, with or without JavaScript, by mouse or
// keyboard, in light and dark, narrow and wide.
//
//	b := browser.Start(t)       // one Chromium; pages of all subtests share it
//	p := b.Open(t)              // a window with cookies of its own: a second person
//	p.Goto(url)
//	p.Click("#rotate")
//	p.WaitText("#toast", "rotated")
//	p.Clean(origin)             // no error in the console, no violation of the CSP, no request to anywhere else
//
// Every wait is for a condition, and fails the test with what the page said instead. Chromium runs without its own background network traffic.
package browser
