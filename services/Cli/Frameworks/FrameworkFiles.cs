using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Frameworks;

/// <summary>A framework file and the files of its folder that it names, and that those name.</summary>
internal static class FrameworkFiles
{
    private static readonly string[] s_kinds = ["*.yaml", "*.yml", "*.csv"];

    public static IReadOnlyList<SourceFile> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CliException($"there is no file {path}.");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var first = new SourceFile { Name = Path.GetFileName(path), Text = File.ReadAllText(path) };
        var sent = new List<SourceFile> { first };
        var others = s_kinds
            .SelectMany(kind =>
                Directory.EnumerateFiles(folder, kind, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
            )
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), StringComparer.Ordinal);
        others.Remove(first.Name);
        for (var i = 0; i < sent.Count; i++)
        {
            foreach (var name in others.Keys.Where(name => sent[i].Text.Contains(name, StringComparison.Ordinal)).ToArray())
            {
                sent.Add(new() { Name = name, Text = File.ReadAllText(others[name]) });
                others.Remove(name);
            }
        }

        return sent;
    }
}
