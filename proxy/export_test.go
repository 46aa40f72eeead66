package proxy

// Queued returns how many answers the sessions still expect from the server.
func (s *Server) Queued() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for sess := range s.sessions {
		sess.queue.mu.Lock()
		n += sess.queue.n
		sess.queue.mu.Unlock()
	}
	return n
}

// ServerStartup is the StartupMessage for the server that comes of a client's.
func ServerStartup(raw []byte, as string) []byte {
	params, err := startupParameters(raw[minStartupPacket:])
	if err != nil {
		return nil
	}
	out, _ := (&startupPacket{raw: raw, code: protocolMajor << 16, params: params}).negotiate(as)
	return out
}
