namespace EarlyWarning.Catalogue.Files;

/// <summary>One thing that is wrong in a framework file.</summary>
/// <param name="File">The file, as the user knows it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Path">The place within the file, such as <c>framework.tree.children[2].low</c>.</param>
/// <param name="Message">What is wrong and how to put it right.</param>
public sealed record FileFault(string File, long Line, string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}({Line}): {(Path.Length > 0 ? Path + ": " : "")}{Message}";
}

/// <summary>A file cannot be used; carries every fault, not only the first.</summary>
public sealed class FrameworkFileException(IReadOnlyList<FileFault> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>Gets every fault found.</summary>
    public IReadOnlyList<FileFault> Faults { get; } = faults;
}
