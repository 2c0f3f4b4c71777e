namespace EarlyWarning.Catalogue.Files;

/// <summary>Files that came with a request, by their paths.</summary>
/// <param name="files">What is in them, by path with slashes.</param>
/// <param name="first">The framework file.</param>
public sealed class SentFolder(IReadOnlyDictionary<string, string> files, string first) : FileFolder
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> List() => [first];

    /// <inheritdoc/>
    public override TextReader? Open(string name) => files.TryGetValue(Tidy(name), out var text) ? new StringReader(text) : null;

    /// <inheritdoc/>
    public override string Shown(string name) => Tidy(name);

    /// <summary>A path without <c>.</c> and <c>..</c>, as one file has one name.</summary>
    public static string Tidy(string name)
    {
        var parts = new List<string>();
        foreach (var part in name.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                if (parts.Count > 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                }
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
