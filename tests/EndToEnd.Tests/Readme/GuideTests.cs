using System.Globalization;
using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Structure;
using EarlyWarning.V1;
using Google.Protobuf.Reflection;

namespace EarlyWarning.EndToEnd.Tests.Readme;

/// <summary>The guide for focal points says what the ladder says, and the glossary names what is in the contract.</summary>
public sealed partial class GuideTests
{
    private const string Ladder = "services/Escalation/Ladder/default-ladder.yaml";
    private static readonly string[] s_severities = ["emergency", "warning", "advisory"];

    [Fact]
    public void FocalPoints_Deadlines_AreThoseOfTheBuiltInLadder()
    {
        var guide = Repository.Read("docs", "focal-points.md");
        var steps = Steps().Matches(Repository.Read(Ladder)).ToList();
        Assert.NotEmpty(steps);

        foreach (var (number, step) in steps.Index())
        {
            var waits = string.Join(" | ", Waits(step, "answer").Select(Say));
            Assert.Contains($"| {number + 1}. {step.Groups["name"].Value} | {waits} |", guide, StringComparison.Ordinal);
        }

        string Each(IEnumerable<TimeSpan> waits) =>
            string.Join(", ", s_severities.Zip(waits, (severity, wait) => $"{severity} {Say(wait)}"));
        var plain = Walkthrough.Plain(guide);
        Assert.Contains($"| An answer | {Each(Waits(steps[0], "answer"))} |", plain, StringComparison.Ordinal);
        Assert.Contains($"| A decision | after the answer: {Each(Waits(steps[0], "decision"))} |", plain, StringComparison.Ordinal);
        Assert.Contains(
            $"({Each(Waits(steps[0], "answer").Zip(Waits(steps[1], "answer"), (one, other) => one + other))})",
            plain,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Glossary_NamesOfTheContract_AreInIt()
    {
        var named = Repository
            .Read("docs", "glossary.md")
            .Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(row => Names().Matches(row.Split('|')[^2]))
            .Select(match => match.Groups["name"].Value)
            .ToList();
        var contract = Contract().ToHashSet();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, contract));
    }

    private static IEnumerable<TimeSpan> Waits(Match step, string what) =>
        s_severities.Select(severity =>
        {
            var wait = Wait().Matches(step.Groups[what].Value).Single(match => match.Groups["severity"].Value == severity);
            var number = int.Parse(wait.Groups["number"].Value, CultureInfo.InvariantCulture);
            return wait.Groups["unit"].Value == "d" ? TimeSpan.FromDays(number) : TimeSpan.FromHours(number);
        });

    private static string Say(TimeSpan wait) => wait.TotalDays >= 1 ? Say(wait.TotalDays, "day") : Say(wait.TotalHours, "hour");

    private static string Say(double number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")}");

    private static IEnumerable<string> Contract()
    {
        var files = typeof(Country)
            .Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!);
        foreach (var file in files)
        {
            foreach (
                var name in file
                    .MessageTypes.SelectMany(InMessage)
                    .Concat(file.EnumTypes.SelectMany(InEnum))
                    .Concat(file.Services.SelectMany(InService))
            )
            {
                yield return name[(file.Package.Length + 1)..];
            }
        }
    }

    private static IEnumerable<string> InMessage(MessageDescriptor message) =>
        [
            message.FullName,
            .. message.Fields.InFieldNumberOrder().Select(field => field.FullName),
            .. message.NestedTypes.SelectMany(InMessage),
            .. message.EnumTypes.SelectMany(InEnum),
        ];

    // A value's full name is its enum's neighbour's, as in C++; people name it under its enum.
    private static IEnumerable<string> InEnum(EnumDescriptor type) =>
        [type.FullName, .. type.Values.Select(value => $"{type.FullName}.{value.Name}")];

    private static IEnumerable<string> InService(ServiceDescriptor service) =>
        [service.FullName, .. service.Methods.Select(method => method.FullName)];

    [GeneratedRegex(@"- name: (?<name>.+)\n.*\n    acknowledge-within: (?<answer>.+)\n    decide-within: (?<decision>.+)")]
    private static partial Regex Steps();

    [GeneratedRegex(@"(?<severity>\w+): (?<number>\d+)(?<unit>[hd])")]
    private static partial Regex Wait();

    [GeneratedRegex(@"`(?<name>[A-Z][\w.]*)`")]
    private static partial Regex Names();
}
