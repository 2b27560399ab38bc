package posix

import (
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// PollFd is a descriptor or a socket, which is not a descriptor on Windows, and the events to wait for.
type PollFd struct {
	Fd      int32
	Events  int16
	Revents int16
}

// Events of a PollFd: those of WSAPoll().
const (
	POLLIN   = 0x300
	POLLOUT  = 0x10
	POLLERR  = 0x1
	POLLHUP  = 0x2
	POLLNVAL = 0x4
)

// pollPeriod is the interval at which Poll checks pipes and sockets, whose handles cannot be waited for.
const pollPeriod = 5 * time.Millisecond

var (
	peekNamedPipe = windows.NewLazySystemDLL("kernel32.dll").NewProc("PeekNamedPipe")
	wsaPoll       = windows.NewLazySystemDLL("ws2_32.dll").NewProc("WSAPoll")
)

// Poll waits until a descriptor is ready, at most timeout milliseconds, or for ever if timeout is negative. It returns the
// number of ready descriptors. A pipe is always ready for writing.
func Poll(fds []PollFd, timeout int) (ready int, err error) {
	deadline := time.Now().Add(time.Duration(timeout) * time.Millisecond)
	for {
		var handles []windows.Handle
		looks := false
		ready = 0
		for i := range fds {
			f := &fds[i]
			handle, look := f.look()
			if f.Revents != 0 {
				ready++
			}
			if handle != 0 {
				handles = append(handles, handle)
			}
			looks = looks || look
		}
		left := time.Until(deadline)
		if ready > 0 || timeout >= 0 && left <= 0 {
			return ready, nil
		}
		if timeout < 0 {
			left = time.Duration(1<<31-1) * time.Millisecond
		}
		if looks {
			left = min(left, pollPeriod)
		}
		if err := waitForAny(handles, left); err != nil {
			return 0, err
		}
	}
}

func waitForAny(handles []windows.Handle, left time.Duration) error {
	const most = 64 // MAXIMUM_WAIT_OBJECTS
	if len(handles) == 0 || len(handles) > most {
		time.Sleep(min(left, pollPeriod))
		return nil
	}
	_, err := windows.WaitForMultipleObjects(handles, false, uint32((left+time.Millisecond-1)/time.Millisecond))
	return numbered(err)
}

// look sets Revents. It returns a handle to wait for, 0 if there is none; look is true if the descriptor must be checked
// again after pollPeriod.
func (f *PollFd) look() (handle windows.Handle, look bool) {
	f.Revents = 0
	d, err := of(int(f.Fd))
	if err != nil {
		f.lookAtSocket()
		return 0, true
	}
	f.Revents = f.Events & POLLOUT
	if f.Events&POLLIN == 0 {
		return 0, false
	}
	switch d.kind {
	case onDisk:
		f.Revents |= f.Events & POLLIN
	case pipe:
		var there uint32
		ok, _, _ := peekNamedPipe.Call(uintptr(d.handle), 0, 0, 0, uintptr(unsafe.Pointer(&there)), 0)
		switch {
		case ok == 0:
			f.Revents |= POLLHUP | f.Events&POLLIN
		case there > 0:
			f.Revents |= f.Events & POLLIN
		}
		return 0, true
	case console, event:
		if state, _ := windows.WaitForSingleObject(d.handle, 0); state == windows.WAIT_OBJECT_0 {
			f.Revents |= f.Events & POLLIN
		}
		return d.handle, false
	}
	return 0, false
}

func (f *PollFd) lookAtSocket() {
	polled := struct {
		socket          uintptr
		events, revents int16
	}{uintptr(f.Fd), f.Events, 0}
	if count, _, _ := wsaPoll.Call(uintptr(unsafe.Pointer(&polled)), 1, 0); int32(count) < 0 {
		f.Revents = POLLNVAL
		return
	}
	f.Revents = polled.revents
}

// NewEvent creates an event that is not set.
func NewEvent() (Event, error) {
	handle, err := windows.CreateEvent(nil, 1, 0, nil)
	if err != nil {
		return NoEvent, numbered(err)
	}
	return Event(add(&descriptor{handle: handle, kind: event})), nil
}

// Set makes the event readable.
func (e Event) Set() {
	if d, err := of(int(e)); err == nil {
		_ = windows.SetEvent(d.handle)
	}
}

// Reset makes the event not readable.
func (e Event) Reset() {
	if d, err := of(int(e)); err == nil {
		_ = windows.ResetEvent(d.handle)
	}
}

// Close closes the event.
func (e Event) Close() { _ = Close(int(e)) }
