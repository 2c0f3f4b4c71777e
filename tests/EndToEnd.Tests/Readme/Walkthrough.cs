using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Infrastructure;

namespace EarlyWarning.EndToEnd.Tests.Readme;

/// <summary>
/// Types a document's commands into a shell, one block after the other, against a suite of its own, and compares what they say with what
/// the document says. Times, ids, revisions and the width of columns are a run's own and are not compared.
/// </summary>
internal sealed partial class Walkthrough(string folder, SuiteProcess suite)
{
    /// <summary>Runs blocks as they are printed, and gives what the last one said.</summary>
    public async Task<string> RunAsync(params IEnumerable<(string Commands, string? Said)> blocks)
    {
        var last = "";
        foreach (var (commands, said) in blocks)
        {
            if (said is null || Changes().IsMatch(commands))
            {
                last = await TypeAsync(commands);
            }
            else
            {
                // Messages and cases follow a breach within moments.
                last = await Eventually.GetAsync(
                    () => TypeAsync(commands),
                    output => Plain(output) == Plain(said),
                    $"{commands}says:\n{said}"
                );
            }

            if (said is not null)
            {
                Assert.Equal(Plain(said), Plain(last));
            }
        }

        return last;
    }

    /// <summary>A text without what is a run's own.</summary>
    public static string Plain(string text) =>
        White().Replace(Revision().Replace(Id().Replace(Time().Replace(text, "TIME"), "ID"), "revision N"), " ").Trim();

    private Task<string> TypeAsync(string commands) =>
        Shell.RunAsync(
            $"exec 2>&1\n{commands}",
            folder,
            ("EW_ENDPOINT", $"http://127.0.0.1:{suite.GrpcPort}"),
            ("PATH", $"{Path.GetDirectoryName(SuiteProcess.CliExecutable)}:{Environment.GetEnvironmentVariable("PATH")}")
        );

    [GeneratedRegex(@"ew (observe|framework load|acknowledge|decide|stand-down)|cat >|sed -i")]
    private static partial Regex Changes();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?Z|\d{1,2} [A-Z][a-z]+ \d{4} \d\d:\d\d(:\d\d)? UTC")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b[0-9a-f]{32}\b|\b[A-Z]{3}-([0-9A-Z]{8}-)?[0-9a-f]{16}\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"revision \d+")]
    private static partial Regex Revision();

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}
