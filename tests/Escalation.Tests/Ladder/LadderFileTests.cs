using EarlyWarning.Escalation.Ladder;
using EarlyWarning.Escalation.Tests.Infrastructure;
using EarlyWarning.Yaml;

namespace EarlyWarning.Escalation.Tests.Ladder;

public sealed class LadderFileTests
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
        var ladder = LadderFile.Read("steps: [{ name: A, role: operator, acknowledge-within: 45s, decide-within: 2h }]", "a test");
        Assert.All(ladder.Steps[0].Deadlines.Values, both => Assert.Equal(new(TimeSpan.FromSeconds(45), TimeSpan.FromHours(2)), both));
    }

    [Fact]
    public void Read_SeveralFaults_NamesEachWithLineAndPath()
    {
        const string Text = """
            steps:
              - name: First
                role: president
                acknowledge-within: { advisory: 1d, warning: soon, emergency: 0h }
                decide-within: 1d
                colour: red
              - name: ""
                role: un-office
                acknowledge-within: 9999d
            """;
        var fault = Assert.Throws<FaultyFileException>(() => LadderFile.Read(Text, "ladder.yaml"));
        string[] beginnings =
        [
            "6: steps[0].colour: 'colour' is not known here.",
            "3: steps[0].role: 'president' is not known as role. Write operator, focal-point",
            "4: steps[0].acknowledge-within.warning: 'soon' is no span of time.",
            "4: steps[0].acknowledge-within.emergency: A deadline is 1s to 400d.",
            "7: steps[1].name: 'name' is missing.",
            "9: steps[1].acknowledge-within: A deadline is 1s to 400d.",
            "7: steps[1].decide-within: 'decide-within' is missing.",
        ];
        Assert.Equal(beginnings.Length, fault.Faults.Count);
        Assert.All(beginnings, beginning =>
            Assert.Contains(fault.Faults, one => Shown(one).StartsWith(beginning, StringComparison.Ordinal))
        );
        Assert.Contains("ladder.yaml:3:11: steps[0].role: ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("steps: []")]
    [InlineData("steps: [")]
    [InlineData("- a")]
    public void Read_NoSteps_IsRefused(string text) => Assert.Throws<FaultyFileException>(() => LadderFile.Read(text, "a test"));

    [Fact]
    public void Load_FileOfTheOptionsThenOfTheDataFolderThenBuiltIn()
    {
        var folder = Directory.CreateTempSubdirectory("ladder").FullName;
        try
        {
            Assert.Equal(LadderSource.BuiltIn().Steps[0].DisplayName, LadderSource.Load("", folder).Steps[0].DisplayName);
            File.WriteAllText(Path.Combine(folder, LadderSource.FileName), Some.LadderText);
            Assert.Equal("Competent authorities", LadderSource.Load("", folder).Steps[1].DisplayName);
            Assert.Throws<FaultyFileException>(() => LadderSource.Load(Path.Combine(folder, "none.yaml"), folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TimeSpan Waits(CaseLadder ladder, V1.Severity severity) =>
        ladder.Steps.SkipLast(1).Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Deadlines[severity].AcknowledgeWithin);

    [Theory]
    [InlineData("name: A", "name: ~", "2: steps[0].name: 'name' has nothing behind it")]
    [InlineData("name: A", "nmae: A", "2: steps[0].nmae: 'nmae' is not known here. Did you mean 'name'?")]
    [InlineData("decide-within: 2h", "decide-within:", "5: steps[0].decide-within: 'decide-within' has nothing behind it")]
    [InlineData(
        "decide-within: 2h",
        "decide-within: { warning: ~, advisory: 1h, emergency: 1h }",
        "5: steps[0].decide-within.warning: 'warning' has nothing behind it"
    )]
    [InlineData("decide-within: 2h", "role: operator", "5: : This is not YAML: ")]
    public void Read_KeyWithoutValueMisspeltOrTwice_IsRefusedWithItsLine(string right, string wrong, string expected)
    {
        var text = "steps:\n  - name: A\n    role: operator\n    acknowledge-within: 45s\n    decide-within: 2h\n".Replace(
            right,
            wrong,
            StringComparison.Ordinal
        );

        var fault = Assert.Throws<FaultyFileException>(() => LadderFile.Read(text, "ladder.yaml"));

        Assert.Contains(fault.Faults, one => Shown(one).StartsWith(expected, StringComparison.Ordinal));
    }

    private static string Shown(FileFault fault) => $"{fault.Place.Line}: {fault.Place.Path}: {fault.Message}";
}
