/*
 * emoji_rules.c
 *	  Labels of emoji: what they may hold, and Punycode (RFC 3492), which libidn2 does for IDNA2008 labels only.
 */
#include "base/emoji_rules.h"

#include <string.h>

/* RFC 3492 section 5 */
#define BASE			36
#define T_MIN			1
#define T_MAX			26
#define SKEW			38
#define DAMP			700
#define INITIAL_BIAS	72
#define INITIAL_N		0x80

/* Unicode 15 emoji beyond ASCII, by block; which of them a zone takes are its rows. */
static const struct
{
	uint32_t	first;
	uint32_t	last;
}			blocks[] = {
	{0x00A9, 0x00A9}, {0x00AE, 0x00AE}, {0x203C, 0x203C}, {0x2049, 0x2049}, {0x2122, 0x2122}, {0x2139, 0x2139}, {0x2194, 0x2199},
	{0x21A9, 0x21AA}, {0x231A, 0x231B}, {0x2328, 0x2328}, {0x23CF, 0x23CF}, {0x23E9, 0x23F3}, {0x23F8, 0x23FA}, {0x24C2, 0x24C2},
	{0x25AA, 0x25AB}, {0x25B6, 0x25B6}, {0x25C0, 0x25C0}, {0x25FB, 0x25FE}, {0x2600, 0x2604}, {0x260E, 0x260E}, {0x2611, 0x2611},
	{0x2614, 0x2615}, {0x2618, 0x2618}, {0x261D, 0x261D}, {0x2620, 0x2620}, {0x2622, 0x2623}, {0x2626, 0x2626}, {0x262A, 0x262A},
	{0x262E, 0x262F}, {0x2638, 0x263A}, {0x2640, 0x2640}, {0x2642, 0x2642}, {0x2648, 0x2653}, {0x265F, 0x2660}, {0x2663, 0x2663},
	{0x2665, 0x2666}, {0x2668, 0x2668}, {0x267B, 0x267B}, {0x267E, 0x267F}, {0x2692, 0x2697}, {0x2699, 0x2699}, {0x269B, 0x269C},
	{0x26A0, 0x26A1}, {0x26A7, 0x26A7}, {0x26AA, 0x26AB}, {0x26B0, 0x26B1}, {0x26BD, 0x26BE}, {0x26C4, 0x26C5}, {0x26C8, 0x26C8},
	{0x26CE, 0x26CF}, {0x26D1, 0x26D1}, {0x26D3, 0x26D4}, {0x26E9, 0x26EA}, {0x26F0, 0x26F5}, {0x26F7, 0x26FA}, {0x26FD, 0x26FD},
	{0x2702, 0x2702}, {0x2705, 0x2705}, {0x2708, 0x270D}, {0x270F, 0x270F}, {0x2712, 0x2712}, {0x2714, 0x2714}, {0x2716, 0x2716},
	{0x271D, 0x271D}, {0x2721, 0x2721}, {0x2728, 0x2728}, {0x2733, 0x2734}, {0x2744, 0x2744}, {0x2747, 0x2747}, {0x274C, 0x274C},
	{0x274E, 0x274E}, {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2763, 0x2764}, {0x2795, 0x2797}, {0x27A1, 0x27A1}, {0x27B0, 0x27B0},
	{0x27BF, 0x27BF}, {0x2934, 0x2935}, {0x2B05, 0x2B07}, {0x2B1B, 0x2B1C}, {0x2B50, 0x2B50}, {0x2B55, 0x2B55}, {0x3030, 0x3030},
	{0x303D, 0x303D}, {0x3297, 0x3297}, {0x3299, 0x3299}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F170, 0x1F171}, {0x1F17E, 0x1F17F},
	{0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F1E6, 0x1F1FF}, {0x1F201, 0x1F202}, {0x1F21A, 0x1F21A}, {0x1F22F, 0x1F22F},
	{0x1F232, 0x1F23A}, {0x1F250, 0x1F251}, {0x1F300, 0x1F321}, {0x1F324, 0x1F393}, {0x1F396, 0x1F397}, {0x1F399, 0x1F39B},
	{0x1F39E, 0x1F3F0}, {0x1F3F3, 0x1F3F5}, {0x1F3F7, 0x1F4FD}, {0x1F4FF, 0x1F53D}, {0x1F549, 0x1F54E}, {0x1F550, 0x1F567},
	{0x1F56F, 0x1F570}, {0x1F573, 0x1F57A}, {0x1F587, 0x1F587}, {0x1F58A, 0x1F58D}, {0x1F590, 0x1F590}, {0x1F595, 0x1F596},
	{0x1F5A4, 0x1F5A5}, {0x1F5A8, 0x1F5A8}, {0x1F5B1, 0x1F5B2}, {0x1F5BC, 0x1F5BC}, {0x1F5C2, 0x1F5C4}, {0x1F5D1, 0x1F5D3},
	{0x1F5DC, 0x1F5DE}, {0x1F5E1, 0x1F5E1}, {0x1F5E3, 0x1F5E3}, {0x1F5E8, 0x1F5E8}, {0x1F5EF, 0x1F5EF}, {0x1F5F3, 0x1F5F3},
	{0x1F5FA, 0x1F64F}, {0x1F680, 0x1F6C5}, {0x1F6CB, 0x1F6D2}, {0x1F6D5, 0x1F6D7}, {0x1F6DC, 0x1F6E5}, {0x1F6E9, 0x1F6E9},
	{0x1F6EB, 0x1F6EC}, {0x1F6F0, 0x1F6F0}, {0x1F6F3, 0x1F6FC}, {0x1F7E0, 0x1F7EB}, {0x1F7F0, 0x1F7F0}, {0x1F90C, 0x1F93A},
	{0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FA7C}, {0x1FA80, 0x1FA88}, {0x1FA90, 0x1FABD}, {0x1FABF, 0x1FAC5},
	{0x1FACE, 0x1FADB}, {0x1FAE0, 0x1FAE8}, {0x1FAF0, 0x1FAF8},
};

bool
dos_emoji_is(uint32_t cp)
{
	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
		if (cp >= blocks[i].first && cp <= blocks[i].last)
			return true;
	return false;
}

static uint32_t
adapt(uint32_t delta, uint32_t points, bool first)
{
	uint32_t	k = 0;

	delta = first ? delta / DAMP : delta / 2;
	delta += delta / points;
	for (; delta > ((BASE - T_MIN) * T_MAX) / 2; k += BASE)
		delta /= BASE - T_MIN;
	return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static uint32_t
threshold(uint32_t k, uint32_t bias)
{
	return k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
}

static int
digit_of(char c)
{
	return c >= 'a' && c <= 'z' ? c - 'a' : c >= '0' && c <= '9' ? c - '0' + 26 : -1;
}

/* RFC 3492 section 6.2; the number of code points, -1 if it is no Punycode or too long. */
static int
punycode_decode(const char *text, size_t length, uint32_t *cp)
{
	uint64_t	n = INITIAL_N;
	uint64_t	at = 0;
	uint32_t	bias = INITIAL_BIAS;
	size_t		in = 0;
	int			count = 0;

	for (size_t i = length; i > 0; i--)
		if (text[i - 1] == '-')
		{
			for (size_t j = 0; j < i - 1; j++)
				cp[count++] = (unsigned char) text[j];
			in = i;
			break;
		}
	while (in < length)
	{
		uint64_t	before = at;
		uint64_t	weight = 1;

		for (uint32_t k = BASE;; k += BASE)
		{
			int			digit = in < length ? digit_of(text[in++]) : -1;
			uint32_t	t = threshold(k, bias);

			if (digit < 0 || weight > UINT32_MAX)
				return -1;
			at += (uint64_t) digit * weight;
			if (at > UINT32_MAX)
				return -1;
			if ((uint32_t) digit < t)
				break;
			weight *= BASE - t;
		}
		if (count == DOS_EMOJI_LABEL_MAX)
			return -1;
		bias = adapt((uint32_t) (at - before), (uint32_t) count + 1, before == 0);
		n += at / (uint32_t) (count + 1);
		at %= (uint32_t) (count + 1);
		if (n > 0x10FFFF)
			return -1;
		memmove(cp + at + 1, cp + at, ((size_t) count - at) * sizeof(*cp));
		cp[at++] = (uint32_t) n;
		count++;
	}
	return count;
}

/* RFC 3492 section 6.3, with the prefix of A-labels; the length, 0 if it does not fit 63 octets. */
static size_t
punycode_encode(const uint32_t *cp, int count, char *out)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	uint32_t	n = INITIAL_N;
	uint64_t	delta = 0;
	uint32_t	bias = INITIAL_BIAS;
	size_t		used = 4;
	int			basic = 0;
	int			handled;

	memcpy(out, "xn--", 4);
	for (int i = 0; i < count; i++)
		if (cp[i] < INITIAL_N && used < 63)
		{
			out[used++] = (char) cp[i];
			basic++;
		}
	if (basic > 0 && used < 63)
		out[used++] = '-';
	for (handled = basic; handled < count; n++)
	{
		uint32_t	next = UINT32_MAX;

		for (int i = 0; i < count; i++)
			if (cp[i] >= n && cp[i] < next)
				next = cp[i];
		delta += (uint64_t) (next - n) * (uint32_t) (handled + 1);
		n = next;
		for (int i = 0; i < count; i++)
		{
			uint64_t	rest = delta;

			if (cp[i] < n)
				delta++;
			if (cp[i] != n)
				continue;
			for (uint32_t k = BASE;; k += BASE)
			{
				uint32_t	t = threshold(k, bias);

				if (used == 63)
					return 0;
				if (rest < t)
					break;
				out[used++] = digits[t + (rest - t) % (BASE - t)];
				rest = (rest - t) / (BASE - t);
			}
			out[used++] = digits[rest];
			bias = adapt((uint32_t) delta, (uint32_t) handled + 1, handled == basic);
			delta = 0;
			handled++;
		}
		delta++;
	}
	out[used] = '\0';
	return used;
}

/* Why code points are no label of emoji in normal form, or NULL. */
static const char *
problem_of(const uint32_t *cp, int count)
{
	bool		any = false;

	for (int i = 0; i < count; i++)
	{
		bool		letter = (cp[i] >= 'a' && cp[i] <= 'z') || (cp[i] >= '0' && cp[i] <= '9') || cp[i] == '-';

		any |= dos_emoji_is(cp[i]);
		if (cp[i] == DOS_EMOJI_JOINER && (i == 0 || i == count - 1 || !dos_emoji_is(cp[i - 1]) || !dos_emoji_is(cp[i + 1])))
			return "A joiner stands between two emoji.";
		if (!letter && cp[i] != DOS_EMOJI_JOINER && !dos_emoji_is(cp[i]))
			return "A label of emoji holds emoji, letters, digits and hyphens alone.";
	}
	if (!any)
		return "There is no emoji in it.";
	return cp[0] == '-' || cp[count - 1] == '-' ? "A label does not begin or end with a hyphen." : NULL;
}

int
dos_emoji_label(const char *label, size_t length, uint32_t *cp)
{
	char		again[64];
	int			count;

	if (length < 5 || length > 63 || memcmp(label, "xn--", 4) != 0)
		return 0;
	count = punycode_decode(label + 4, length - 4, cp);
	if (count <= 0 || problem_of(cp, count) != NULL)
		return 0;
	return punycode_encode(cp, count, again) == length && memcmp(label, again, length) == 0 ? count : 0;
}

/* One code point of UTF-8; the octets read, 0 if they are none. */
static size_t
utf8_read(const unsigned char *text, size_t length, uint32_t *cp)
{
	size_t		size = text[0] < 0x80 ? 1 : text[0] >= 0xF0 && text[0] < 0xF5 ? 4 : text[0] >= 0xE0 ? 3 : text[0] >= 0xC2 ? 2 : 0;

	if (size == 0 || size > length)
		return 0;
	*cp = size == 1 ? text[0] : text[0] & (0xFF >> (size + 1));
	for (size_t i = 1; i < size; i++)
	{
		if ((text[i] & 0xC0) != 0x80)
			return 0;
		*cp = *cp << 6 | (text[i] & 0x3F);
	}
	return size;
}

const char *
dos_emoji_alabel(const char *text, size_t length, char *out)
{
	uint32_t	cp[DOS_EMOJI_LABEL_MAX];
	int			count = 0;
	const char *problem;

	for (size_t at = 0, read; at < length; at += read)
	{
		uint32_t	c;

		read = utf8_read((const unsigned char *) text + at, length - at, &c);
		if (read == 0)
			return "It is not valid UTF-8.";
		if (c == 0xFE0E || c == 0xFE0F)
			continue;				/* how it is shown is not what it is */
		if (count == DOS_EMOJI_LABEL_MAX)
			return "A label has at most 63 octets.";
		cp[count++] = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
	}
	problem = count == 0 ? "There is no emoji in it." : problem_of(cp, count);
	if (problem == NULL && punycode_encode(cp, count, out) == 0)
		problem = "A label has at most 63 octets.";
	return problem;
}

void
dos_emoji_text(const uint32_t *cp, int count, char *out)
{
	for (int i = 0; i < count; i++)
	{
		uint32_t	c = cp[i];
		int			more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;

		if (more == 0)
			*out++ = (char) c;
		else
			*out++ = (char) ((0xFF00 >> (more + 1) & 0xFF) | c >> (6 * more));
		for (; more > 0; more--)
			*out++ = (char) (0x80 | (c >> (6 * (more - 1)) & 0x3F));
	}
	*out = '\0';
}
