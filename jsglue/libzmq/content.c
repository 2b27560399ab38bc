#include "content.h"

#include <stdlib.h>

static int set_integer(core_content *content, const void *integer, size_t size)
{
    memcpy(content->scratch, integer, size);
    content->data = content->scratch;
    content->size = size;
    return 0;
}

static int set_number(core_content *content, double number)
{
    if (!(number >= -0x1p63 && number < 0x1p63))
        return -1;
    int64_t whole = (int64_t)number;
    int32_t narrow = (int32_t)whole;
    if ((double)whole != number)
        return -1;
    return whole == narrow ? set_integer(content, &narrow, sizeof narrow) : set_integer(content, &whole, sizeof whole);
}

static int set_text(core_content *content, const zmqjs_data *text)
{
    content->data = text->as.data;
    content->size = text->length;
    if ((text->flags & ZMQJS_UTF16) != 0 && text->length <= sizeof content->scratch &&
        utf8_write_ascii_of_utf16(text->as.data, text->length, (char *)content->scratch)) {
        content->data = content->scratch;
        return 0;
    }
    if (text->flags & ZMQJS_UTF16)
        content->size = utf8_length_of_utf16(text->as.data, text->length);
    else if (text->flags & ZMQJS_LATIN1)
        content->size = utf8_length_of_latin1(text->as.data, text->length);
    else if (utf8_is_valid(text->as.data, text->length))
        return 0;
    else
        content->size = utf8_repair(UTF8_OF_ENGINE, text->as.data, text->length, NULL);
    if ((text->flags & ZMQJS_LATIN1) == 0 || content->size != text->length)
        content->text = text;
    return 0;
}

int core_content_of(const zmqjs_data *data, core_content *content)
{
    int32_t boolean = data->as.boolean;
    content->text = NULL;
    content->lent = NULL;
    if (core_content_in_place(data, &content->data, &content->size))
        return 0;
    switch (data->type) {
    case ZMQJS_STRING:
        return set_text(content, data);
    case ZMQJS_BOOLEAN:
        return set_integer(content, &boolean, sizeof boolean);
    case ZMQJS_DOUBLE:
        return set_number(content, data->as.number);
    case ZMQJS_LENT:
        content->lent = data->as.lent;
        content->is_lasting = (data->flags & ZMQJS_LASTING) != 0;
        content->data = data->as.lent->data;
        content->size = data->length;
        return 0;
    case ZMQJS_NULL:
        content->size = 0;
        content->data = NULL;
        return 0;
    default:
        return -1;
    }
}

void core_content_write(const core_content *content, void *to)
{
    const zmqjs_data *text = content->text;
    if (text == NULL)
        memcpy(to, content->size > 0 ? content->data : "", content->size);
    else if (text->flags & ZMQJS_UTF16)
        utf8_write_utf16(text->as.data, text->length, to);
    else if (text->flags & ZMQJS_LATIN1)
        utf8_write_latin1(text->as.data, text->length, to);
    else
        utf8_repair(UTF8_OF_ENGINE, text->as.data, text->length, to);
}
