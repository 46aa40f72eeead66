package proxy

// ended is how many segments have ended.
func (q *queue) ended() uint64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.resolved + uint64(q.spares())
}
