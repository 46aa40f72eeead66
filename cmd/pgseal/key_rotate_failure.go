package main

import (
	"errors"
	"fmt"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// rotationError says why a rotation did not happen, and which permission is missing where that is the reason. Nothing was changed then, but after
// pgstore.ErrOutcome.
func rotationError(err error) error {
	switch {
	case errors.Is(err, pgstore.ErrConflict):
		return errors.New("somebody else changed the tenant's key in the same moment; nothing was changed here. See pgseal key history, and try again if it is still wanted")
	case errors.Is(err, pgstore.ErrNotProved):
		return errors.New("the new wrapping does not open to the same data key; nothing was changed")
	case errors.Is(err, pgstore.ErrOutcome):
		return fmt.Errorf("the connection to the database was lost in the moment of the change, and whether it was made is not known: pgseal key history tells. "+
			"Either way the tenant's values open, and the command may be given again (%w)", err)
	}
	if missing := missingPermission(err); missing != "" {
		return fmt.Errorf("nothing was changed: %w. %s", forPeople(err), missing)
	}
	return fmt.Errorf("nothing was changed: %w", forPeople(err))
}

// missingPermission is a sentence about what the owner of the key would have to allow; empty where something else has failed.
func missingPermission(err error) string {
	var e *keysource.Error
	if !errors.As(err, &e) || e.Refused == "" {
		return ""
	}
	who := "pgseal's own credentials"
	if e.Principal != "" {
		who = "the role " + e.Principal
	}
	switch {
	case e.Refused == "sts:AssumeRole":
		return "Missing: the role's trust policy does not let pgseal's own credentials assume it (sts:AssumeRole), or the external id is another one"
	case e.Op == keysource.OpRewrap && e.Refused == "kms:Encrypt":
		return fmt.Sprintf("Missing: kms:ReEncryptTo on %s for %s, with kms:ReEncryptFrom on the present key; or kms:Encrypt, where no one principal may use both keys", e.Key, who)
	}
	return fmt.Sprintf("Missing: %s on %s for %s", e.Refused, e.Key, who)
}
