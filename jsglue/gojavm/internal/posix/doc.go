// Package posix has the POSIX functions behind the modules std and os, with C's error numbers. On Windows it implements
// some of them with the functions of Windows; the others fail with ENOTSUP.
package posix

// An Event is a descriptor that becomes readable when it is set. It wakes a thread that waits in Poll.
type Event int

// NoEvent is not an event.
const NoEvent Event = -1

// Status is the result of Stat.
type Status struct {
	Device, Inode, Mode, Links, User, Group, Special int64
	Size, Blocks                                     int64 // bytes, and blocks of 512 of them
	Accessed, Modified, Changed                      int64 // milliseconds since 1970
}
