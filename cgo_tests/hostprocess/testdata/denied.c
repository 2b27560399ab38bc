/*
 * denied.c - a host with a system call that is denied (EPERM)
 *
 *     denied PLUGIN|LIBRARY|none before|after|handling NUMBER
 *
 * before or after the library is loaded; or before the host handles a signal. It fails with a message if a
 * script does; so it may write to standard output and standard error in every case.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "use.h"

static void deny(unsigned number)
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 4),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_write, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args)), /* its lower half */
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 2, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) != 0)
        _exit(2);
}

static void return_at_once(int number) { (void)number; }

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    int late = strcmp(argv[2], "after") == 0;
    if (!late)
        deny((unsigned)atoi(argv[3]));
    if (strcmp(argv[2], "handling") == 0) {
        signal(SIGUSR1, return_at_once);
        raise(SIGUSR1);
    }
    use_load(argv[1]);
    if (late)
        deny((unsigned)atoi(argv[3]));
    return use_run(use_message) == 0 ? 0 : 1;
}
