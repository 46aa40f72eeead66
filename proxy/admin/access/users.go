package access

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
)

// Users is the users file.
type Users struct {
	Version int `yaml:"version"` // 1
	// Epoch, raised, ends every session, those of single sign-on too.
	Epoch int `yaml:"epoch,omitempty"`
	// UnlockWithoutOfficer are the roles that may unlock tenants that have no officer: [operator], or nothing.
	UnlockWithoutOfficer []Role           `yaml:"unlock_without_officer,omitempty"`
	Users                map[string]Entry `yaml:"users"`

	comments yaml.CommentMap // of the file, so that whoever changes it keeps them
	seen     os.FileInfo     // the file as it was read; nil: it was not
}

// Entry is a user in the users file.
type Entry struct {
	Role     Role         `yaml:"role"`
	Tenants  []string     `yaml:"tenants,omitempty"`  // of an officer: NAME, or DATABASE/NAME
	Password string       `yaml:"password,omitempty"` // hash: argon2id in PHC form, or bcrypt; none: no log-in with a password
	Tokens   []TokenEntry `yaml:"tokens,omitempty"`
	Disabled bool         `yaml:"disabled,omitempty"`
	Epoch    int          `yaml:"epoch,omitempty"` // raised, ends his sessions
}

// TokenEntry is an API token in the users file, without the token itself.
type TokenEntry struct {
	Name    string    `yaml:"name"`
	SHA256  string    `yaml:"sha256"` // of the token's text, in hex
	Expires time.Time `yaml:"expires,omitempty"`
}

const (
	maxUsersFile = 1 << 20 // bytes
	maxUsers     = 5000
)

// Errors about the users file.
var (
	ErrUsersMode = errors.New("must not be accessible to others: mode 0600, or 0640 where it is root's")
	ErrUserName  = errors.New("a user's name has 1 to 64 letters, digits and . _ @ + -, and begins with a letter or digit")
	// ErrUsersChanged: what somebody else has written in the meantime, who may have kept a user out, would be undone.
	ErrUsersChanged = errors.New("was changed by somebody else in the meantime; nothing was written: try again")
)

var userName = regexp.MustCompile(`\A[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}\z`)

// fold is what names are compared by: issuers of single sign-on, and people, do not always write one in the same way.
func fold(name string) string { return strings.ToLower(name) }

// Named is the name as the file writes it of the user who has it, however it is written.
func (u *Users) Named(name string) (written string, ok bool) {
	for written := range u.Users {
		if fold(written) == fold(name) {
			return written, true
		}
	}
	return "", false
}

// ReadUsers reads and checks a users file. Its errors quote nothing of the file but users' names.
func ReadUsers(path string) (*Users, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	allowed := os.FileMode(0o600)
	if ownedByRoot(info) {
		allowed = 0o640
	}
	if mode := info.Mode().Perm(); mode&^allowed != 0 {
		return nil, fmt.Errorf("%s has mode %04o: it %w", path, mode, ErrUsersMode)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxUsersFile+1))
	if err != nil {
		return nil, err
	}
	u, err := parseUsers(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	u.seen = info
	return u, nil
}

func parseUsers(data []byte) (*Users, error) {
	if len(data) > maxUsersFile {
		return nil, fmt.Errorf("larger than %d bytes", maxUsersFile)
	}
	u := &Users{comments: yaml.CommentMap{}}
	if err := u.decode(data); err != nil {
		return nil, err
	}
	return u, u.Check()
}

// decode takes a panic of the YAML library, which odd tags bring about, for what it is: a bad file, and no reason to end a proxy.
func (u *Users) decode(data []byte) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("not a users file")
		}
	}()
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict(), yaml.CommentToMap(u.comments)).Decode(u); err != nil && !errors.Is(err, io.EOF) {
		return placeOf(err)
	}
	return nil
}

// placeOf keeps of a YAML error the place alone: its text quotes the file.
func placeOf(err error) error {
	var line, column int
	if n, _ := fmt.Sscanf(yaml.FormatError(err, false, false), "[%d:%d]", &line, &column); n == 2 {
		return fmt.Errorf("line %d, column %d: not a users file: unknown key, wrong type or no YAML", line, column)
	}
	return errors.New("not a users file: unknown key, wrong type or no YAML")
}

// Check says what is wrong with it.
func (u *Users) Check() error {
	if u.Version != 1 {
		return errors.New("version: must be 1")
	}
	if len(u.Users) > maxUsers {
		return fmt.Errorf("more than %d users", maxUsers)
	}
	for _, r := range u.UnlockWithoutOfficer {
		if r != Operator {
			return errors.New("unlock_without_officer: only operator can stand there")
		}
	}
	names, tokens := map[string]bool{}, map[string]bool{}
	for _, name := range u.Names() {
		if names[fold(name)] {
			return fmt.Errorf("users.%s: there is another user whose name differs in case alone", name)
		}
		names[fold(name)] = true
		if err := u.Users[name].check(name, tokens); err != nil {
			return fmt.Errorf("users.%s: %w", name, err)
		}
	}
	return nil
}

func (e Entry) check(name string, tokens map[string]bool) error {
	if !userName.MatchString(name) {
		return ErrUserName
	}
	if err := e.Role.check(); err != nil {
		return err
	}
	if err := checkTenants(e.Role, e.Tenants); err != nil {
		return err
	}
	if e.Password != "" {
		if _, err := parseHash(e.Password); err != nil {
			return fmt.Errorf("password: %w", err)
		}
	}
	for _, t := range e.Tokens {
		if _, err := parseDigest(t.SHA256); err != nil || t.Name == "" || tokens[t.SHA256] {
			return errors.New("tokens: each has a name and a sha256 of its own, in 64 hexadecimal digits")
		}
		tokens[t.SHA256] = true
	}
	return nil
}

// checkTenants: an officer has tenants, and nobody else is limited to some.
func checkTenants(r Role, tenants []string) error {
	if (r == Officer) != (len(tenants) > 0) {
		return errors.New("tenants: an officer has one at least, and nobody else has any")
	}
	if slices.Contains(tenants, "") {
		return errors.New("tenants: an empty name")
	}
	return nil
}

// Names are the users' names in order.
func (u *Users) Names() []string { return slices.Sorted(maps.Keys(u.Users)) }

// Write replaces the users file in one step, with mode 0600 or, where there is one, its mode and group. Comments are kept. ErrUsersChanged where it is not the file that
// was read.
func (u *Users) Write(path string) error {
	if err := u.Check(); err != nil {
		return err
	}
	data, err := yaml.MarshalWithOptions(u, yaml.WithComment(u.comments))
	if err != nil {
		return err
	}
	if _, err := parseUsers(data); err != nil {
		return fmt.Errorf("what would be written cannot be read: %w", err)
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".users-*") // with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	defer temporary.Close()
	if info, err := os.Stat(path); err == nil {
		if err := likeFile(temporary, info); err != nil {
			return err
		}
	}
	if _, err := temporary.Write(data); err != nil {
		return err
	}
	if err := temporary.Sync(); err != nil {
		return err
	}
	if u.seen != nil && !same(stateOf(path), u.seen) {
		return fmt.Errorf("%s %w", path, ErrUsersChanged)
	}
	if err := os.Rename(temporary.Name(), path); err != nil {
		return err
	}
	u.seen = stateOf(path)
	return nil
}
