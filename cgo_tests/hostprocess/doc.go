// Package hostprocess tests that the library does not change the process that loads it in any
// noticeable way.
package hostprocess
