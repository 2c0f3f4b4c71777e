using System.Globalization;
using System.Text;
using EarlyWarning.ServiceDefaults.Callers;

namespace EarlyWarning.Access.Keys;

/// <summary>What a key may be called: the name stands in records that people read for years.</summary>
internal static class KeyName
{
    /// <summary>The most characters.</summary>
    public const int Longest = 100;

    /// <summary>Why a name is none; <see langword="null"/> where it is one.</summary>
    public static string? FaultOf(string? name) =>
        name switch
        {
            null or "" => "A key needs a name: whom it stands for.",
            _ when name.Trim() != name => "A key's name begins and ends with a letter, a digit or a sign, not with a space.",
            { Length: > Longest } => $"A key's name has at most {Longest} characters; this one has {name.Length}.",
            _ when Caller.IsReserved(name) => "No key may be called 'suite', under which the suite records what it does by itself.",
            _ when name.Contains('@', StringComparison.Ordinal) =>
                "A key's name has no '@', which stands in the names of callers whom an issuer vouches for.",
            _ when name.EnumerateRunes().Any(IsUnseen) =>
                "A key's name has no line breaks, control characters or signs that turn the direction of writing.",
            _ => null,
        };

    /// <summary>Whether a name that somebody else gave can go on record.</summary>
    public static bool IsRecordable(string name) =>
        name.Length is > 0 and <= Longest && !Caller.IsReserved(name) && !name.EnumerateRunes().Any(IsUnseen);

    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune == Rune.ReplacementChar
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200B or 0xFEFF;
}
