namespace EarlyWarning.Notification.Directory;

/// <summary>A directory as loaded: immutable, its entries by name.</summary>
internal sealed class DirectoryListing(
    IEnumerable<DirectoryEntry> entries,
    string tlp,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? organisations = null
)
{
    /// <summary>The label of what is sent where the file says nothing else.</summary>
    public const string DefaultTlp = "TLP:AMBER";

    private readonly Dictionary<string, DirectoryEntry> _byName = entries.ToDictionary(e => e.Recipient.Name, StringComparer.Ordinal);

    public static DirectoryListing Empty { get; } = new([], DefaultTlp);

    /// <summary>The entries by name.</summary>
    public IReadOnlyList<DirectoryEntry> Entries => field ??= [.. _byName.Values.OrderBy(e => e.Recipient.Name, StringComparer.Ordinal)];

    /// <summary>The label of what nobody is named for.</summary>
    public string Tlp { get; } = tlp;

    /// <summary>The member States of each organisation, by its short name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Organisations { get; } =
        organisations ?? new Dictionary<string, IReadOnlyList<string>>();

    public DirectoryEntry? Find(string name) => _byName.GetValueOrDefault(name);
}
