using EarlyWarning.Catalogue.Files;

namespace EarlyWarning.Catalogue.Tests.Infrastructure;

/// <summary>A folder of files that a test writes down.</summary>
internal sealed class FileFolderInMemory((string Name, string Text)[] files) : FileFolder
{
    public override IReadOnlyList<string> List() => [.. files.Select(file => file.Name)];

    public override TextReader? Open(string name) =>
        files.FirstOrDefault(file => file.Name == name).Text is { } text ? new StringReader(text) : null;

    public override string Shown(string name) => name;
}
