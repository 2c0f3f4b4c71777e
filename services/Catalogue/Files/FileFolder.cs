using System.Reflection;

namespace EarlyWarning.Catalogue.Files;

/// <summary>A place from which framework files, and what they include, are read.</summary>
public abstract class FileFolder
{
    /// <summary>Gets the files that come with the suite.</summary>
    public static FileFolder Packaged { get; } = new PackagedFolder();

    /// <summary>A folder on the disk; an absent one is empty.</summary>
    public static FileFolder At(string directory) => new DiskFolder(directory);

    /// <summary>Lists the files to load, by name: those at the top, which others only include.</summary>
    public abstract IReadOnlyList<string> List();

    /// <summary>Opens a file, given relative to the folder; <see langword="null"/> where it is absent or lies outside.</summary>
    public abstract TextReader? Open(string name);

    /// <summary>The file as the user knows it.</summary>
    public abstract string Shown(string name);

    private sealed class PackagedFolder : FileFolder
    {
        private const string Prefix = "frameworks/";

        public override IReadOnlyList<string> List() =>
            [
                .. Assembly
                    .GetExecutingAssembly()
                    .GetManifestResourceNames()
                    .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".yaml", StringComparison.Ordinal))
                    .Select(name => name[Prefix.Length..])
                    .Where(name => !name.Contains('/', StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];

        public override TextReader? Open(string name) =>
            Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name) is { } stream ? new StreamReader(stream) : null;

        public override string Shown(string name) => $"services/Catalogue/Frameworks/{name}";
    }

    private sealed class DiskFolder(string directory) : FileFolder
    {
        private readonly string _directory = Path.GetFullPath(directory);

        public override IReadOnlyList<string> List() =>
            Directory.Exists(_directory)
                ? [.. Directory.EnumerateFiles(_directory, "*.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
                : [];

        public override TextReader? Open(string name)
        {
            var path = Shown(name);
            return path.StartsWith(_directory + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(path)
                ? new StreamReader(path)
                : null;
        }

        public override string Shown(string name) => Path.GetFullPath(Path.Combine(_directory, name));
    }
}
