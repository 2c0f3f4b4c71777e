using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Structure;

namespace EarlyWarning.EndToEnd.Tests.Chart;

/// <summary>The image is built of what the projects take, and holds what the chart starts.</summary>
public sealed partial class ImageTests
{
    [Fact]
    public void Context_OfTheImage_HasEveryFileThatProjectsTakeFromBeyondTheirOwn()
    {
        var ignored = Repository.Read(".dockerignore").Split('\n');
        var taken = Directory
            .GetFiles(Path.Combine(Repository.Root, "services"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(project =>
                Included()
                    .Matches(File.ReadAllText(project))
                    .Select(include =>
                        Path.GetRelativePath(Repository.Root, Path.GetFullPath(include.Groups[1].Value, Path.GetDirectoryName(project)!))
                    )
            )
            .Concat([
                "protos",
                "eng",
                ".editorconfig",
                "global.json",
                "Directory.Build.props",
                "Directory.Build.targets",
                "Directory.Packages.props",
                "LICENSE",
            ]);
        Assert.All(taken, file =>
            Assert.Contains(ignored, line => line.StartsWith('!') && (file + "/").StartsWith(line[1..] + "/", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Image_AtItsEnd_IsTheRuntimeWithoutAShell_AndRunsAsNobodyElse()
    {
        var stages = Repository.Read("Dockerfile").Split("\nFROM ")[1..];
        Assert.Contains("--locked-mode", stages[0], StringComparison.Ordinal);
        Assert.StartsWith("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", stages[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("RUN ", stages[^1], StringComparison.Ordinal);
        Assert.Contains("\nUSER 1654:1654\n", stages[^1], StringComparison.Ordinal);
        Assert.EndsWith("ENTRYPOINT [\"/app/EarlyWarning.Host\"]\n", stages[^1], StringComparison.Ordinal);
        Assert.All(["5050", "5051", "5052", "11111"], port =>
            Assert.Contains($" {port}", Exposed().Match(stages[^1]).Value, StringComparison.Ordinal)
        );
    }

    [GeneratedRegex("Include=\"((?:\\.\\./)+[^\"*;]+)")]
    private static partial Regex Included();

    [GeneratedRegex("^EXPOSE .*$", RegexOptions.Multiline)]
    private static partial Regex Exposed();
}
