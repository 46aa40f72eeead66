package access

type session struct{}
type usersFile struct{}
