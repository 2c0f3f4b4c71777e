using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.Host.Options;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Readme;

/// <summary>What the tutorial and the documents that build on it promise a reader who types them in.</summary>
public sealed partial class TutorialTests
{
    private static readonly Document s_tutorial = new("docs/tutorial.md");
    private static readonly Document s_reading = new("docs/reading-a-score.md");
    private static readonly Document s_focalPoints = new("docs/focal-points.md");

    [Fact]
    public async Task Tutorial_TypedInAsPrinted_LeadsFromABlankFileToAWarningAndItsEnd()
    {
        using var folder = new TemporaryFolder();
        await using var suite = SuiteProcess.In(Data(folder));
        var walk = new Walkthrough(folder.Path, suite);
        await walk.RunAsync(s_tutorial.Walk()[0]);
        Assert.True(await suite.StartAsync(), suite.Output);

        await walk.RunAsync(s_tutorial.Walk().Skip(1));

        var notifications = new NotificationService.NotificationServiceClient(suite.Channel);
        var inbox = await notifications.ListNotificationsAsync(new() { Recipient = "recipients/focal-point" });
        var asked = Assert.Single(inbox.Notifications, message => message.AnswerDueTime is not null);
        Assert.Equal(Walkthrough.Plain(Assert.Single(s_focalPoints.Blocks("text"))), Walkthrough.Plain(asked.Body));
    }

    [Fact]
    public void Tutorial_StartOfTheSuite_IsACommandThatTheHostTakes()
    {
        var start = Assert.Single(s_tutorial.Blocks("sh")).Trim();
        Assert.StartsWith("dotnet run -c Release --project services/Host -- ", start, StringComparison.Ordinal);
        var arguments = start[(start.IndexOf(" -- ", StringComparison.Ordinal) + 4)..].Split(' ');
        Assert.Empty(HostCommand.Build((_, _) => Task.FromResult(0)).Parse(arguments).Errors);
        Assert.Contains(" --data data/tutorial", start, StringComparison.Ordinal);
        Assert.Contains($"http://{SuiteOptions.DefaultHttp}/", s_tutorial.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadingAScore_EveryFigure_IsWhatTheSuiteComputes()
    {
        using var folder = new TemporaryFolder();
        await using var suite = SuiteProcess.In(Data(folder));
        Assert.True(await suite.StartAsync(), suite.Output);
        var walk = new Walkthrough(folder.Path, suite);
        const string Loads = "ew framework load grazing.yaml";
        var loaded = s_tutorial.Walk().Index().First(block => block.Item.Commands.Contains(Loads, StringComparison.Ordinal)).Index;
        await walk.RunAsync(s_tutorial.Walk().Take(loaded + 1).Skip(1));

        await walk.RunAsync(s_reading.Walk());

        var scores = await walk.RunAsync(("ew score values.csv --framework grazing --json", null));
        var rows = scores.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(score => Row(JsonElement.Parse(score)));
        Assert.All(rows, row => Assert.Contains(row, s_reading.Text, StringComparison.Ordinal));

        // Of half of a part that warns enough is known for the warning, and for the level that is reached at least.
        await walk.RunAsync(("ew observe --country HMD --indicator grazing.attacks --value 14 --source field-office", null));
        var breaches = await new BreachService.BreachServiceClient(suite.Channel).ListBreachesAsync(new() { Countries = { "HMD" } });
        var breach = Assert.Single(breaches.Breaches);
        Assert.Equal(("thresholds/grazing-violence", "high"), (breach.Threshold.Name, breach.LevelAtLeast));
    }

    [Theory]
    [InlineData("## A worked example", "## What it is made of", 0, "0 1 3 50 60")]
    [InlineData("## What it is made of", "## What moved it", 1, "")]
    [InlineData("## The outlook", "## Before you act on one", 2, "")]
    public void ReadingAScore_EveryNumberOfItsSentences_IsOneThatStandsBesideThem(
        string from,
        string before,
        int block,
        string ofTheFramework
    )
    {
        var shown = Numbers(s_reading.Blocks("text").ElementAt(block)).Concat(ofTheFramework.Split(' ')).ToHashSet();
        var said = Numbers(s_reading.Prose(from, before)).ToList();

        Assert.NotEmpty(said);
        Assert.All(said, number => Assert.Contains(number, shown));
    }

    [Fact]
    public void ReadingAScore_MovementThatItQuotes_IsTheTutorials()
    {
        var quoted = Moved().Matches(Walkthrough.Plain(s_reading.Text)).Single().Value;
        Assert.Contains(quoted, Walkthrough.Plain(s_tutorial.Text), StringComparison.Ordinal);
    }

    private static string Data(TemporaryFolder folder) => Path.Combine(folder.Path, "data", "tutorial");

    // As people say it: whole numbers.
    private static string Row(JsonElement score)
    {
        string Text(string name) => score.TryGetProperty(name, out var value) ? value.GetString()! : "";
        var (figure, range) = ("–", "–");
        if (score.TryGetProperty("score", out var mean))
        {
            var interval = score.GetProperty("interval");
            var lower = interval.TryGetProperty("lower", out var end) ? Whole(end) : "0";
            (figure, range) = (Whole(mean), $"{lower} to {Whole(interval.GetProperty("upper"))}");
        }

        var level =
            Text("level").Length > 0 ? Text("level")
            : Text("levelAtLeast").Length > 0 ? $"{Text("levelAtLeast")} or higher"
            : "insufficient data";
        var coverage = (100 * score.GetProperty("coverage").GetDouble()).ToString("0", CultureInfo.InvariantCulture);
        return $"| `{Text("code")}` | {figure} | {range} | {coverage} % | {level} |";
    }

    private static string Whole(JsonElement number) => number.GetDouble().ToString("0", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Numbers(string text) =>
        Number()
            .Matches(text)
            .Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture).ToString("0", CultureInfo.InvariantCulture));

    [GeneratedRegex("What moved it most: [^.]*")]
    private static partial Regex Moved();

    [GeneratedRegex(@"(?<![\w.])\d+(\.\d+)?(?![\w-])")]
    private static partial Regex Number();
}
