using System.Globalization;
using System.Resources;

namespace EarlyWarning.Board.Language;

/// <summary>
/// The words of the pages, from resource files: none stands in a component. A test holds what is asked for to what there is. Thread-safe.
/// </summary>
internal static class Words
{
    /// <summary>Gets the file of all words.</summary>
    public static ResourceManager File { get; } = new("EarlyWarning.Board.Language.Words", typeof(Words).Assembly);

    /// <summary>Says something in the reader's language.</summary>
    /// <param name="key">What, as the file names it.</param>
    /// <param name="with">What is put in the places of its text.</param>
    public static string Say(string key, params object?[] with)
    {
        var text = File.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
        return with.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, with);
    }

    /// <summary>Says how many there are: the file has a text for one and a text for others.</summary>
    /// <param name="key">Of what, as the file names it without <c>.one</c> and <c>.many</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="with">What is put in the further places of its text.</param>
    public static string Count(string key, int count, params object?[] with) =>
        Say(count == 1 ? $"{key}.one" : $"{key}.many", [Number.Whole(count), .. with]);

    /// <summary>Says a value of the contract.</summary>
    /// <param name="value">The value; the file names it by its type and itself.</param>
    public static string Named<T>(T value)
        where T : struct, Enum => Say($"{typeof(T).DeclaringType?.DeclaringType?.Name}{typeof(T).Name}.{value}");
}
