namespace EarlyWarning.Escalation.Ladder;

/// <summary>The ladder's file cannot be used. The message has each fault with its line and path.</summary>
public sealed class LadderException(string source, IReadOnlyList<string> faults)
    : Exception($"The ladder in {source} cannot be used:{string.Concat(faults.Select(fault => Environment.NewLine + "  " + fault))}")
{
    /// <summary>The faults, each as <c>line N: path: what is wrong</c>.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
