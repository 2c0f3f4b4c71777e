namespace EarlyWarning.Notification.Directory;

/// <summary>The directory file has faults; the message has all of them, one a line, each with its place.</summary>
public sealed class DirectoryFileException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults ?? []))
{
    /// <summary>The faults, each as <c>file:line: path: what is wrong and what to write</c>.</summary>
    public IReadOnlyList<string> Faults { get; } = faults ?? [];
}
