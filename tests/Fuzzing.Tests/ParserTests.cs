using EarlyWarning.Fuzzing.Tests.Running;
using EarlyWarning.Fuzzing.Tests.Targets;

namespace EarlyWarning.Fuzzing.Tests;

/// <summary>Every parser reads an input or refuses it as it says, within time and memory, whatever the input is.</summary>
public sealed class ParserTests
{
    private const int Seed = 20_261_129;
    private static readonly Budget s_budget = new(Inputs: 400, Time: TimeSpan.FromSeconds(20), Patience: TimeSpan.FromSeconds(60));

    public static TheoryData<string> Targets => [.. AllTargets.List.Select(target => target.Name)];

    public static TheoryData<string, string> Regressions =>
        [
            .. AllTargets.List.SelectMany(target =>
                Corpus.Regressions(target).Select(name => new TheoryDataRow<string, string>(target.Name, name))
            ),
        ];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Parse_InputNobodyMeant_IsReadOrRefused(string name)
    {
        Coverage.Prepare();

        var result = new FuzzRun(AllTargets.Named(name), Seed, s_budget).Run(last: null);

        Assert.True(
            result.Findings.Count == 0,
            string.Join("\n\n", result.Findings.Select(finding => $"{finding.Fault}\n{Convert.ToBase64String(finding.Input)}"))
        );
        Assert.True(result.Read > 0, "every input was refused, so what is read was not tried");
    }

    [Theory]
    [MemberData(nameof(Regressions))]
    public void Parse_InputThatFoundAFaultOnce_IsReadOrRefused(string name, string input)
    {
        var target = AllTargets.Named(name);

        Assert.Null(Trial.Of(target, Corpus.Regression(target, input)).Fault);
    }
}
