using System.Text;

namespace EarlyWarning.Fuzzing.Tests.Mutating;

/// <summary>What parsers stumble over, whatever they read: ends of ranges, signs that are none, marks of the formats.</summary>
internal static class Oddities
{
    private static readonly string[] s_figures =
    [
        "0", "-0", "-1", "1", "0.5", "1.5", "100", "101", "1e308", "1e309", "-1e999", "0e99999999999", "1e-99999999999", "4e-324", "NaN", "Infinity", "-Infinity", "1,5", "1_000",
        "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "18446744073709551616", "79228162514264337593543950336", "0x7f", "\u0663", ".5", "5.", "+1",
        "9007199254740993", new('9', 400), "0." + new string('0', 400) + "1",
    ];

    private static readonly string[] s_times =
    [
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "0001-01-01T00:00:00+18:00", "9999-12-31T23:59:59-18:00", "1970-01-01T00:00:00Z", "2024-02-30", "2023-02-29",
        "2024-12-31T23:59:60Z", "0000-00-00", "2024-06-01", "2024-06-01T24:00:00Z", "1789-01-01", "-315576000000s", "315576000001s", "0.0000000001s", "-0.5s", "1d", "400d", "401d",
        "99999999999999d", "1e300d", "-1d", "9999999999h", "1m30s",
    ];

    private static readonly string[] s_signs =
    [
        "\0", "\uFEFF", "\r\n", "\n", "\r", "\t", " ", "\u202E", "\u2028", "\u0085", "\u00A0", "\u200B", "\U0001F4A3", "\\uD800", "\\u0000", "\\uDC00\\uD800", "\\", "\"", "'", ",", ";", "|", "~", "null",
        "true", "false", "%", "%2F", "%00", "..", "/", "//", "../../", "{}", "[]", "{", "}", "[", "]", ":", ": ", "- ", "? ", "&a ", "*a", "<<: *a", "!!null ", "!!binary ", "!x ", "---\n", "...\n",
        "%YAML 1.1\n---\n", "| \n", ">-\n", "#", "@", "`", "XAA", "SDN", "$", "=", "<", ">", "(Intercept)", "NA",
    ];

    /// <summary>All of them, some of which are no UTF-8.</summary>
    public static IReadOnlyList<byte[]> All { get; } =
    [
        .. s_figures.Concat(s_times).Concat(s_signs).Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFE, 0xFF], [0x80], [0x1F, 0x8B], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
    ];
}
