package proxy

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"
)

// CertificateFiles are the PEM files of one leg. Each may be empty where the leg does without.
type CertificateFiles struct {
	Certificate, Key string // ours, with the chain behind it
	CA               string // whose certificates are believed of the other side
}

// Certificates holds what lies in the files, and follows them: connections made from then on use what was read last.
type Certificates struct {
	files   CertificateFiles
	current atomic.Pointer[material]

	mu   sync.Mutex
	seen []os.FileInfo // of the files when they were last read, well or not
}

// material is what was read in one go. It is not changed.
type material struct {
	own []tls.Certificate // none or one
	ca  *x509.CertPool    // nil: the machine's own
}

// LoadCertificates reads the files. Its errors are one sentence, with the file's name.
func LoadCertificates(files CertificateFiles) (*Certificates, error) {
	c := &Certificates{files: files}
	if err := c.Reload(); err != nil {
		return nil, err
	}
	return c, nil
}

// Reload reads the files again. What was read before stays in force where they are bad.
func (c *Certificates) Reload() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reload()
}

// Follow reads the files again if they have changed since they were last read, and tells whether they had.
func (c *Certificates) Follow() (changed bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if slices.EqualFunc(c.seen, c.files.look(), unchanged) {
		return false, nil
	}
	return true, c.reload()
}

func (c *Certificates) reload() error {
	c.seen = c.files.look() // before they are read: a change in between is then seen the next time
	m, err := c.files.read()
	if err != nil {
		return err
	}
	c.current.Store(m)
	return nil
}

// Serving is for a server that speaks one of the protocols behind TLS and asks for no client's certificate: each connection is answered with what was read last.
func (c *Certificates) Serving(protocols ...string) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: protocols,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return &c.current.Load().own[0], nil }}
}

// look returns what tells one version of the files from another; nil for a file that cannot be seen.
func (f CertificateFiles) look() (seen []os.FileInfo) {
	for _, name := range []string{f.Certificate, f.Key, f.CA} {
		info, err := os.Stat(name) // follows links: orchestrators exchange a link
		if err != nil {
			info = nil
		}
		seen = append(seen, info)
	}
	return seen
}

func unchanged(a, b os.FileInfo) bool {
	if a == nil || b == nil {
		return a == b
	}
	return os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size()
}

func (f CertificateFiles) read() (*material, error) {
	m := &material{}
	if f.Certificate != "" {
		own, err := f.readOwn()
		if err != nil {
			return nil, err
		}
		m.own = []tls.Certificate{own}
	}
	if f.CA == "" {
		return m, nil
	}
	pem, err := os.ReadFile(f.CA)
	if err != nil {
		return nil, fmt.Errorf("cannot read the CA certificates: %w", err)
	}
	m.ca = x509.NewCertPool()
	if !m.ca.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate in PEM form", f.CA)
	}
	return m, nil
}

func (f CertificateFiles) readOwn() (tls.Certificate, error) {
	if err := keyIsPrivate(f.Key); err != nil {
		return tls.Certificate{}, err
	}
	own, err := tls.LoadX509KeyPair(f.Certificate, f.Key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("the certificate %s with the key %s: %w", f.Certificate, f.Key, err)
	}
	return own, nil
}

var errKeyIsOpen = errors.New("others may read the private key")

// keyIsPrivate refuses what PostgreSQL refuses of its own key
// (https://www.postgresql.org/docs/current/ssl-tcp.html): others must not read it, nor a group but for root's file.
func keyIsPrivate(name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return fmt.Errorf("cannot read the private key: %w", err)
	}
	allowed := os.FileMode(0o700)
	if ownedByRoot(info) {
		allowed = 0o740
	}
	if mode := info.Mode().Perm(); mode&^allowed != 0 {
		return fmt.Errorf("%w: %s has mode %04o; it must have 0600, or 0640 where it is root's", errKeyIsOpen, name, mode)
	}
	return nil
}
