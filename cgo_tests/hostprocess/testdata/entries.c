/*
 * entries.c - counts how often the library enters Go
 *
 *     entries PLUGIN
 *
 * Around each entry it blocks every signal, by a function that this program defines too.
 * The script sees the count, and fails if it rises where it must not.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "script.h"

static volatile int entries;

int pthread_sigmask(int how, const sigset_t *set, sigset_t *former)
{
    if (set != NULL && how == SIG_SETMASK && sigismember(set, SIGINT) == 1)
        entries++;
    return syscall(SYS_rt_sigprocmask, how, set, former, 8) == 0 ? 0 : 22;
}

static const char script[] =
    "import * as zmq from 'zmq';\n"
    "const context = new zmq.Context();\n"
    "const a = context.socket(zmq.PAIR), b = context.socket(zmq.PAIR);\n"
    "a.bind('inproc://entries');\n"
    "b.connect('inproc://entries');\n"
    "const poller = new zmq.Poller(), bytes = new Uint8Array(100000), list = ['one', 2, 3n];\n"
    "poller.add(b, zmq.POLLIN);\n"
    "const monitor = a.monitor();\n"
    "const parts = Array(20).fill('part');\n"
    "const calls = {\n"
    "    strings() { a.send('text'); b.recv_str(); },\n"
    "    'other strings': () => { a.send('\\u00e9\\u20ac\\u{1f600}'); b.recv_str(); },\n"
    "    integers() { a.send(7); b.recv_int(); a.send(2 ** 40); b.recv_bigint(); },\n"
    "    bigints() { a.send(7n); b.recv_bigint(); },\n"
    "    bytes() { a.send(bytes); b.recv(); a.send(bytes.buffer); b.recv_uint8ffarray(); },\n"
    "    others() { a.send(null); b.recv(); a.send(true); b.recv_int(); },\n"
    "    nothing() { b.recv(zmq.DONTWAIT); },\n"
    "    'received into': () => { a.send(bytes); b.recv_into(bytes, 5); },\n"
    "    parts() { a.send_multipart(list); b.recv_multipart(); },\n"
    "    'many parts': () => { a.send_multipart(parts); b.recv_multipart(); },\n"
    "    'more parts': () => { a.send('one', zmq.SNDMORE); a.send('two'); b.recv(); b.recv(); },\n"
    "    polls() { poller.poll(); poller.wait(0); poller.poll_all(3); poller.wait_all(3, 0); },\n"
    "    events() { a.send(1); poller.wait(-1); poller.wait_all(9, -1); b.recv_int(); },\n"
    "    waits() { poller.wait(1); poller.wait_all(1, 1); },\n"
    "    options() { b.getsockopt_int(zmq.LINGER); },\n"
    "    'poller entries': () => { poller.add(a, zmq.POLLIN, bytes); poller.modify(a, zmq.POLLOUT); poller.size(); poller.remove(a); },\n"
    "    'messages with properties': () => { a.send('text'); b.recv_message(['Peer-Address']); },\n"
    "    properties() { b.events; b.fd; b.type; b.closed; b.messages_received; },\n"
    "    'monitor events': () => { monitor.recv(zmq.DONTWAIT); monitor.events; monitor.dropped; },\n"
    "};\n"
    "b.setsockopt(zmq.RCVTIMEO, 1);\n"
    "calls['waits for a message'] = () => b.recv();\n"
    "for (const name in calls) {\n"
    "    calls[name]();\n"
    "    const before = host();\n"
    "    for (let i = 0; i < 100; i++) calls[name]();\n"
    "    print(`${name}: ${host() - before} entries`);\n"
    "}\n"
    "const before = host();\n"
    "zmq.version();\n"
    "print(`counted: ${host() > before}`);\n";

int main(int argc, char **argv)
{
    int (*run)(const char *, const volatile int *);
    void *plugin = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (plugin == NULL)
        return 2;
    *(void **)&run = dlsym(plugin, "script_run");
    return run(script, &entries) == 0 ? 0 : 1;
}
