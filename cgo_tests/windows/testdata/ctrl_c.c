/* Runs a program in a console, sends it Ctrl-C when it has printed "waiting", and prints its exit status:
 * ctrl_c PROGRAM ARGUMENT... */
#include <stdio.h>
#include <string.h>

#include <windows.h>

static int fail(const char *what)
{
    printf("%s: error %lu\n", what, GetLastError());
    return 1;
}

int main(void)
{
    char printed[4096];
    DWORD size, length = 0, status;
    HANDLE from, to;
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    STARTUPINFOW start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION child;

    /* The command line without this program's name. */
    wchar_t *command = GetCommandLineW();
    command = *command == L'"' ? wcschr(command + 1, L'"') + 1 : wcschr(command, L' ');
    while (command && *command == L' ') command++;

    FreeConsole();
    if (!AllocConsole()) return fail("AllocConsole");
    if (!CreatePipe(&from, &to, &inherited, 0)) return fail("CreatePipe");
    start.hStdOutput = start.hStdError = to;
    if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &start, &child)) return fail("CreateProcess");
    CloseHandle(to);
    while (length + 1 < sizeof printed && ReadFile(from, printed + length, (DWORD)(sizeof printed - 1 - length), &size, NULL)) {
        printed[length += size] = '\0';
        if (!strstr(printed, "waiting")) continue;
        SetConsoleCtrlHandler(NULL, TRUE); /* not this program */
        if (!GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0)) return fail("GenerateConsoleCtrlEvent");
        break;
    }
    WaitForSingleObject(child.hProcess, INFINITE);
    if (!GetExitCodeProcess(child.hProcess, &status)) return fail("GetExitCodeProcess");
    printf("ended with %lu\n", status);
    return 0;
}
