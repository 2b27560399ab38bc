/* audit.c - for LD_AUDIT: sees every library and every symbol that is bound, and changes nothing */
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>

static atomic_ulong bound;

unsigned la_version(unsigned version)
{
    return version < LAV_CURRENT ? version : LAV_CURRENT;
}

unsigned la_objopen(struct link_map *map, Lmid_t space, uintptr_t *cookie)
{
    (void)map, (void)space, (void)cookie;
    return LA_FLG_BINDTO | LA_FLG_BINDFROM;
}

uintptr_t la_symbind64(Elf64_Sym *symbol, unsigned index, uintptr_t *from, uintptr_t *to, unsigned *flags,
                       const char *name)
{
    (void)index, (void)from, (void)to, (void)flags, (void)name;
    atomic_fetch_add(&bound, 1);
    return symbol->st_value;
}
