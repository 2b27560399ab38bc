package gojavm

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"time"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
)

// memory limits the script's use of the heap, which all VMs of the process share:
// objects from before the VM was created do not count.
type memory struct {
	limit  uint64 // bytes, 0: none
	before uint64 // bytes of the heap when the VM was created
}

// memoryPeriod is the interval at which the size of the heap is checked while a script with a limit runs.
const memoryPeriod = 5 * time.Millisecond

func (vm *VM) initMemory() {
	vm.memory.limit = vm.opts.MemoryLimit
	if vm.memory.limit > 0 {
		runtime.GC() // garbage would raise the limit by its size
		vm.memory.before = heapBytes()
	}
}

// heapBytes returns the size of all objects, garbage included.
func heapBytes() uint64 { return readMetric("/memory/classes/heap/objects:bytes") }

func readMetric(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// used returns how many bytes of the heap count.
func (m *memory) used() float64 { return m.above(heapBytes()) }

func (m *memory) above(bytes uint64) float64 { return max(float64(bytes)-float64(m.before), 0) }

// collect runs the collector while the script continues, and returns how many bytes of the heap count
// afterwards, allocations during the collection included. It does not wait for the sweep, which takes minutes
// on a busy machine: runtime.GC yields to the script after every few pages.
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

// allows reports whether a single allocation of so many bytes is allowed.
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

// machineMemory returns the size of the machine's memory in bytes.
func machineMemory() float64 {
	bytes, err := posix.Memory()
	if err != nil {
		return maxBufferLength
	}
	return bytes
}

// watchMemory ends the run when the script exceeds its limit. It returns when done is closed.
func (vm *VM) watchMemory(done <-chan struct{}) {
	m := &vm.memory
	ticker := time.NewTicker(memoryPeriod)
	defer ticker.Stop()
	collected := 0.0 // bytes after the last collection by this function
	for {
		select {
		case <-done:
			return
		case <-ticker.C:
		}
		limit := float64(m.limit)
		// Do not collect again before the heap has grown by an eighth of the limit: the script would hardly run.
		if used := m.used(); used <= limit || used < collected+limit/8 {
			continue
		}
		if collected = m.collect(); collected > limit {
			collected = m.collect() // allocations during the first collection may be garbage
		}
		if collected > limit {
			vm.stop(&MemoryError{Limit: m.limit})
			return
		}
	}
}

// MemoryError reports that the run was ended because the script used more memory than
// [Options.MemoryLimit] allows.
type MemoryError struct{ Limit uint64 }

func (e *MemoryError) Error() string {
	return fmt.Sprintf("InternalError: out of memory: the script needs more than its limit of %d bytes", e.Limit)
}
