using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.EndToEnd.Tests.Readme;
using EarlyWarning.EndToEnd.Tests.Structure;
using EarlyWarning.Host.Options;

namespace EarlyWarning.EndToEnd.Tests.Samples;

/// <summary>An exercise that all samples talk to, and the samples' page: prepared as it says, and its commands by language.</summary>
public sealed partial class SampleSuite : IAsyncLifetime
{
    private static readonly string[] s_blocks = [.. new Document("samples/README.md").Blocks("bash")];
    private readonly TemporaryFolder _folder = new();

    public SuiteProcess Suite { get; private set; } = null!;

    /// <summary>The languages in which there is a sample.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["csharp", "python", "javascript", "curl"];

    /// <summary>
    /// The command that the page shows in a language: of the first call (1), many observations (2), following breaches (3).
    /// </summary>
    internal static string Command(int block, string language) =>
        s_blocks[block].Split('\n').Single(line => Folder().Match(line).Groups["language"].Value == language);

    /// <summary>A path for a file of a test.</summary>
    public string File(string name) => _folder.In(name);

    public async ValueTask InitializeAsync()
    {
        Suite = SuiteProcess.In(_folder.In("data"), exercise: true);
        Assert.True(await Suite.StartAsync(), Suite.Output);
        var once = s_blocks[0].Replace(SuiteOptions.DefaultHttp, $"127.0.0.1:{Suite.HttpPort}", StringComparison.Ordinal);
        await Shell.RunAsync(once, Repository.Root);
        await Definitions.DefineOneAsync(Suite.Channel);
    }

    public async ValueTask DisposeAsync()
    {
        await Suite.DisposeAsync();
        _folder.Dispose();
    }

    [GeneratedRegex(@"samples/(?<language>\w+)")]
    private static partial Regex Folder();
}
