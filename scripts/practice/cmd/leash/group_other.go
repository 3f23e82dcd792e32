//go:build !linux

package main

import "syscall"

// A group of its own, out of reach of the terminal's Ctrl-C. Only Linux has a death signal for children.
func groupAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}
