package libzmq

import (
	"sync"
	"testing"

	"github.com/pebbe/zmq4"
)

// TestMonitorsEndOnAnyThread: a collector may drop what receives events while its socket is at
// work, and before or after that one.
func TestMonitorsEndOnAnyThread(t *testing.T) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			runtime, err := NewRuntime()
			if err != nil {
				t.Error(err)
				return
			}
			for range 20 {
				if err := monitorOnce(runtime, &all); err != nil {
					t.Error(err)
				}
			}
			if err := runtime.Close(1000); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func monitorOnce(runtime *Runtime, all *sync.WaitGroup) error {
	context, err := NewContext(runtime)
	if err != nil {
		return err
	}
	defer context.Finalize()
	socket, err := context.NewSocket(int(zmq4.REP))
	if err != nil {
		return err
	}
	var dropped sync.WaitGroup
	for range 5 {
		receiver, err := socket.NewMonitor(0xFFFF)
		if err != nil {
			return err
		}
		dropped.Go(receiver.Finalize)
		if err := socket.Bind("tcp://127.0.0.1:*"); err != nil {
			return err
		}
	}
	all.Go(socket.Finalize)
	dropped.Wait()
	return nil
}
