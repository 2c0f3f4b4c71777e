using System.Globalization;
using System.Resources;

namespace EarlyWarning.Board.Language;

/// <summary>
/// The words of the pages, from resource files: none stands in a component. Tests hold what is asked for to what there is, and the
/// languages to each other. Thread-safe.
/// </summary>
internal static class Words
{
    /// <summary>Says something in the reader's language.</summary>
    /// <param name="key">What, as the file names it.</param>
    /// <param name="with">What is put in the places of its text.</param>
    public static string Say(string key, params object?[] with)
    {
        var locale = Locale.Current;
        var text = Find(locale.Words, key) ?? throw new MissingManifestResourceException(key);
        return with.Length == 0 ? text : string.Format(locale.Format, text, Array.ConvertAll(with, Bidi.Isolate));
    }

    /// <summary>Says how many there are: the file has a text for one and a text for others.</summary>
    /// <param name="key">Of what, as the file names it without <c>.one</c> and <c>.many</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="with">What is put in the further places of its text.</param>
    public static string Count(string key, int count, params object?[] with) =>
        Say(Locale.Current.IsOne(count) ? $"{key}.one" : $"{key}.many", [Number.Whole(count), .. with]);

    /// <summary>Says a value of the contract.</summary>
    /// <param name="value">The value; the file names it by its type and itself.</param>
    public static string Named<T>(T value)
        where T : struct, Enum => Say($"{typeof(T).DeclaringType?.DeclaringType?.Name}{typeof(T).Name}.{value}");

    /// <summary>The name of a country.</summary>
    /// <param name="code">Its ISO 3166-1 alpha-3 code.</param>
    /// <param name="name">Its name as the suite has it, for a language and a country without another.</param>
    public static string Land(string code, string name) => (Locale.Current.Countries is { } file ? Find(file, code) : null) ?? name;

    /// <summary>The name of a level: a usual one in the reader's language, another one as its framework has it.</summary>
    public static string LevelName(string level) => Find(Locale.Current.Words, $"band.{level}") ?? level;

    private static string? Find(ResourceManager file, string key) => file.GetString(key, CultureInfo.InvariantCulture);
}
