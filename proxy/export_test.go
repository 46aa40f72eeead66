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
