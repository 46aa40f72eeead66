package decode

import (
	"errors"
	"fmt"

	"github.com/jackc/pgproto3/v2"
)

// startup is the part of a connection before its first ReadyForQuery.
type startup struct {
	authenticated bool // AuthenticationOk has come
	keyed         bool // BackendKeyData has come
	done          bool
}

// answer judges a message that is no error, notice or parameter.
func (s *startup) answer(m pgproto3.BackendMessage, status *transaction) error {
	switch m := m.(type) {
	case *pgproto3.AuthenticationOk:
		if s.authenticated {
			return errors.New("AuthenticationOk comes twice")
		}
		s.authenticated = true
		return nil
	case *pgproto3.AuthenticationCleartextPassword, *pgproto3.AuthenticationMD5Password, *pgproto3.AuthenticationSASL,
		*pgproto3.AuthenticationSASLContinue, *pgproto3.AuthenticationSASLFinal, negotiateVersion:
		if s.authenticated {
			return fmt.Errorf("%T after AuthenticationOk", m)
		}
		return nil
	case *pgproto3.ErrorResponse:
		return errors.New("error while a connection starts that is not FATAL")
	case *pgproto3.BackendKeyData:
		if !s.authenticated || s.keyed {
			return errors.New("BackendKeyData twice or before AuthenticationOk")
		}
		s.keyed = true
		return nil
	case *pgproto3.ReadyForQuery:
		if !s.authenticated {
			return errors.New("ReadyForQuery before AuthenticationOk")
		}
		s.done = true
		return status.ready(m.TxStatus)
	}
	return fmt.Errorf("%T while the connection starts", m)
}

// parameter judges a ParameterStatus, which may come at any time from
// AuthenticationOk on.
func (s *startup) parameter() error {
	if !s.authenticated {
		return errors.New("ParameterStatus before AuthenticationOk")
	}
	return nil
}
