namespace EarlyWarning.Fuzzing.Tests.Running;

/// <summary>The inputs that come with the project: those to start from, and those that found something once.</summary>
internal static class Corpus
{
    /// <summary>The inputs to start from.</summary>
    public static List<byte[]> Of(Target target) =>
        [
            .. Files("Corpus", target)
                .Concat(Files("Regressions", target))
                .Select(File.ReadAllBytes)
                .Concat(target.Seeds())
                .Where(input => input.Length <= target.MostBytes),
            [],
        ];

    /// <summary>The inputs that found something once, by the names of their files.</summary>
    public static IEnumerable<string> Regressions(Target target) => Files("Regressions", target).Select(file => Path.GetFileName(file));

    /// <summary>Reads one of them.</summary>
    public static byte[] Regression(Target target, string name) => File.ReadAllBytes(Path.Combine(Folder("Regressions", target), name));

    private static IEnumerable<string> Files(string kind, Target target) =>
        Directory.Exists(Folder(kind, target)) ? Directory.EnumerateFiles(Folder(kind, target)).Order(StringComparer.Ordinal) : [];

    private static string Folder(string kind, Target target) => Path.Combine(AppContext.BaseDirectory, kind, target.Name);
}
