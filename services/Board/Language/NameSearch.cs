namespace EarlyWarning.Board.Language;

/// <summary>Finds names as people type them: in small letters, and without the marks of their letters.</summary>
internal static class NameSearch
{
    private const string Marked = "àáâãäåāăçćčèéêëēěìíîïīñńňòóôõöøōùúûüūýÿžźšśłđğışţțřťď’";
    private const string Bare = "aaaaaaaaccceeeeeeiiiiinnnooooooouuuuuyyzzssldgisttrtd'";

    /// <summary>Whether a name has a text in it; every name has the empty one.</summary>
    public static bool Has(string name, string text) => Plain(name).Contains(Plain(text), StringComparison.Ordinal);

    /// <summary>A name as people type it.</summary>
    public static string Plain(string name) => string.Create(name.Length, name, (letters, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                var small = char.ToLowerInvariant(from[i]);
                letters[i] = Marked.IndexOf(small, StringComparison.Ordinal) is >= 0 and var at ? Bare[at] : small;
            }
        });
}
