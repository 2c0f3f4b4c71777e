namespace EarlyWarning.Board.Keyboard;

/// <summary>A page that the navigation leads to.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Word">Its name's key among the words.</param>
/// <param name="Key">The key that leads there after a <c>g</c>.</param>
/// <param name="IsOfStatus">It is for those alone who may see how the suite stands.</param>
internal sealed record Shortcut(string Path, string Word, char Key, bool IsOfStatus = false)
{
    /// <summary>Gets all of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<Shortcut> All { get; } =
    [
        new("/", "nav.overview", 'o'),
        new("/cases", "nav.cases", 'c'),
        new("/trace", "nav.trace", 't'),
        new("/thresholds", "nav.thresholds", 'h'),
        new("/frameworks", "nav.frameworks", 'f'),
        new("/system", "system", 's', IsOfStatus: true),
        new("/audit", "audit", 'a', IsOfStatus: true),
    ];
}
