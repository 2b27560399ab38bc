package gostall

import (
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// The timer is there while Go is at work, and not afterwards.
func TestTimer(t *testing.T) {
	waitFor(t, false)
	Touch()
	if !armed.Load() {
		t.Error("there is no timer after Touch")
	}
	waitFor(t, false)
	release := Hold()
	for range 3 {
		time.Sleep(period)
		if !armed.Load() {
			t.Error("there is no timer while it is held")
		}
	}
	release()
	waitFor(t, false)
}

func waitFor(t *testing.T, want bool) {
	t.Helper()
	for began := time.Now(); armed.Load() != want; time.Sleep(period / 10) {
		if time.Since(began) > time.Minute {
			t.Fatalf("armed is not %v after a minute", want)
		}
	}
}

// Without the timer the world stands still, for a minute or two, once in some 100,000 rounds.
const rounds = 50000

// standstill is longer than any busy machine takes to stop the world.
const standstill = 30 * time.Second

// A thread goes into a system call, which ends only after the world was stopped and started
// again, at just that moment.
func TestTheWorldStops(t *testing.T) {
	defer Hold()()
	seed := uint64(time.Now().UnixNano())
	t.Log("the seed is", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	var pipe [2]int
	if err := syscall.Pipe(pipe[:]); err != nil {
		t.Fatal(err)
	}
	var round atomic.Int64
	ended := make(chan error, 1)
	go func() { ended <- sleepInCalls(pipe[0], &round) }()
	for i := range int64(rounds) {
		for round.Load() == i {
			continue
		}
		for range random.IntN(60) {
			round.Load()
		}
		began := time.Now()
		stopTheWorld()
		if took := time.Since(began); took > standstill {
			t.Fatalf("it took %v to stop the world in round %d", took, i)
		}
		if _, err := syscall.Write(pipe[1], []byte{1}); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	_ = syscall.Close(pipe[0])
	_ = syscall.Close(pipe[1])
}

func sleepInCalls(descriptor int, round *atomic.Int64) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	buffer := make([]byte, 1)
	for range rounds {
		round.Add(1)
		if _, err := syscall.Read(descriptor, buffer); err != nil {
			return err
		}
	}
	return nil
}

func stopTheWorld() {
	var statistics runtime.MemStats
	runtime.ReadMemStats(&statistics)
}
