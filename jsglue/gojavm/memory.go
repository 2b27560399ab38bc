package gojavm

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"time"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
)

// memory is what the script may have of the heap, which all VMs of the process share:
// what a VM found there when it was made does not count.
type memory struct {
	limit  uint64 // bytes, 0: none
	before uint64 // bytes of the heap when the VM was made
}

// memoryPeriod is how often the heap is looked at while a script with a limit runs.
const memoryPeriod = 5 * time.Millisecond

func (vm *VM) initMemory() {
	vm.memory.limit = vm.opts.MemoryLimit
	if vm.memory.limit > 0 {
		runtime.GC() // garbage would give the script so much more
		vm.memory.before = heapBytes()
	}
}

// heapBytes is the size of all objects, those included that are garbage already.
func heapBytes() uint64 { return readMetric("/memory/classes/heap/objects:bytes") }

func readMetric(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// used is how much of the heap counts.
func (m *memory) used() float64 { return m.above(heapBytes()) }

func (m *memory) above(bytes uint64) float64 { return max(float64(bytes)-float64(m.before), 0) }

// collect runs the collector while the script goes on, and gives what then counts of the heap, with what
// was allocated meanwhile. It does not wait until the memory of garbage is free again, which on a busy
// machine takes minutes: runtime.GC lets the script run each time that it has freed some pages.
func (m *memory) collect() float64 {
	const cycles = "/gc/cycles/total:gc-cycles"
	before := readMetric(cycles)
	done := make(chan struct{})
	go func() {
		runtime.GC()
		close(done)
	}()
	ticker := time.NewTicker(memoryPeriod)
	defer ticker.Stop()
	for readMetric(cycles) == before {
		select {
		case <-done:
		case <-ticker.C:
		}
	}
	return m.above(readMetric("/gc/heap/live:bytes"))
}

// allows reports whether so many bytes may be asked for at once.
func (m *memory) allows(bytes float64) bool {
	if m.limit == 0 {
		return bytes <= machineMemory()/2
	}
	if bytes > float64(m.limit) {
		return false
	}
	if m.used()+bytes <= float64(m.limit) {
		return true
	}
	runtime.GC()
	return m.used()+bytes <= float64(m.limit)
}

// machineMemory is how many bytes of memory the machine has.
func machineMemory() float64 {
	bytes, err := posix.Memory()
	if err != nil {
		return maxBufferLength
	}
	return bytes
}

// watch ends the script when it has more memory than it may, until done is closed.
func (vm *VM) watchMemory(done <-chan struct{}) {
	m := &vm.memory
	ticker := time.NewTicker(memoryPeriod)
	defer ticker.Stop()
	collected := 0.0 // what the heap had been after the last collection here
	for {
		select {
		case <-done:
			return
		case <-ticker.C:
		}
		limit := float64(m.limit)
		// A collection for each bit of garbage above the limit would be all that happens.
		if used := m.used(); used <= limit || used < collected+limit/8 {
			continue
		}
		if collected = m.collect(); collected > limit {
			collected = m.collect() // what came while the first one was at work may be garbage
		}
		if collected > limit {
			vm.stop(&MemoryError{Limit: m.limit})
			return
		}
	}
}

// MemoryError reports that the run was ended because the script had more memory than
// [Options.MemoryLimit] allows.
type MemoryError struct{ Limit uint64 }

func (e *MemoryError) Error() string {
	return fmt.Sprintf("InternalError: out of memory: the script needs more than its limit of %d bytes", e.Limit)
}
