package main

// The build stamps these (make release).
var (
	version = "development"
	commit  string
	date    string // of the commit
)

// versionText is what --version prints behind the name.
func versionText() string {
	if commit == "" {
		return version
	}
	return version + " (commit " + commit + ", " + date + ")"
}
