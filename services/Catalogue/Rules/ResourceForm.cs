namespace EarlyWarning.Catalogue.Rules;

/// <summary>The written forms of codes, ids and resource names in the catalogue.</summary>
public static class ResourceForm
{
    /// <summary>Starts the name of a framework.</summary>
    public const string Frameworks = "frameworks/";

    /// <summary>Starts the name of an indicator.</summary>
    public const string Indicators = "indicators/";

    /// <summary>Starts the name of a threshold.</summary>
    public const string Thresholds = "thresholds/";

    /// <summary>
    /// Whether it is a code of an indicator, a node or a level: 1 to 64 of a-z, 0-9, dot, hyphen and underscore, starting with a letter.
    /// </summary>
    public static bool IsCode(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 64 || !char.IsAsciiLetterLower(text[0]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether it is a framework's id: 1 to 40 of a-z, 0-9 and hyphen, with a letter or digit at both ends.</summary>
    public static bool IsFrameworkId(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 40 && IsPlain(text) && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);

    /// <summary>Whether it is a threshold's id: 1 to 60 of a-z, 0-9 and hyphen, starting with a letter.</summary>
    public static bool IsThresholdId(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 60 && char.IsAsciiLetterLower(text[0]) && IsPlain(text);

    /// <summary>Gets what follows the prefix in a resource name; <see langword="null"/> where the name does not start with it.</summary>
    public static string? IdOf(string name, string prefix)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(prefix);
        return name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;
    }

    /// <summary>Gets the id of a framework from its name or from a version's name; empty where it is neither.</summary>
    public static string FrameworkIdOf(string name)
    {
        var rest = IdOf(name, Frameworks) ?? "";
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? rest : rest[..slash];
    }

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }
}
