package plan

import (
	"hash/maphash"
	"sync"
	"sync/atomic"
)

// verdict is what the planner has found out about all texts of one key: a shape, a refusal, or, where both are nil,
// that the texts name nothing protected. It is immutable.
type verdict struct {
	shape   *Shape
	refusal *Refusal
	whole   *Plan // of a text that is known by its very bytes; shared between all sessions that send it
}

// cacheShards is the number of parts that the cache is locked in; a power of two.
const cacheShards = 16

// cache keeps verdicts by key, up to a number of bytes. A verdict that was used since the hand of the clock last passed
// is spared once. Lookups share a lock and allocate nothing.
type cache struct {
	seed   maphash.Seed
	use    *cacheUse
	shards [cacheShards]cacheShard
}

// cacheUse is how a cache, and those in whose place it came, have been used.
type cacheUse struct{ hits, misses, evictions atomic.Int64 }

type cacheShard struct {
	mu      sync.RWMutex
	entries map[string]*cacheEntry
	ring    []*cacheEntry
	hand    int
	bytes   int
	limit   int
}

type cacheEntry struct {
	key     string
	verdict verdict
	bytes   int
	used    atomic.Bool
}

func newCache(bytes int, use *cacheUse) *cache {
	c := &cache{seed: maphash.MakeSeed(), use: use}
	for i := range c.shards {
		c.shards[i].entries = make(map[string]*cacheEntry)
		c.shards[i].limit = bytes / cacheShards
	}
	return c
}

func (c *cache) shard(key []byte) *cacheShard {
	return &c.shards[maphash.Bytes(c.seed, key)%cacheShards]
}

// get returns the verdict of a key.
func (c *cache) get(key []byte) (verdict, bool) {
	s := c.shard(key)
	s.mu.RLock()
	defer s.mu.RUnlock()
	e := s.entries[string(key)]
	if e == nil {
		c.use.misses.Add(1)
		return verdict{}, false
	}
	c.use.hits.Add(1)
	if !e.used.Load() {
		e.used.Store(true)
	}
	return e.verdict, true
}

// put keeps a verdict whose own memory is about size bytes. One that would fill a large part of its shard is not kept.
func (c *cache) put(key []byte, v verdict, size int) {
	s := c.shard(key)
	e := &cacheEntry{key: string(key), verdict: v, bytes: len(key) + size + entryOverhead}
	if e.bytes > s.limit/2 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.entries[e.key] != nil {
		return
	}
	for s.bytes+e.bytes > s.limit && len(s.ring) > 0 {
		s.evict()
		c.use.evictions.Add(1)
	}
	s.entries[e.key] = e
	s.ring = append(s.ring, e)
	s.bytes += e.bytes
}

// entryOverhead is what a key costs besides its bytes: the entry, its place in the ring, and in the map.
const entryOverhead = 160

// evict takes one verdict out that was not used lately.
func (s *cacheShard) evict() {
	for {
		if s.hand >= len(s.ring) {
			s.hand = 0
		}
		e := s.ring[s.hand]
		if e.used.CompareAndSwap(true, false) {
			s.hand++
			continue
		}
		last := len(s.ring) - 1
		s.ring[s.hand] = s.ring[last]
		s.ring[last] = nil
		s.ring = s.ring[:last]
		delete(s.entries, e.key)
		s.bytes -= e.bytes
		return
	}
}

// size is the number of bytes that the cache holds.
func (c *cache) size() int {
	total := 0
	for i := range c.shards {
		c.shards[i].mu.RLock()
		total += c.shards[i].bytes
		c.shards[i].mu.RUnlock()
	}
	return total
}
