using EarlyWarning.Escalation.Ladder;
using EarlyWarning.Escalation.Tests.Infrastructure;

namespace EarlyWarning.Escalation.Tests.Ladder;

public sealed class LadderReaderTests
{
    [Fact]
    public void BuiltIn_IsTheLadderOfTheMission()
    {
        var ladder = LadderSource.BuiltIn();
        Assert.Equal(
            [V1.Role.FocalPoint, V1.Role.CompetentAuthority, V1.Role.RegionalOrganisation, V1.Role.UnOffice, V1.Role.DecisionMaker],
            ladder.Steps.Select(step => step.Role)
        );
        Assert.Equal(TimeSpan.FromDays(26), Waits(ladder, V1.Severity.Advisory));
        Assert.Equal(TimeSpan.FromDays(8), Waits(ladder, V1.Severity.Warning));
        Assert.Equal(TimeSpan.FromHours(66), Waits(ladder, V1.Severity.Emergency));
    }

    [Fact]
    public void Read_OneDeadline_HoldsForAllSeverities()
    {
        var ladder = LadderReader.Read(
            new StringReader("steps: [{ name: A, role: operator, acknowledge_within: 45s, decide_within: 2h }]"),
            "a test"
        );
        Assert.All(ladder.Steps[0].Deadlines.Values, both => Assert.Equal(new(TimeSpan.FromSeconds(45), TimeSpan.FromHours(2)), both));
    }

    [Fact]
    public void Read_SeveralFaults_NamesEachWithLineAndPath()
    {
        const string Text = """
            steps:
              - name: First
                role: president
                acknowledge_within: { advisory: 1d, warning: soon, emergency: 0h }
                decide_within: 1d
                colour: red
              - name: ""
                role: un_office
                acknowledge_within: 9999d
            """;
        var fault = Assert.Throws<LadderException>(() => LadderReader.Read(new StringReader(Text), "ladder.yaml"));
        string[] beginnings =
        [
            "line 6: steps[0].colour:",
            "line 3: steps[0].role: 'president'",
            "line 4: steps[0].acknowledge_within.warning: 'soon'",
            "line 4: steps[0].acknowledge_within.emergency: '0h'",
            "line 7: steps[1].name:",
            "line 9: steps[1].acknowledge_within: '9999d'",
            "line 7: steps[1].decide_within: is missing",
        ];
        Assert.Equal(beginnings.Length, fault.Faults.Count);
        Assert.All(beginnings, beginning => Assert.Contains(fault.Faults, line => line.StartsWith(beginning, StringComparison.Ordinal)));
        Assert.Contains("ladder.yaml", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("steps: []")]
    [InlineData("steps: [")]
    [InlineData("- a")]
    public void Read_NoSteps_IsRefused(string text) =>
        Assert.Throws<LadderException>(() => LadderReader.Read(new StringReader(text), "a test"));

    [Fact]
    public void Load_FileOfTheOptionsThenOfTheDataFolderThenBuiltIn()
    {
        var folder = Directory.CreateTempSubdirectory("ladder").FullName;
        try
        {
            Assert.Equal(LadderSource.BuiltIn().Steps[0].DisplayName, LadderSource.Load(new(), folder).Steps[0].DisplayName);
            File.WriteAllText(Path.Combine(folder, LadderSource.FileName), Some.LadderText);
            Assert.Equal("Competent authorities", LadderSource.Load(new(), folder).Steps[1].DisplayName);
            Assert.Throws<LadderException>(() => LadderSource.Load(new() { LadderFile = Path.Combine(folder, "none.yaml") }, folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TimeSpan Waits(CaseLadder ladder, V1.Severity severity) =>
        ladder.Steps.SkipLast(1).Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Deadlines[severity].AcknowledgeWithin);

    [Theory]
    [InlineData("name: A", "name: ~", "line 2: steps[0].name: has nothing behind it")]
    [InlineData("name: A", "nmae: A", "line 2: steps[0].nmae: is not known")]
    [InlineData("decide_within: 2h", "decide_within:", "line 5: steps[0].decide_within: has nothing behind it")]
    [InlineData(
        "decide_within: 2h",
        "decide_within: { warning: ~, advisory: 1h, emergency: 1h }",
        "line 5: steps[0].decide_within.warning: has nothing behind it"
    )]
    [InlineData("decide_within: 2h", "role: operator", "line 5: not YAML: ")]
    public void Read_KeyWithoutValueMisspeltOrTwice_IsRefusedWithItsLine(string right, string wrong, string expected)
    {
        var text = "steps:\n  - name: A\n    role: operator\n    acknowledge_within: 45s\n    decide_within: 2h\n".Replace(
            right,
            wrong,
            StringComparison.Ordinal
        );

        var fault = Assert.Throws<LadderException>(() => LadderReader.Read(new StringReader(text), "ladder.yaml"));

        Assert.Contains(fault.Faults, line => line.StartsWith(expected, StringComparison.Ordinal));
    }
}
