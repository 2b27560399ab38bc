// Package hostprocess tests what the library does to the process that it is loaded into:
// nothing that the process would notice.
package hostprocess
