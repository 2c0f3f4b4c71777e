namespace EarlyWarning.Yaml;

/// <summary>One thing that is wrong in a file.</summary>
/// <param name="Place">Where.</param>
/// <param name="Message">What is wrong and how to put it right.</param>
public sealed record FileFault(Place Place, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Place}: {Message}";
}

/// <summary>A file cannot be used; carries every fault, not only the first.</summary>
public sealed class FaultyFileException(IReadOnlyList<FileFault> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>Gets every fault found.</summary>
    public IReadOnlyList<FileFault> Faults { get; } = faults;
}
