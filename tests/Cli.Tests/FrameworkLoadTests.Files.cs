using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests;

/// <content>Framework files.</content>
public partial class FrameworkLoadTests
{
    [Fact]
    public async Task Load_AFrameworkFile_SendsItWithWhatItNames()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<LoadFrameworkFileRequest>(_ => new LoadFrameworkFileResponse
        {
            Framework = "frameworks/famine",
            NewIndicators = { "ipc" },
            UncheckedThresholds = { "thresholds/f" },
        });
        using var folder = new TemporaryFolder();
        folder.Write("part.yaml", "indicators: [] # set.csv\n");
        folder.Write("set.csv", "a\n");
        folder.Write("other.yaml", "nothing of this\n");
        var file = folder.Write("famine.yaml", "framework: { tree: { include: part.yaml } }\n");

        var loaded = await suite.EwAsync("framework", "load", file);
        var checkedOnly = await suite.EwAsync("framework", "check", file);

        Assert.Equal((0, 0), (loaded.Code, checkedOnly.Code));
        var requests = suite.Answers.Requests<LoadFrameworkFileRequest>().ToArray();
        Assert.Equal(["famine.yaml", "part.yaml", "set.csv"], requests[0].Files.Select(one => one.Name));
        Assert.Equal([false, true], requests.Select(request => request.ValidateOnly));
        Assert.Contains("frameworks/famine: active", loaded.Out, StringComparison.Ordinal);
        Assert.Contains("1 indicators created: ipc", loaded.Out, StringComparison.Ordinal);
        Assert.Contains("frameworks/famine: valid; nothing was changed", checkedOnly.Out, StringComparison.Ordinal);
        Assert.Contains("1 indicators would be created: ipc", checkedOnly.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_AFileWithFaults_ListsEachWithItsLine()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<LoadFrameworkFileRequest>(_ => new LoadFrameworkFileResponse
        {
            Problems =
            {
                new FileProblem
                {
                    File = "f.yaml",
                    Line = 7,
                    Column = 3,
                    Path = "framework.tree",
                    Message = "There is no such thing.",
                },
            },
        });
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("framework", "check", folder.Write("f.yaml", "x\n"));

        Assert.Equal(2, run.Code);
        Assert.Contains("f.yaml:7:3: framework.tree: There is no such thing.", run.Out, StringComparison.Ordinal);
    }
}
