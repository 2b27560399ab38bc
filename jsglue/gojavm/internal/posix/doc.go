// Package posix has the functions of the operating system that the modules std and os of a script stand for: those of
// POSIX, with its error numbers. Windows has some of them under other names, and fails with ENOTSUP for the rest.
package posix

// An Event is a descriptor to wake a thread by, which waits for it with Poll.
type Event int

// NoEvent is none.
const NoEvent Event = -1

// Status is what Stat tells of a file.
type Status struct {
	Device, Inode, Mode, Links, User, Group, Special int64
	Size, Blocks                                     int64 // bytes, and blocks of 512 of them
	Accessed, Modified, Changed                      int64 // milliseconds since 1970
}
