// Package page is the admin page: HTML from templates, one style sheet, one script, all embedded.
//
//	access.Guard -> Handler -> what a page shows is asked of admin.Operations -> template
//	                        -> what a form asks for is done by admin.Operations -> 303 to the page, or the page again with the reason
//
// It works without JavaScript: what JavaScript shows as a dialog is a page of its own without it, and a toast is a message at the head of the page. The
// script (static/page.js) counts down, and asks the JSON API every two seconds whether anything has changed; where something has, it asks for the page again
// and takes the parts marked data-live from it. So all words come from here.
//
// Every form that changes a tenant carries the version of its record that the page showed. If it is another one by then, nothing is done: somebody else has
// changed something meanwhile, and whoever asked is told to look first. What cannot be taken back wants the tenant's name typed.
//
// What a user may not do is not offered, and refused if it is asked for all the same: access.Guard's Authorise is asked before anything else. A tenant that
// the user may not know of is answered like one that does not exist.
//
// No page holds a secret, a value, or the text of a statement. The content security policy allows no script, style, image or request but this origin's own, and nothing inline.
package page
