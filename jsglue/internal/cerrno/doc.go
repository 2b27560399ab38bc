// Package cerrno has the names and texts of C's error numbers where neither Go nor the system has them: on Windows.
package cerrno
