using System.Text.Json;
using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.EndToEnd.Tests.Structure;
using EarlyWarning.Host.Options;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Readme;

/// <summary>What the README and its neighbours promise a reader who types it in.</summary>
public sealed partial class ReadmeTests
{
    private const string ExerciseCommand = "dotnet run -c Release --project services/Host -- --exercise";
    private const string TestCommand = "bash tests/run.sh";
    private static readonly Document s_readme = new("README.md");

    [Fact]
    public void FirstCall_InTheReadme_IsTheOneThatIsCompiledHere()
    {
        var source = Repository.Read("tests", "EndToEnd.Tests", "Readme", "FirstCall.cs").ReplaceLineEndings("\n");
        var usings = source.Split('\n').Where(line => line.StartsWith("using ", StringComparison.Ordinal));
        var body = Body().Match(source).Groups["body"].Value.Replace("(endpoint)", "(\"http://127.0.0.1:5051\")", StringComparison.Ordinal);
        var block = Assert.Single(s_readme.Blocks("csharp"));

        Assert.Equal([.. usings, .. Lines(body)], Lines(block));
        Assert.Contains(SuiteOptions.DefaultGrpc, block, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FirstCalls_AgainstARunningExercise_RecordAndAnswer()
    {
        using var folder = new TemporaryFolder();
        await using var suite = SuiteProcess.In(folder.Path, exercise: true);
        Assert.True(await suite.StartAsync(), suite.Output);
        // The first round of the exercise brings every country to a score.
        var risks = new RiskService.RiskServiceClient(suite.Channel);
        await Eventually.HoldsAsync(
            async () => (await risks.GetCountryRiskAsync(new() { Name = "frameworks/atrocity-crimes/risks/XAQ" })).Risk.HasScore,
            "the exercise has begun"
        );

        using var console = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        await new FirstCall($"http://127.0.0.1:{suite.GrpcPort}", console).RunAsync();
        Assert.Matches(@"^Recorded: Exercise State AQ \d", console.ToString());

        var curl = Assert.Single(s_readme.Blocks("bash"), block => block.Contains("curl", StringComparison.Ordinal));
        Assert.Contains($"http://{SuiteOptions.DefaultHttp}/v1/observations", curl, StringComparison.Ordinal);
        // Each call answers with one JSON object, one behind the other.
        var answers = Objects(
            await Shell.RunAsync(curl.Replace(SuiteOptions.DefaultHttp, $"127.0.0.1:{suite.HttpPort}", StringComparison.Ordinal))
        );
        Assert.Equal(2, answers.Count);
        Assert.Equal("OUTCOME_RECORDED", answers[0].GetProperty("outcome").GetString());
        Assert.Equal("XAQ", answers[1].GetProperty("risk").GetProperty("country").GetString());
        Assert.True(answers[1].GetProperty("risk").GetProperty("score").GetDouble() > 0);
    }

    [Fact]
    public void Commands_OfTheFirstScreen_AreWhatTheSuiteAndCiTake()
    {
        var commands = Lines(s_readme.Blocks("bash").First()).Select(line => line.Split('#')[0].Trim());
        Assert.Equal([ExerciseCommand, TestCommand], commands);

        var arguments = ExerciseCommand.Split(' ');
        Assert.True(File.Exists(Path.Combine(Repository.Root, "services", "Host", "Host.csproj")));
        Assert.Empty(HostCommand.Build((_, _) => Task.FromResult(0)).Parse(arguments[(Array.IndexOf(arguments, "--") + 1)..]).Errors);
        Assert.Contains(TestCommand, Repository.Read(".ci", "run").Split('\n'));
        Assert.True(File.Exists(Path.Combine(Repository.Root, "tests", "run.sh")));
    }

    [Fact]
    public async Task TableOfEw_HasEveryCommandAndNoOther()
    {
        var help = await Shell.RunAsync($"'{SuiteProcess.CliExecutable}' --help");
        var commands = HelpLine()
            .Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..help.IndexOf("Exit codes:", StringComparison.Ordinal)]);
        var table = s_readme
            .Text.Split('\n')
            .Where(line => line.StartsWith("| `ew ", StringComparison.Ordinal))
            .SelectMany(row => TableName().Matches(row.Split('|')[1]))
            .Select(m => m.Groups["name"].Value);

        Assert.Equal(
            commands.SelectMany(m => m.Groups["name"].Captures.Select(name => name.Value)).Order(StringComparer.Ordinal),
            table.Order(StringComparer.Ordinal)
        );
    }

    public static TheoryData<string> Documents =>
        [
            "README.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "SECURITY.md",
            "samples/README.md",
            "samples/receivers/README.md",
            .. Directory
                .GetFiles(Path.Combine(Repository.Root, "docs"), "*.md")
                .Select(file => Path.GetRelativePath(Repository.Root, file)),
        ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void RelativeLinks_LeadSomewhere(string document) =>
        Assert.All(new Document(document).RelativeLinks().Append(Path.GetFileName(document)), target =>
            Assert.True(Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, target)), target)
        );

    [Fact]
    public void Documents_EachIsNamedInTheReadme()
    {
        var names = Documents.Select(row => row.Data).Where(name => name.StartsWith("docs", StringComparison.Ordinal));
        Assert.All(names, name => Assert.Contains($"]({name})", s_readme.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Paths_NamedInTheText_Exist(string document)
    {
        var paths = NamedPath().Matches(new Document(document).Text).Select(m => m.Groups["path"].Value).Distinct().ToList();
        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path));
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static List<JsonElement> Objects(string text)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text), new() { AllowMultipleValues = true });
        var objects = new List<JsonElement>();
        while (reader.Read())
        {
            objects.Add(JsonElement.ParseValue(ref reader));
        }

        return objects;
    }

    [GeneratedRegex(@"RunAsync\(\)\n    \{\n(?<body>.*?)\n    \}", RegexOptions.Singleline)]
    private static partial Regex Body();

    [GeneratedRegex(@"^  (?<name>[a-z-]+)(, (?<name>[a-z-]+))*", RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"`(?<path>(services|protos|tests|load|dapr|docs|eng|\.ci)/[\w./-]*)`")]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"`ew (?<name>[a-z-]+)`")]
    private static partial Regex TableName();
}
